"""The one error handler: refusals become words for the person, failures become a reference for the admin.

An event that failed is answered with 500, so that Slack asks again. Commands, buttons and forms are answered with 200
and words: Slack would show a bare error, and it does not ask again.
"""

import logging
import secrets
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot import views
from bot.desk import Desk, Payload
from bot.rules.refusal import Refusal, Unavailable
from bot.services.praise import Duplicate
from handlers import forms
from handlers.answers import follow, refused
from storage.inbox import Repeated

log = logging.getLogger(__name__)


def register(app: AsyncApp) -> None:
    """Take every exception that a listener lets through."""
    app.error(answer)


async def answer(error: Exception, body: Payload, context: Payload) -> BoltResponse:
    """What Slack, and through it the person, is told of an exception."""
    desk: Desk = context["desk"]
    if isinstance(error, Refusal) and "event" in body:
        return BoltResponse(status=500 if isinstance(error, Unavailable) else 200)
    language = await _language(desk, body)
    if isinstance(error, Refusal):
        return _told(desk, body, refused(error, language), error, language)
    reference = secrets.token_hex(4)
    log.error("a listener failed reference=%s kind=%s", reference, _kind(body), exc_info=error)
    if "event" in body:
        return BoltResponse(status=500)
    return _told(desk, body, views.errors.failed(reference, language), None, language)


def _kind(body: Payload) -> str:
    if "command" in body:
        return "command"
    return str((body.get("event") or body).get("type"))


def _told(desk: Desk, body: Payload, message: Any, refusal: Refusal | None, language: str) -> BoltResponse:
    match _kind(body):
        case "command":
            return BoltResponse(status=200, body={"response_type": "ephemeral", **message})
        case "view_submission":
            return _form_answer(body, message, refusal, language)
        case _:
            follow(desk, body, message)
            return BoltResponse(status=200)


def _form_answer(body: Payload, message: Any, refusal: Refusal | None, language: str) -> BoltResponse:
    """Words beside the field, else beside the first one. A form that was sent before just closes, and words known
    already are shown above the form, which stays."""
    if isinstance(refusal, Repeated):
        return BoltResponse(status=200, body={"response_action": "clear"})
    if isinstance(refusal, Duplicate):
        view = views.praise.duplicate_view(refusal, language)
        return BoltResponse(status=200, body={"response_action": "push", "view": view})
    fields = forms.fields(body["view"])
    if not fields:
        view = views.errors.instead(message, language)
        return BoltResponse(status=200, body={"response_action": "update", "view": view})
    told = views.refusals.form_errors(refusal, language) if refusal else {fields[0]: message["text"]}
    errors = {field if field in fields else fields[0]: words for field, words in told.items()}
    return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})


async def _language(desk: Desk, body: Payload) -> str:
    user = body.get("user_id") or (body.get("user") or {}).get("id") or ""
    try:
        return await desk.language_of(user)
    except Exception:
        log.exception("the language of a person could not be read")
        return "en"
