"""How a listener answers the person who acted: in the acknowledgement, by response_url, or by opening a form."""

import asyncio
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot import views
from bot.desk import Desk, Payload
from bot.rules.refusal import Refusal, Unavailable
from bot.services.kudos import NobodyThanked
from bot.services.praise import Duplicate

TRIGGER_S = 2.0
"""A trigger is worth nothing after three seconds, and the acknowledgement is due by then."""


async def say(ack: AsyncAck, message: Any) -> None:
    """Answer a command in its acknowledgement: text and long-settled blocks, seen by this person alone."""
    await ack(response_type="ephemeral", **message)


def follow(desk: Desk, body: Payload, message: Any) -> None:
    """Answer by response_url after the acknowledgement; at most once, so never what must arrive."""
    if url := body.get("response_url"):
        desk.delivery.answer(url, {"response_type": "ephemeral", "replace_original": False, **message})


def refused(refusal: Refusal, language: str) -> Any:
    """The message for a refusal; some have more to show than words."""
    if isinstance(refusal, Duplicate):
        return views.praise.duplicate(refusal, language)
    if isinstance(refusal, NobodyThanked):
        return views.kudos.nobody(refusal, language)
    return views.refusals.message(refusal, language)


async def open_form(desk: Desk, body: Payload, view: Payload) -> None:
    """Open a form for whoever sent this payload. Raises Refusal if Slack does not open it."""
    try:
        async with asyncio.timeout(TRIGGER_S):
            await desk.client.views_open(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        raise Refusal("form_failed") from error
    except Exception as error:
        raise Unavailable("slack_unreachable") from error
