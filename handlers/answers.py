"""How a listener answers the person who acted: in the acknowledgement, by response_url, or by opening a form."""

import logging
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot import views
from bot.delivery.call import Failed, Refused, call
from bot.desk import Desk, Payload
from bot.rules.refusal import Refusal, Unavailable
from bot.services.kudos import NobodyThanked
from bot.services.praise import Duplicate

log = logging.getLogger(__name__)

TRIGGER_S = 2.0
"""A trigger is worth nothing after three seconds, and the acknowledgement is due by then."""


async def say(ack: AsyncAck, message: Any) -> None:
    """Answer a command in its acknowledgement: text and long-settled blocks, seen by this person alone."""
    await ack(response_type="ephemeral", **message)


def follow(desk: Desk, body: Payload, message: Any) -> None:
    """Answer by response_url after the acknowledgement; at most once, so never what must arrive."""
    if url := body.get("response_url"):
        desk.delivery.answer(url, {"response_type": "ephemeral", "replace_original": False, **message})


def replace(desk: Desk, body: Payload, message: Any) -> None:
    """Put a message in place of the one whose button was pressed, by response_url after the acknowledgement."""
    if url := body.get("response_url"):
        desk.delivery.answer(url, {"replace_original": True, **message})


def refused(refusal: Refusal, language: str) -> Any:
    """The message for a refusal; some have more to show than words."""
    if isinstance(refusal, Duplicate):
        return views.praise.duplicate(refusal, language)
    if isinstance(refusal, NobodyThanked):
        return views.kudos.nobody(refusal, language)
    return views.refusals.message(refusal, language)


async def open_form(desk: Desk, body: Payload, view: Payload) -> None:
    """Open a form for whoever sent this payload, above the one in which they pressed something, unless an earlier
    delivery of it did. Raises Refusal if Slack does not open it."""
    try:
        await call(desk.client, _way(body), {"trigger_id": body["trigger_id"], "view": view}, timeout=TRIGGER_S)
    except Failed as error:
        if isinstance(error, Refused) and error.code == "exchanged_trigger_id":
            return
        log.warning("a form was not opened: %s; the person is told and can ask for it again", error)
        raise (Refusal("form_failed") if isinstance(error, Refused) else Unavailable("slack_unreachable")) from error


async def redraw(desk: Desk, body: Payload, view: Payload) -> None:
    """Put another view in place of the one in which somebody pressed a button. What was pressed is done already, so
    Slack's failure changes nothing but what is seen: the button stays, and can be pressed again."""
    try:
        await call(desk.client, "views.update", {"view_id": body["view"].get("id"), "view": view}, timeout=TRIGGER_S)
    except Failed as error:
        log.warning("a form was not redrawn: %s; what was asked for is done", error)


async def turn(desk: Desk, body: Payload, message: Any, language: str) -> None:
    """Put a message in place of the one in which a button was pressed, or of the view that showed it."""
    if body.get("view"):
        await redraw(desk, body, views.errors.instead(message, language))
    else:
        replace(desk, body, message)


async def show(desk: Desk, body: Payload, view: Payload) -> None:
    """Say something in a view of its own where no message can follow: after a global shortcut, or a press in a view.
    At most once, as `follow`."""
    try:
        await call(desk.client, _way(body), {"trigger_id": body.get("trigger_id"), "view": view}, timeout=TRIGGER_S)
    except Failed as error:
        log.warning("a view was not shown to a person: %s; it is not tried again", error)


async def tell(desk: Desk, body: Payload, message: Any, language: str, *, instead: bool = False) -> None:
    """Answer a press where it was made: by response_url beside the message, or `instead` of it; in a view, which has
    none, by another view. At most once."""
    if not body.get("response_url"):
        await show(desk, body, views.errors.instead(message, language))
    elif instead:
        replace(desk, body, message)
    else:
        follow(desk, body, message)


def _way(body: Payload) -> str:
    """How a view is shown: on top of the one in which somebody acted, if they did in one."""
    return "views.push" if (body.get("view") or {}).get("type") == "modal" else "views.open"
