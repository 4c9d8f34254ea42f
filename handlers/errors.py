"""The one error handler: refusals become words for the person, failures become a reference for the admin.

An event that failed is answered with 500, so that Slack asks again. Commands, buttons and forms are answered with 200
and words: Slack would show a bare error, and it does not ask again.
"""

import asyncio
import logging
import secrets
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot import figures, views
from bot.desk import Desk, Payload
from bot.rules.refusal import Refusal, Unavailable
from bot.services.praise import Duplicate
from handlers import forms
from handlers.answers import follow, refused, show
from storage import trouble
from storage.inbox import Repeated

log = logging.getLogger(__name__)

LANGUAGE_S = 0.4
"""A story may have waited 2.5 s for the database before it failed, and Slack waits 3 s."""


def register(app: AsyncApp) -> None:
    """Take every exception that a listener lets through."""
    app.error(answer)


async def answer(error: Exception, body: Payload, context: Payload) -> BoltResponse:
    """What Slack, and through it the person, is told of an exception."""
    desk: Desk = context["desk"]
    _note(error, body)
    if isinstance(error, Refusal) and "event" in body:
        return BoltResponse(status=500 if isinstance(error, Unavailable) else 200)
    if isinstance(error, Refusal):
        language = await _language(desk, body)
        return await _told(desk, body, refused(error, language), error, language)
    reference = secrets.token_hex(4)
    _mourn(error, body, reference)
    if "event" in body:
        return BoltResponse(status=500)
    language = await _language(desk, body)
    return await _told(desk, body, views.errors.failed(reference, language), None, language)


def _note(error: Exception, body: Payload) -> None:
    """What operators wonder about: a delivery that came again, and one that Slack's own silence held up."""
    if isinstance(error, Repeated):
        log.info("a delivery came again kind=%s; it had its effect before, and nothing is done twice", _kind(body))
    elif isinstance(error, Unavailable):
        follows = "Slack is asked to deliver it again" if "event" in body else "the person is asked to try again"
        log.warning("Slack did not answer in time kind=%s; nothing was done, and %s", _kind(body), follows)


def _mourn(error: Exception, body: Payload, reference: str) -> None:
    """A failure in the log; one of the database is no fault of ours, and is counted and told elsewhere."""
    trace = trouble.trace(error)
    if trace:
        figures.FAILURES.labels(_kind(body)).inc()
    log.error("a listener failed reference=%s kind=%s: %s", reference, _kind(body), trouble.told(error), exc_info=trace)


def _kind(body: Payload) -> str:
    if "command" in body:
        return "command"
    return str((body.get("event") or body).get("type"))


async def _told(desk: Desk, body: Payload, message: Any, refusal: Refusal | None, language: str) -> BoltResponse:
    match _kind(body):
        case "command":
            return BoltResponse(status=200, body={"response_type": "ephemeral", **message})
        case "view_submission":
            return _form_answer(body, message, refusal, language)
        case "block_suggestion":  # Slack shows options there, and no words
            return BoltResponse(status=200, body={"options": []})
        case _ if body.get("response_url"):
            follow(desk, body, message)
        case _:
            await show(desk, body, views.errors.instead(message, language))
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
        async with asyncio.timeout(LANGUAGE_S):
            return await desk.language_of(user)
    except TimeoutError:
        log.warning("the language of a person could not be read in time; they are answered in English")
    except Exception as error:
        unread = "the language of a person could not be read: %s; they are answered in English"
        log.error(unread, trouble.told(error), exc_info=trouble.trace(error))
    return "en"
