"""Boards, read from the totals alone: the ledger is never summed here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.rules.periods import Period
from bot.rules.points import Board
from storage.models import Person, Total


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


def _on(span: Span) -> tuple[Any, ...]:
    return (
        Total.workspace_id == span.workspace_id,
        Total.board == span.board,
        Total.period == span.period,
        Total.starts_on == span.starts_on,
    )


_VISIBLE = (col(Person.hides_rank).is_(False), col(Person.is_gone).is_(False))


def top(session: Session, span: Span, *, least_events: int, limit: int) -> tuple[Score, ...]:
    """The first `limit` people who are shown, with something earned and at least so many events; best first."""
    rows = session.exec(
        select(Total.person_id, Total.amount, Total.events)
        .join(Person, col(Person.id) == col(Total.person_id))
        .where(*_on(span), *_VISIBLE, Total.amount > 0, Total.events >= least_events)
        .order_by(col(Total.amount).desc(), col(Total.person_id).desc())
        .limit(limit)
    ).all()
    scores: list[Score] = []
    for place, (person_id, amount, events) in enumerate(rows, start=1):
        rank = scores[-1].rank if scores and scores[-1].amount == amount else place
        scores.append(Score(rank, person_id, amount, events))
    return tuple(scores)


def own(session: Session, span: Span, person_id: str, *, least_events: int) -> Score | None:
    """A person's own score, hidden from others or not; rank 0 while they have too few events to be ranked."""
    row = session.exec(select(Total.amount, Total.events).where(*_on(span), Total.person_id == person_id)).first()
    if row is None:
        return None
    amount, events = row
    if events < least_events or amount <= 0:
        return Score(0, person_id, amount, events)
    better = session.exec(
        select(func.count())
        .select_from(Total)
        .join(Person, col(Person.id) == col(Total.person_id))
        .where(*_on(span), *_VISIBLE, Total.amount > amount, Total.events >= least_events)
    ).one()
    return Score(better + 1, person_id, amount, events)
