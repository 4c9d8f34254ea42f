"""Leads by a Slack user group: read again from time to time, and at once when an admin chooses one."""

import logging
import time
from collections.abc import Sequence

from sqlmodel import Session

from bot.delivery.call import Failed, Refused, call
from bot.desk import Desk, Group, Payload
from bot.rules.refusal import Unavailable
from bot.services import settings
from bot.services.settings import WrongSettings

log = logging.getLogger(__name__)

LOOK_UP_S = 2.0
FRESH_S = 30.0
"""Groups are offered letter by letter, and usergroups.list allows about 20 calls a minute (tier 2)."""


async def follow(desk: Desk) -> None:
    """Let the members of the chosen group be leads, and who left it no more; what Slack does not answer changes
    nothing."""
    group = desk.company.leads_group
    if not group:
        return
    try:
        members = await _members(desk, group)
    except Failed as error:
        log.warning("the user group of the leads could not be read: %s; they stay as they are", error)
        return

    def story(session: Session) -> int:
        return settings.lead_by_group(session, desk.defaults, group, members)

    if changed := await desk.database.write(story):
        log.info("leads by the user group: changed=%d members=%d", changed, len(members))


async def members_of(desk: Desk, group: str) -> Sequence[str]:
    """The members of a group that an admin chooses, by Slack id. Raises WrongSettings if there is no such group, and
    Unavailable if Slack does not answer."""
    try:
        return await _members(desk, group)
    except Refused as error:
        raise WrongSettings({"leads_group": "setting_leads_group"}) from error
    except Failed as error:
        raise Unavailable("slack_unreachable") from error


async def groups(desk: Desk) -> Sequence[Group]:
    """The user groups of the workspace by name, as Slack told them lately; none if it does not answer."""
    if time.monotonic() >= desk.groups.until:
        try:
            answer = await call(desk.client, "usergroups.list", {}, timeout=LOOK_UP_S, reads=True)
        except Failed as error:
            log.warning("usergroups.list failed: %s; no groups are offered", error)
            return ()
        told = [_group(one) for one in answer["usergroups"]]
        desk.groups.known = tuple(sorted(told, key=lambda group: group.name.casefold()))
        desk.groups.until = time.monotonic() + FRESH_S
    return desk.groups.known


async def _members(desk: Desk, group: str) -> Sequence[str]:
    answer = await call(desk.client, "usergroups.users.list", {"usergroup": group}, timeout=LOOK_UP_S, reads=True)
    return [str(one) for one in answer["users"]]


def _group(told: Payload) -> Group:
    return Group(told["id"], told.get("name") or told["id"], told.get("handle") or "")
