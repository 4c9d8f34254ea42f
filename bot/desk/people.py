"""People as Slack describes them, and those never seen before, looked up before any transaction needs them."""

import asyncio
import logging
from collections.abc import Iterable
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError

from bot.desk import Desk, Payload
from bot.rules.company import Company
from bot.rules.refusal import Unavailable
from bot.services import people as service
from storage import people
from storage.people import Profile

log = logging.getLogger(__name__)

AT_ONCE = 50
"""People looked up for one delivery; users.info allows about 100 a minute (tier 4)."""


def profile_of(user: Payload, company: Company) -> Profile:
    """Slack's user object as the roster keeps it."""
    said = user.get("profile") or {}
    slack_id = user["id"]
    home = user.get("team_id") or said.get("team") or company.workspace_id
    grid = (user.get("enterprise_user") or {}).get("teams") or ()
    appointed = "admin" if slack_id in company.admins else "lead" if slack_id in company.leads else ""
    return Profile(
        slack_id=slack_id,
        name=said.get("display_name") or said.get("real_name") or user.get("real_name") or user.get("name") or slack_id,
        locale=user.get("locale") or "",
        zone=known_zone(user.get("tz")),
        is_bot=bool(user.get("is_bot")) or slack_id == "USLACKBOT",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger"))
        or (home != company.workspace_id and company.workspace_id not in grid),
        is_gone=bool(user.get("deleted")),
        is_slack_admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        appointed=appointed,
        told_at=user.get("updated") or 0,
    )


@cache
def known_zone(name: str | None) -> str:
    """The zone's name if this machine knows it, else none: the company's zone stands in."""
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


async def meet(desk: Desk, slack_ids: Iterable[str]) -> None:
    """Look up those of these people whom the roster does not know, before any transaction.

    Ids that Slack does not know either stay unknown, as do those beyond `AT_ONCE`: the acknowledgement must not wait
    for hundreds of answers. Raises Unavailable if Slack does not answer.
    """
    wanted = [slack_id for slack_id in dict.fromkeys(slack_ids) if slack_id not in desk.met]
    if not wanted:
        return
    missing = await desk.database.read(lambda session: service.unknown(session, desk.company, wanted))
    profiles = [profile for profile in await asyncio.gather(*map(partial(_ask, desk), missing[:AT_ONCE])) if profile]
    if profiles:
        now = desk.clock.now()
        await desk.database.write(lambda session: people.enrol(session, desk.company.workspace_id, profiles, now=now))
    unknown = set(missing) - {profile.slack_id for profile in profiles}
    desk.met.update(slack_id for slack_id in wanted if slack_id not in unknown)


async def _ask(desk: Desk, slack_id: str) -> Profile | None:
    try:
        async with asyncio.timeout(2):
            answer: Any = await desk.client.users_info(user=slack_id, include_locale=True)
        return profile_of(answer["user"], desk.company)
    except SlackApiError as error:
        if error.response.get("error") in ("user_not_found", "user_not_visible", "users_not_found"):
            return None
        log.warning("users.info was refused: %s", error.response.get("error"))
        raise Unavailable("person_lookup_failed") from error
    except Exception as error:
        log.warning("users.info was not answered: %s", type(error).__name__)
        raise Unavailable("slack_unreachable") from error
