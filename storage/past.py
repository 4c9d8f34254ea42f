"""What a person earned before: their best week, and any days of the last months, without a sum over the ledger."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func
from sqlmodel import Session

from bot.rules.points import Board, Deed
from storage.models import Entry, KudosGift, Total
from storage.select import columns, table

PAGE = 200
LATE = timedelta(days=1)
"""Entries stand in the order of their time, but for the clocks of several processes and a day of another zone."""

_TOTALS, _ENTRIES, _GIFTS = table(Total), table(Entry), table(KudosGift)
_BEST = (
    columns(_TOTALS.c.starts_on, _TOTALS.c.amount)
    .where(
        _TOTALS.c.workspace_id == bindparam("workspace_id"),
        _TOTALS.c.person_id == bindparam("person"),
        _TOTALS.c.board == bindparam("board"),
        _TOTALS.c.period == "week",
        _TOTALS.c.amount > 0,
    )
    .order_by(_TOTALS.c.amount.desc(), _TOTALS.c.starts_on.desc())
    .limit(1)
)
_NEWEST = (
    columns(*(_ENTRIES.c[name] for name in ("id", "deed", "amount", "counts_on", "entered_at")))
    .where(_ENTRIES.c.person_id == bindparam("person"), _ENTRIES.c.id < bindparam("below"))
    .order_by(_ENTRIES.c.id.desc())
    .limit(PAGE)
)
_GIVEN = columns(func.count()).where(
    _GIFTS.c.giver_id == bindparam("person"),
    _GIFTS.c.giver_day.between(bindparam("around_first"), bindparam("around_last")),
    _GIFTS.c.counts_on.between(bindparam("first"), bindparam("last")),
    _GIFTS.c.taken_back.is_(False),
)
_ABOVE_ALL = 2**31 - 1  # as far as the numbers of the ledger go on PostgreSQL


def best_week(session: Session, workspace_id: str, person_id: str, board: Board) -> tuple[date, int] | None:
    """The Monday of the week in which a person had most on a board, the later of two, and how much."""
    row = session.execute(_BEST, {"workspace_id": workspace_id, "person": person_id, "board": board}).first()
    return (row[0], row[1]) if row else None


def earned(
    session: Session, person_id: str, deeds: Collection[Deed], first: date, last: date, *, since: datetime
) -> int:
    """What a person earned by these deeds, net of reversals, counted on days of a span; nothing of it was entered
    before `since`, and so no older entry is read."""
    total, below = 0, _ABOVE_ALL
    while rows := session.execute(_NEWEST, {"person": person_id, "below": below}).all():
        total += sum(row.amount for row in rows if row.deed in deeds and first <= row.counts_on <= last)
        if len(rows) < PAGE or rows[-1].entered_at < since - LATE:
            break
        below = rows[-1].id
    return total


def given(session: Session, person_id: str, first: date, last: date) -> int:
    """How many kudos a person gave on days of a span and did not take back."""
    around = {"around_first": first - LATE, "around_last": last + LATE}  # a giver's own day may be another
    return int(session.execute(_GIVEN, {"person": person_id, "first": first, "last": last, **around}).scalar_one())
