"""Read the applause again from Slack: before each ritual, and after an outage in which events were missed."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from bot.desk import Desk, announcing
from bot.desk.people import meet
from bot.services import applause as service
from bot.services import rituals
from storage import messages
from storage.praise import Praise

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=10)
"""How long before a ritual the reading begins."""
FRESH = timedelta(minutes=15)
"""A count that was read this lately is not read again."""
AT_ONCE = 12
"""Readings in one round; reactions.get allows about 50 a minute (tier 3), a round comes every 15 seconds."""


async def before_rituals(desk: Desk) -> None:
    """Read the applause of what a ritual within ten minutes will show."""
    now = desk.clock.now()
    near = await desk.database.read(lambda session: rituals.awaited(session, desk.company, now=now, ahead=AHEAD))
    await _read(desk, near)


async def after_outage(desk: Desk) -> None:
    """Read the applause of all praise that is new to some ritual."""
    now = desk.clock.now()
    await _read(desk, await desk.database.read(lambda session: rituals.fresh(session, desk.company, now=now)))


async def _read(desk: Desk, praise: Iterable[Praise]) -> None:
    now = desk.clock.now()
    stale = [one for one in praise if one.applause_read_at is None or now - one.applause_read_at > FRESH]
    for one in stale[:AT_ONCE]:
        if not await _read_one(desk, one.id):
            return


async def _read_one(desk: Desk, praise_id: str) -> bool:
    """Read one post's reactions; False if Slack wants to be left alone for now."""
    now = desk.clock.now()
    post = await desk.database.read(
        lambda session: messages.by_subject(
            session, workspace_id=desk.company.workspace_id, subject=f"praise:{praise_id}"
        )
    )
    if post is None:
        return True
    try:
        async with asyncio.timeout(5):
            answer: Any = await desk.client.reactions_get(channel=post.channel, timestamp=post.ts, full=True)
        pairs = _pairs(answer["message"])
        await meet(desk, [slack_id for slack_id, _ in pairs])
    except SlackApiError as error:
        log.warning("reactions.get was refused: %s; the count stays as heard", error.response.get("error"))
        return bool(error.response.get("error") != "ratelimited")
    except Exception as error:
        log.warning("reactions.get failed: %s; the count stays as heard", type(error).__name__)
        return False

    def story(session: Session) -> None:
        heard = service.read_again(session, desk.company, praise_id, pairs, now=now)
        if heard and heard.changed:
            announcing.applause(session, desk.company, heard.praise, now=now)

    await desk.database.write(story)
    return True


def _pairs(message: Any) -> list[tuple[str, str]]:
    return [
        (user, reaction["name"]) for reaction in message.get("reactions") or () for user in reaction.get("users") or ()
    ]
