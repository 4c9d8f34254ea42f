"""Boards, read from the totals alone: the ledger is never summed here."""

from dataclasses import dataclass, fields
from datetime import date

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


_TOTALS, _PEOPLE = table(Total), table(Person)
_HERE = tuple(_TOTALS.c[part.name] == bindparam(part.name) for part in fields(Span))
_UNRANKED = columns(_PEOPLE.c.id).where(
    _PEOPLE.c.workspace_id == bindparam("workspace_id"), or_(_PEOPLE.c.hides_rank, _PEOPLE.c.is_gone)
)
"""Those who are not shown: few, with an index of their own; to look everybody up costs more than all the rest."""
_SHOWN = (*_HERE, _TOTALS.c.events >= bindparam("least"), _TOTALS.c.person_id.not_in(_UNRANKED))
_TOP = (
    columns(_TOTALS.c.person_id, _TOTALS.c.amount, _TOTALS.c.events)
    .where(*_SHOWN, _TOTALS.c.amount > 0)
    .order_by(_TOTALS.c.amount.desc(), _TOTALS.c.person_id.desc())
    .limit(bindparam("most"))
)
_OWN = columns(_TOTALS.c.amount, _TOTALS.c.events).where(*_HERE, _TOTALS.c.person_id == bindparam("person"))
_BETTER = columns(func.count()).where(*_SHOWN, _TOTALS.c.amount > bindparam("amount"))


def top(session: Session, span: Span, *, least_events: int, limit: int) -> tuple[Score, ...]:
    """The first `limit` people who are shown, with something earned and at least so many events; best first."""
    rows = session.execute(_TOP, {**span.__dict__, "least": least_events, "most": limit})
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
