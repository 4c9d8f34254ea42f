"""Boards, read from the totals alone: the ledger is never summed here."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, or_
from sqlmodel import Session

from bot.rules.periods import Period
from bot.rules.points import Board
from storage.models import Person, Total
from storage.select import columns, table


@dataclass(frozen=True)
class Span:
    """One board over one period of one workspace."""

    workspace_id: str
    board: Board
    period: Period
    starts_on: date


@dataclass(frozen=True)
class Score:
    """A person's place on a board; those with the same amount share a rank."""

    rank: int
    person_id: str
    amount: int
    events: int


@dataclass(frozen=True)
class Holding:
    """What somebody has on a board, as the list for admins tells it; `hidden` from the boards that others see."""

    name: str
    team: str
    hidden: bool
    amount: int
    events: int


_TOTALS, _PEOPLE = table(Total), table(Person)
HERE = tuple(_TOTALS.c[part.name] == bindparam(part.name) for part in fields(Span))

"""Conditions on the totals: they are of the span that is asked for."""
_UNRANKED = columns(_PEOPLE.c.id).where(
    _PEOPLE.c.workspace_id == bindparam("workspace_id"), or_(_PEOPLE.c.hides_rank, _PEOPLE.c.is_gone)
)
"""Those who are not shown: few, with an index of their own; to look everybody up costs more than all the rest."""
_SHOWN = (*HERE, _TOTALS.c.events >= bindparam("least"), _TOTALS.c.person_id.not_in(_UNRANKED))
_TOP = (
    columns(_TOTALS.c.person_id, _TOTALS.c.amount, _TOTALS.c.events)
    .where(*_SHOWN, _TOTALS.c.amount > 0)
    .order_by(_TOTALS.c.amount.desc(), _TOTALS.c.person_id.desc())
    .limit(bindparam("most"))
)
_OWN = columns(_TOTALS.c.amount, _TOTALS.c.events).where(*HERE, _TOTALS.c.person_id == bindparam("person"))
_ALL = (
    columns(_PEOPLE.c.name, _PEOPLE.c.team, _PEOPLE.c.hides_rank, _TOTALS.c.amount, _TOTALS.c.events)
    .join_from(_TOTALS, _PEOPLE, _PEOPLE.c.id == _TOTALS.c.person_id)
    .where(*HERE, _PEOPLE.c.is_gone.is_(False), or_(_TOTALS.c.events > 0, _TOTALS.c.amount != 0))
    .order_by(_TOTALS.c.amount.desc(), _PEOPLE.c.name, _PEOPLE.c.id)
)
_BETTER = columns(func.count()).where(*_SHOWN, _TOTALS.c.amount > bindparam("amount"))


def top(session: Session, span: Span, *, least_events: int, limit: int) -> tuple[Score, ...]:
    """The first `limit` people who are shown, with something earned and at least so many events; best first."""
    return ranked(session.execute(_TOP, {**span.__dict__, "least": least_events, "most": limit}))


def ranked(rows: Iterable[Any]) -> tuple[Score, ...]:
    """Rows of person, amount and events, best first, with their places."""
    scores: list[Score] = []
    for place, (person_id, amount, events) in enumerate(rows, start=1):
        rank = scores[-1].rank if scores and scores[-1].amount == amount else place
        scores.append(Score(rank, person_id, amount, events))
    return tuple(scores)


def own(session: Session, span: Span, person_id: str, *, least_events: int) -> Score | None:
    """A person's own score, hidden from others or not; rank 0 while they have too few events to be ranked."""
    row = session.execute(_OWN, {**span.__dict__, "person": person_id}).first()
    if row is None:
        return None
    amount, events = row
    if events < least_events or amount <= 0:
        return Score(0, person_id, amount, events)
    better = session.execute(_BETTER, {**span.__dict__, "least": least_events, "amount": amount}).scalar_one()
    return Score(better + 1, person_id, amount, events)


def everybody(session: Session, span: Span) -> list[Holding]:
    """All who are still here and have anything on a board, most first."""
    return [Holding(*row) for row in session.execute(_ALL, span.__dict__)]
