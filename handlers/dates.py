"""Triggers: `/golden-ear free`, `working` and `ordinary` with a date, and `dates`: what is no day like others."""

import logging
from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck

from bot import views
from bot.desk import Desk, Payload
from bot.rules import days
from bot.rules.refusal import Refusal
from bot.services import special_days as service
from handlers.answers import say

log = logging.getLogger(__name__)

WORKS: Mapping[str, bool | None] = {"free": False, "working": True, "ordinary": None}
"""What the commands say of a date; None lets it be as weekdays and calendar have it."""


async def mark(ack: AsyncAck, command: Payload, desk: Desk, wish: str, text: str) -> None:
    """Set a date, for all rituals.

    It is no delivery to be remembered: said twice it changes nothing, and whoever says free, ordinary and free again
    within a minute means it.
    """
    user, day = command["user_id"], days.read(text)
    if day is None:
        raise Refusal("not_a_date")
    marked = await desk.database.write(
        lambda session: service.mark_by_admin(session, desk.company, user, day, works=WORKS[wish], now=desk.clock.now())
    )
    log.info("date=%s set=%s by=%s", day, wish, user)
    await say(ack, views.dates.marked(marked, await desk.language_of(user)))


async def coming(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """The dates that were set, and the coming holidays and swap days."""
    outcome, admin = await desk.database.read(
        lambda session: service.coming_for_admin(session, desk.company, command["user_id"], now=desk.clock.now())
    )
    await say(ack, views.dates.coming(outcome, admin.language))
