"""Slack's user groups: whose members lead, and which are teams. They are read as soon as an admin chooses others, and
from time to time."""

import logging
import time
from collections.abc import Sequence
from functools import partial

from sqlmodel import Session

from bot.delivery.call import Failed, Refused, call
from bot.desk import Desk, Group, Payload
from bot.rules.company import Company
from bot.rules.refusal import Unavailable
from bot.services import settings, teaming
from bot.services.settings import WrongSettings
from bot.services.teaming import Crew

log = logging.getLogger(__name__)

LOOK_UP_S, AT_LEISURE_S = 2.0, 8.0
"""How long somebody waits for Slack's answer, and how long a job does: the members of all groups may be many."""
GLIMPSE_S = 0.7
"""Before a form opens: its trigger lives for three seconds, and views.open needs most of them."""
AT_ONCE = 500
"""How many people are moved in one transaction: others wait for it."""
FRESH_S = 30.0
"""Groups are offered letter by letter, and usergroups.list allows about 20 calls a minute (tier 2)."""
NO_SUCH = "no_such_subteam"
"""By which Slack says that there is no group of such an id."""


async def follow_chosen(desk: Desk) -> None:
    """Follow the groups if others are chosen than those that were followed last, here or in another process."""
    if desk.groups.followed != _chosen(desk.company):
        await follow(desk)


async def follow(desk: Desk) -> None:
    """Let the members of the chosen groups lead, or be of a team, and who left one no more; what Slack does not answer
    changes nothing."""
    desk.groups.followed = _chosen(desk.company)
    if desk.company.leads_group:
        await _follow_leads(desk, desk.company.leads_group)
    if desk.company.team_groups:
        await _follow_teams(desk, desk.company.team_groups)


def _chosen(company: Company) -> tuple[str, ...]:
    return (company.leads_group, *company.team_groups)


async def _follow_leads(desk: Desk, group: str) -> None:
    try:
        members = await _members(desk, group)
    except Failed as error:
        log.warning("the user group of the leads could not be read: %s; they stay as they are", error)
        return

    def story(session: Session) -> int:
        return settings.lead_by_group(session, desk.defaults, group, members)

    if changed := await desk.database.write(story):
        log.info("leads by the user group: changed=%d members=%d", changed, len(members))


async def _follow_teams(desk: Desk, chosen: Sequence[str]) -> None:
    try:
        asked = {"include_users": True}
        answer = await call(desk.client, "usergroups.list", asked, timeout=AT_LEISURE_S, reads=True)
    except Failed as error:
        log.warning("the user groups of the teams could not be read: %s; teams stay as they are", error)
        return
    crews = [_crew(one) for one in answer["usergroups"] if one["id"] in chosen]
    if gone := sorted({*chosen} - {crew.id for crew in crews}):
        log.warning("user groups that are teams are gone or switched off: %s; who is of them stays so", ", ".join(gone))
    moves = await desk.database.read(lambda session: teaming.moves(session, desk.defaults, crews))
    for first in range(0, len(moves), AT_ONCE):
        await desk.database.write(partial(teaming.enter, company=desk.defaults, moves=moves[first : first + AT_ONCE]))
    if moves:
        log.info("teams by user groups: changed=%d groups=%d", len(moves), len(crews))


async def members_of(desk: Desk, group: str) -> Sequence[str]:
    """The members of a group that an admin chooses, by Slack id. Raises WrongSettings if there is no such group, and
    Unavailable if Slack does not answer, or lets the bot see no groups."""
    try:
        return await _members(desk, group)
    except Refused as error:
        if error.code == NO_SUCH:
            raise WrongSettings({"leads_group": "setting_leads_group"}) from error
        log.warning("usergroups.users.list was refused: %s; nothing is stored, and whoever asked hears of it", error)
        raise Unavailable("groups_hidden", field="leads_group") from error
    except Failed as error:
        raise Unavailable("slack_unreachable") from error


async def offered(desk: Desk, *, patience: float = LOOK_UP_S) -> Sequence[Group]:
    """The user groups of the workspace by name, as Slack told them lately; none if it does not answer."""
    if time.monotonic() >= desk.groups.until:
        try:
            answer = await call(desk.client, "usergroups.list", {}, timeout=patience, reads=True)
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


def _crew(told: Payload) -> Crew:
    group = _group(told)
    return Crew(group.id, group.name, tuple(str(one) for one in told.get("users") or ()))
