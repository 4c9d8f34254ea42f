"""Read the applause from Slack: of each new post once, before each ritual, and after an outage in which events were
missed."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from time import monotonic
from typing import Any

from sqlmodel import Session

from bot.delivery.call import Failed, Refused, call
from bot.delivery.verdict import concerns_all
from bot.desk import Desk, announcing
from bot.desk.people import meet
from bot.rules.refusal import Unavailable
from bot.services import applause as service
from bot.services import rituals
from storage import messages

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=10)
"""How long before a ritual the reading begins."""
FRESH = timedelta(minutes=15)
"""A count that was read this lately is not read again."""
AT_ONCE = 12
"""Readings in one round; reactions.get allows about 50 a minute (tier 3), a round comes every 15 seconds."""
AT_FIRST = 3
"""Unread posts read in one round beside them."""
DUE_S = 60.0
"""How long a ritual that is due waits for its counts."""
READ_S = 5.0


async def of_unread_posts(desk: Desk) -> None:
    """Read posts that were never read, or not since an outage: who applauds before the bot knows where its post stands
    (an instant; 15 seconds if it was killed just then) is heard of by nobody."""
    now = desk.clock.now()
    unread = await desk.database.read(lambda session: service.unread(session, desk.company, AT_FIRST, now=now))
    await _read(desk, unread)


async def before_rituals(desk: Desk) -> None:
    """Read the applause of what a ritual within ten minutes will show; if one is due, all of it, within a minute."""
    deadline = monotonic() + DUE_S
    while await _round(desk) and monotonic() < deadline:
        pass


async def _round(desk: Desk) -> bool:
    """One round of readings; whether a ritual waits for another."""
    now = desk.clock.now()
    near = await desk.database.read(lambda session: rituals.awaited(session, desk.company, now=now, ahead=AHEAD))
    stale = [one.id for one in near if one.read_at is None or now - one.read_at > FRESH]
    if not await _read(desk, stale[:AT_ONCE]) or len(stale) <= AT_ONCE:
        return False
    return bool(await desk.database.read(lambda session: rituals.due(session, desk.company, now=now)))


async def after_outage(desk: Desk) -> None:
    """Have the applause of the last days read again: reactions may have been missed."""
    now = desk.clock.now()
    await desk.database.write(lambda session: service.forget_reading(session, desk.company, now=now))


async def _read(desk: Desk, praise_ids: Iterable[str]) -> bool:
    """Read these posts' reactions; False if Slack wants to be left alone for now."""
    for praise_id in praise_ids:
        if not await _read_one(desk, praise_id):
            return False
    return True


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
        arguments = {"channel": post.channel, "timestamp": post.ts, "full": True}
        answer = await call(desk.client, "reactions.get", arguments, timeout=READ_S, reads=True)
        pairs = _pairs(answer["message"])
        await meet(desk, [slack_id for slack_id, _ in pairs])
    except (Failed, Unavailable) as error:
        if isinstance(error, Refused) and not concerns_all(error.code):
            log.warning("reactions.get was refused: %s; the count stays as heard, and it is not read again", error)
            await desk.database.write(lambda session: service.unreadable(session, praise_id, now=now))
            return True
        log.warning("reactions.get failed: %s; the count stays as heard until it is read again", error)
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
