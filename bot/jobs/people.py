"""Keep the roster as Slack has it: all of it at start and daily, events between."""

import asyncio
import logging
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from bot.desk import Desk
from bot.desk.people import profile_of
from storage import people

log = logging.getLogger(__name__)

PAGE = 200
PAUSE_S = 3.0
"""Between pages: users.list allows about 20 a minute (tier 2)."""


async def sync(desk: Desk) -> None:
    """Read every member of the workspace; what fails is tried again with the next sync."""
    cursor, count = "", 0
    while True:
        try:
            answer: Any = await desk.client.users_list(limit=PAGE, include_locale=True, cursor=cursor)
        except SlackApiError as error:
            if error.response.get("error") == "ratelimited":
                await asyncio.sleep(float(error.response.headers.get("Retry-After") or 30))
                continue
            log.warning("users.list was refused: %s; the roster stays as it is", error.response.get("error"))
            return
        except Exception as error:
            log.warning("users.list failed: %s; the roster stays as it is until the next sync", type(error).__name__)
            return
        await _enrol(desk, answer["members"])
        count += len(answer["members"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            log.info("the roster has %d users", count)
            return
        await asyncio.sleep(PAUSE_S)


async def _enrol(desk: Desk, users: list[Any]) -> None:
    now = desk.clock.now()
    profiles = [profile_of(user, desk.company) for user in users]

    def story(session: Session) -> None:
        people.enrol(session, desk.company.workspace_id, profiles, now=now)

    await desk.database.write(story)
