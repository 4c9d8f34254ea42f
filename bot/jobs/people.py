"""Keep the roster as Slack has it: all of it at start and daily, events between."""

import asyncio
import logging
from typing import Any

from bot.delivery.call import Failed, Limited, Refused, call
from bot.desk import Desk, groups
from bot.desk.people import enrol, profile_of

log = logging.getLogger(__name__)

PAGE = 200
PAUSE_S = 3.0
"""Between pages: users.list allows about 20 a minute (tier 2)."""
READ_S = 8.0
AGAIN_S = (2.0, 10.0, 60.0, 300.0)
"""Pauses before the same page is asked for again."""


async def sync(desk: Desk) -> None:
    """Read every member of the workspace; what fails is tried again, and in the end with the next sync."""
    cursor, count = "", 0
    while True:
        answer = await _page(desk, cursor)
        if answer is None:
            return
        await _enrol(desk, answer["members"])
        count += len(answer["members"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            log.info("the roster has %d users", count)
            await groups.follow(desk)
            return
        await asyncio.sleep(PAUSE_S)


async def follow_groups(desk: Desk) -> None:
    """See who is in the user groups of leads and teams: who left one leads no more, or is of another team, within the
    hour."""
    await groups.follow(desk)


async def _page(desk: Desk, cursor: str) -> dict[str, Any] | None:
    """One page of the members; None if Slack refuses it, or leaves it without an answer again and again."""
    arguments = {"limit": PAGE, "include_locale": True, "cursor": cursor}
    for wait in (*AGAIN_S, None):
        try:
            return await call(desk.client, "users.list", arguments, timeout=READ_S, reads=True)
        except Failed as error:
            if wait is None or isinstance(error, Refused):
                log.warning("users.list failed: %s; the roster stays as it is until the next sync", error)
                return None
            pause = max(wait, error.retry_after) if isinstance(error, Limited) else wait
            log.warning("users.list failed: %s; trying again in %g s", error, pause)
            await asyncio.sleep(pause)
    return None


async def _enrol(desk: Desk, users: list[Any]) -> None:
    await enrol(desk, [profile_of(user, desk.company) for user in users])
