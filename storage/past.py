"""What a person earned before: their best week, and any days of the last months, without a sum over the ledger."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func
from sqlmodel import Session

from bot.rules.points import Board, Deed
from storage.models import Entry, KudosGift, Total
from storage.prepared import Prepared
from storage.select import columns, table

PAGE = 200
"""Entries are read newest first, so many at a time; the database adds them up."""
LATE = timedelta(days=1)
"""Entries stand in the order of their time, but for the clocks of several processes and a day of another zone."""

_TOTALS, _ENTRIES, _GIFTS = table(Total), table(Entry), table(KudosGift)
_TIMES = case((_TOTALS.c.amount == 0, _TOTALS.c.events), else_=0)
_BEST = Prepared(
    columns(_TOTALS.c.starts_on, _TOTALS.c.amount, _TOTALS.c.events)
    .where(
        _TOTALS.c.workspace_id == bindparam("workspace_id"),
        _TOTALS.c.person_id == bindparam("person"),
        _TOTALS.c.board == bindparam("board"),
        _TOTALS.c.period == "week",
    )
    .order_by(_TOTALS.c.amount.desc(), _TIMES.desc(), _TOTALS.c.starts_on.desc())
    .limit(1)
)
_NEWEST = (
    columns(*(_ENTRIES.c[name] for name in ("id", "deed", "amount", "counts_on", "entered_at", "reverses")))
    .where(_ENTRIES.c.person_id == bindparam("person"), _ENTRIES.c.id < bindparam("below"))
    .order_by(_ENTRIES.c.id.desc())
    .limit(bindparam("page"))
    .subquery()
)
_COUNTS = and_(
    _NEWEST.c.deed.in_(bindparam("deeds", expanding=True)),
    _NEWEST.c.counts_on.between(bindparam("first"), bindparam("last")),
)
_TOLD = columns(
    _NEWEST.c.id,
    _NEWEST.c.entered_at,
    case((_COUNTS, 1), else_=0).label("counts"),
    _NEWEST.c.amount,
    case((_NEWEST.c.reverses.is_(None), 1), else_=-1).label("times"),
).subquery()
_ADDED = Prepared(
    columns(
        func.count(),
        func.min(_TOLD.c.id),
        func.min(_TOLD.c.entered_at),
        func.sum(_TOLD.c.counts * _TOLD.c.amount),
        func.sum(_TOLD.c.counts * _TOLD.c.times),
    )
)
_GIVEN = Prepared(
    columns(func.count()).where(
        _GIFTS.c.giver_id == bindparam("person"),
        _GIFTS.c.giver_day.between(bindparam("around_first"), bindparam("around_last")),
        _GIFTS.c.counts_on.between(bindparam("first"), bindparam("last")),
        _GIFTS.c.taken_back.is_(False),
    )
)
_ABOVE_ALL = 2**31 - 1  # as far as the numbers of the ledger go on PostgreSQL


class Earned(NamedTuple):
    """How much, and by how many deeds, net of those that were taken back."""

    amount: int = 0
    times: int = 0


def best_week(session: Session, workspace_id: str, person_id: str, board: Board) -> tuple[date, Earned] | None:
    """The Monday of the week in which a person had most on a board (of nothing the most often), the later of two,
    and what they had."""
    row = _BEST.first(session, workspace_id=workspace_id, person=person_id, board=board)
    return (row[0], Earned(row[1], row[2])) if row else None


def earned(
    session: Session, person_id: str, deeds: Sequence[Deed], first: date, last: date, *, since: datetime
) -> Earned:
    """What a person earned by these deeds, net of reversals, counted on days of a span; nothing of it was entered
    before `since`, and so no older entry is read."""
    total, often, below = 0, 0, _ABOVE_ALL
    while True:
        count, oldest, entered_at, amount, times = _ADDED.first(
            session, person=person_id, below=below, page=PAGE, deeds=deeds, first=first, last=last
        )
        total, often = total + (amount or 0), often + (times or 0)
        if count < PAGE or entered_at < since - LATE:
            return Earned(total, often)
        below = oldest


def given(session: Session, person_id: str, first: date, last: date) -> Earned:
    """How many kudos a person gave on days of a span and did not take back."""
    around = {"around_first": first - LATE, "around_last": last + LATE}  # a giver's own day may be another
    (count,) = _GIVEN.first(session, person=person_id, first=first, last=last, **around)
    return Earned(int(count), int(count))
