"""Boards, read from the totals alone: the ledger is never summed here.

A place is given by `bot.rules.points.weight`: where deeds are worth no points, how often they were done decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, or_, tuple_
from sqlmodel import Session

from bot.rules import points
from bot.rules.periods import Period
from bot.rules.points import Board
from storage.models import Person, Total
from storage.prepared import Prepared
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

    id: str
    name: str
    team: str
    hidden: bool
    amount: int
    events: int


_TOTALS, _PEOPLE = table(Total), table(Person)
HERE = tuple(_TOTALS.c[part.name] == bindparam(part.name) for part in fields(Span))
"""Conditions on the totals: they are of the span that is asked for."""
OFTEN = _TOTALS.c.events >= bindparam("least")
"""And they were earned often enough for a place."""
ENOUGH = _TOTALS.c.amount >= bindparam("lowest")
"""And they are enough for one; whoever is better than somebody with a place has enough."""
ABOVE = tuple_(_TOTALS.c.amount, _TOTALS.c.events) > tuple_(bindparam("amount"), bindparam("events"))
"""And they are better than somebody; PostgreSQL finds in its index where these begin."""
BEST_FIRST = (_TOTALS.c.amount.desc(), _TOTALS.c.events.desc(), _TOTALS.c.person_id.desc())
_UNRANKED = columns(_PEOPLE.c.id).where(
    _PEOPLE.c.workspace_id == bindparam("workspace_id"), or_(_PEOPLE.c.hides_rank, _PEOPLE.c.is_gone)
)
"""Those who are not shown: few, with an index of their own; to look everybody up costs more than all the rest."""
_SHOWN = (*HERE, OFTEN, _TOTALS.c.person_id.not_in(_UNRANKED))
_TOP = Prepared(
    columns(_TOTALS.c.person_id, _TOTALS.c.amount, _TOTALS.c.events)
    .where(*_SHOWN, ENOUGH)
    .order_by(*BEST_FIRST)
    .limit(bindparam("most"))
)
_HELD = Prepared(columns(_TOTALS.c.amount, _TOTALS.c.events).where(*HERE, _TOTALS.c.person_id == bindparam("person")))
_ALL = (
    columns(*(_PEOPLE.c[name] for name in ("id", "name", "team", "hides_rank")), _TOTALS.c.amount, _TOTALS.c.events)
    .join_from(_TOTALS, _PEOPLE, _PEOPLE.c.id == _TOTALS.c.person_id)
    .where(*HERE, _PEOPLE.c.is_gone.is_(False), or_(_TOTALS.c.events > 0, _TOTALS.c.amount != 0))
    .order_by(_TOTALS.c.amount.desc(), _TOTALS.c.events.desc(), _PEOPLE.c.name, _PEOPLE.c.id)
)
_BETTER = Prepared(columns(func.count()).where(*_SHOWN, ABOVE))
_ALL_TIMES = 2**31 - 1  # as far as the numbers of the totals go on PostgreSQL


def asked(span: Span, least_events: int) -> dict[str, Any]:
    """What `HERE`, `OFTEN` and `ENOUGH` ask of a span."""
    return {**span.__dict__, "least": least_events, "lowest": points.least(span.board)}


def above(amount: int, events: int) -> dict[str, int]:
    """What `ABOVE` asks of somebody who has so much: of equal amounts none is better, but of nothing what was done
    more often is."""
    return {"amount": amount, "events": _ALL_TIMES if amount else events}


def top(session: Session, span: Span, *, least_events: int, limit: int) -> tuple[Score, ...]:
    """The first `limit` people who are shown, with something earned and at least so many events; best first."""
    return ranked(_TOP.rows(session, **asked(span, least_events), most=limit))


def ranked(rows: Iterable[Any]) -> tuple[Score, ...]:
    """Rows of person, amount and events, best first, with their places."""
    scores: list[Score] = []
    for place, (person_id, amount, events) in enumerate(rows, start=1):
        before = scores[-1] if scores else None
        equal = before and points.weight(before.amount, before.events) == points.weight(amount, events)
        scores.append(Score(before.rank if before and equal else place, person_id, amount, events))
    return tuple(scores)


def held(session: Session, span: Span, person_id: str) -> tuple[int, int] | None:
    """What somebody has on a board and how often they earned it; None for whoever never did."""
    row = _HELD.first(session, **span.__dict__, person=person_id)
    return (row[0], row[1]) if row else None


def own(session: Session, span: Span, person_id: str, *, least_events: int) -> Score | None:
    """A person's own score, hidden from others or not; rank 0 while they have too few events to be ranked."""
    has = held(session, span, person_id)
    if has is None:
        return None
    amount, events = has
    if events < least_events or amount < points.least(span.board):
        return Score(0, person_id, amount, events)
    (better,) = _BETTER.first(session, **asked(span, least_events), **above(amount, events))
    return Score(better + 1, person_id, amount, events)


def everybody(session: Session, span: Span) -> list[Holding]:
    """All who are still here and have anything on a board, most first."""
    return [Holding(*row) for row in session.execute(_ALL, span.__dict__)]
