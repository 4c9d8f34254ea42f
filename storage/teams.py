"""Boards of teams, read from the totals of the people who are in them today.

Whoever is hidden from boards is in no sum and in no number of heads, or their points could be told by subtraction.
Totals of teams of their own would be rows that every praise of a team writes: writers would wait for one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, literal_column, not_
from sqlmodel import Session

from storage.leaderboards import ABOVE, BEST_FIRST, ENOUGH, HERE, OFTEN, Score, Span, above, asked, ranked
from storage.models import Person, Total
from storage.select import columns, table


@dataclass(frozen=True)
class TeamSum:
    """What the people of a team have on a board together, as the roster spells the team; `heads` are those counted."""

    team: str
    heads: int
    amount: int
    events: int


_TOTALS, _PEOPLE = table(Total), table(Person)
RANKED = (
    _PEOPLE.c.workspace_id == bindparam("workspace_id"),
    _PEOPLE.c.team != literal_column("''"),
    *(not_(_PEOPLE.c[flag]) for flag in ("is_bot", "is_gone", "is_stranger", "is_guest", "hides_rank")),
)
"""Whom boards of teams count; the words of the index `ix_person_ranked`."""
_HEADS = columns(_PEOPLE.c.team, func.count()).where(*RANKED).group_by(_PEOPLE.c.team)
_SUMS = (
    columns(_PEOPLE.c.team, func.sum(_TOTALS.c.amount), func.sum(_TOTALS.c.events))
    .join_from(_TOTALS, _PEOPLE, _PEOPLE.c.id == _TOTALS.c.person_id)
    .where(*RANKED, *HERE)
    .group_by(_PEOPLE.c.team)
)
_TEAMS: Any = bindparam("teams", expanding=True)
_OF_TEAM = columns(_PEOPLE.c.id).where(*RANKED, _PEOPLE.c.team.in_(_TEAMS))
_SHOWN = (*HERE, OFTEN, _TOTALS.c.person_id.in_(_OF_TEAM))
_TOP = (
    columns(_TOTALS.c.person_id, _TOTALS.c.amount, _TOTALS.c.events)
    .where(*_SHOWN, ENOUGH)
    .order_by(*BEST_FIRST)
    .limit(bindparam("most"))
)
_BETTER = columns(func.count()).where(*_SHOWN, ABOVE)


def sums(session: Session, span: Span) -> list[TeamSum]:
    """Every team that anybody who is counted is in, one line for each spelling."""
    here = span.__dict__
    earned = {team: (amount, events) for team, amount, events in session.execute(_SUMS, here)}
    heads = session.execute(_HEADS, {"workspace_id": span.workspace_id})
    return [TeamSum(team, number, *map(int, earned.get(team, (0, 0)))) for team, number in heads]


def heads(session: Session, workspace_id: str, teams: Sequence[str]) -> int:
    """How many are counted for a team, whose spellings are given."""
    counted = columns(func.count()).select_from(_OF_TEAM.subquery())
    return int(session.execute(counted, {"workspace_id": workspace_id, "teams": list(teams)}).scalar_one())


def top(session: Session, span: Span, teams: Sequence[str], *, least_events: int, limit: int) -> tuple[Score, ...]:
    """As `storage.leaderboards.top`, among the people of a team, whose spellings are given."""
    return ranked(session.execute(_TOP, {**asked(span, least_events), "teams": list(teams), "most": limit}))


def better(session: Session, span: Span, teams: Sequence[str], *, least_events: int, amount: int, events: int) -> int:
    """How many people of a team who are shown are better than somebody who has so much by so many events."""
    told = {**asked(span, least_events), **above(amount, events), "teams": list(teams)}
    return int(session.execute(_BETTER, told).scalar_one())
