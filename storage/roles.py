"""Who leads, who is of which team, and whether guests take part: what settings and user groups say of people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, update
from sqlmodel import Session

from storage.models import Person
from storage.select import columns, table

UNNAMED = "lead"
"""Stands for the group by which somebody leads where an earlier version has not written down which it is."""
_PEOPLE = table(Person)
_UNLISTED = or_(_PEOPLE.c.team == "", _PEOPLE.c.team_group != "")
"""People of whom the list says no team."""
_MOVE = (
    update(_PEOPLE)
    .where(_PEOPLE.c.id == bindparam("person"), _UNLISTED)
    .values(team=bindparam("becomes"), team_group=bindparam("by"))
)


@dataclass(frozen=True)
class Unlisted:
    """Somebody of whom the list says no team, and the team that they have by a user group."""

    id: str
    slack_id: str
    team: str
    team_group: str


@dataclass(frozen=True)
class Move:
    """The team that somebody, by our id, gets by a user group; both empty for whoever is of none any more."""

    id: str
    team: str
    team_group: str


def appoint(session: Session, workspace_id: str, *, admins: Collection[str], leads: Collection[str]) -> None:
    """Appoint those whom the settings name, by Slack id, and nobody else; an admin is no lead beside it."""
    leads = set(leads) - set(admins)
    for slack_ids, appointed in ((admins, "admin"), (leads, "lead")):
        _appoint(session, workspace_id, _PEOPLE.c.slack_id.in_(list(slack_ids)), appointed)
    _appoint(session, workspace_id, _PEOPLE.c.slack_id.not_in([*admins, *leads]), "")


def _appoint(session: Session, workspace_id: str, whom: Any, appointed: str) -> None:
    here = (_PEOPLE.c.workspace_id == workspace_id, whom, _PEOPLE.c.appointed != appointed)
    session.execute(update(_PEOPLE).where(*here).values(appointed=appointed))


def group(session: Session, workspace_id: str, group_id: str, slack_ids: Collection[str]) -> int:
    """Let these people, by Slack id, and nobody else be leads by a user group; gives for how many that is new."""
    members = list(slack_ids)
    changed = 0
    for whom, by in ((_PEOPLE.c.slack_id.in_(members), group_id), (_PEOPLE.c.slack_id.not_in(members), "")):
        rule = (_PEOPLE.c.workspace_id == workspace_id, whom, _PEOPLE.c.grouped != by)
        result: Any = session.execute(update(_PEOPLE).where(*rule).values(grouped=by))
        changed += result.rowcount
    return changed


def leave(session: Session, workspace_id: str, *, leads_group: str, team_groups: Collection[str]) -> None:
    """Let nobody lead, or be of a team, by other user groups than these."""
    here = _PEOPLE.c.workspace_id == workspace_id
    stay = ["", leads_group, UNNAMED] if leads_group else [""]
    session.execute(update(_PEOPLE).where(here, _PEOPLE.c.grouped.not_in(stay)).values(grouped=""))
    others = _PEOPLE.c.team_group.not_in(["", *team_groups])
    session.execute(update(_PEOPLE).where(here, others).values(team="", team_group=""))


def unlisted(session: Session, workspace_id: str) -> Sequence[Unlisted]:
    """Everybody with a Slack account of whom the list says no team."""
    here = (_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.slack_id.is_not(None), _UNLISTED)
    asked = columns(_PEOPLE.c.id, _PEOPLE.c.slack_id, _PEOPLE.c.team, _PEOPLE.c.team_group).where(*here)
    return [Unlisted(*row) for row in session.execute(asked)]


def move(session: Session, moves: Sequence[Move]) -> None:
    """Let these people be of these teams, but for those of whom the list says one."""
    if moves:
        told = [{"person": one.id, "becomes": one.team, "by": one.team_group} for one in moves]
        session.execute(_MOVE, told)


def admit(session: Session, workspace_id: str, *, guests: bool) -> None:
    """Let guests take part, or no more."""
    here = (_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.visits, _PEOPLE.c.is_guest == guests)
    session.execute(update(_PEOPLE).where(*here).values(is_guest=not guests))
