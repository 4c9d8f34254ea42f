"""The ledger, the accounts, and the totals that boards read; the three are written together.

The ledger is append-only (triggers refuse anything else) and each entry has a key of its own, kept for ever: the same
deed is entered once however often it is delivered. `golden-ear db check` compares accounts and totals with its sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from bot.rules import periods, points
from bot.rules.points import Account, Board, Deed
from storage import models
from storage.models import Entry, Total
from storage.select import columns, table
from storage.upsert import add_up, insert

_ACCOUNTS = table(models.Account)
_ACCOUNT = columns(_ACCOUNTS.c.spendable, _ACCOUNTS.c.held, _ACCOUNTS.c.debt).where(
    _ACCOUNTS.c.person_id == bindparam("person")
)
_LOCKED = _ACCOUNT.with_for_update()
_BOOK = update(_ACCOUNTS).where(_ACCOUNTS.c.person_id == bindparam("person"))


class KeyTaken(Exception):
    """The same ledger key came with another content: a defect, reported and never overwritten."""


@dataclass(frozen=True)
class Line:
    """One entry of the ledger; `reverses` is the key of the entry that it takes back."""

    key: str
    person_id: str
    deed: Deed
    amount: int
    counts_on: date
    entered_at: datetime
    reverses: str | None = None


def enter(session: Session, workspace_id: str, line: Line) -> bool:
    """Enter a line once; False if the ledger had it already. Raises KeyTaken if the key has another content."""
    row = {"workspace_id": workspace_id, **line.__dict__}
    if not insert(session, Entry, row):
        _same_or_raise(session, workspace_id, line)
        return False
    _balance(session, workspace_id, line.person_id, line.amount)
    boards, events = points.boards_of(line.deed), -1 if line.reverses else 1
    count(session, workspace_id, line.person_id, boards, line.counts_on, line.amount, events)
    return True


def reverse(session: Session, workspace_id: str, key: str, *, now: datetime) -> bool:
    """Answer the entry with this key by its opposite, counted on the same day; False if that was done before."""
    found = session.exec(
        columns(Entry.person_id, Entry.deed, Entry.amount, Entry.counts_on).where(
            Entry.workspace_id == workspace_id, Entry.key == key
        )
    ).one()
    person_id, deed, amount, counts_on = found
    return enter(session, workspace_id, Line(f"reverse:{key}", person_id, deed, -amount, counts_on, now, key))


def _same_or_raise(session: Session, workspace_id: str, line: Line) -> None:
    there = session.exec(
        select(Entry.person_id, Entry.deed, Entry.amount, Entry.reverses).where(
            Entry.workspace_id == workspace_id, Entry.key == line.key
        )
    ).one()
    if tuple(there) != (line.person_id, line.deed, line.amount, line.reverses):
        raise KeyTaken(line.key)


def account(session: Session, person_id: str) -> Account:
    """A person's account; an empty one if they never earned anything."""
    return _account(session, _ACCOUNT, person_id) or Account()


def _account(session: Session, asked: Any, person_id: str) -> Account | None:
    row = session.execute(asked, {"person": person_id}).first()
    return Account(*row) if row else None


def _balance(session: Session, workspace_id: str, person_id: str, amount: int) -> None:
    """Book an amount: lock the account, which the first one makes, and apply the rule."""
    before = _account(session, _LOCKED, person_id)
    if before is None:
        fresh = {"person_id": person_id, "workspace_id": workspace_id, "spendable": 0, "held": 0, "debt": 0}
        insert(session, models.Account, fresh)
        before = _account(session, _LOCKED, person_id) or Account()
    session.execute(_BOOK, {"person": person_id, **points.enter(before, amount).__dict__})


def count(
    session: Session, workspace_id: str, person_id: str, boards: Sequence[Board], day: date, amount: int, events: int
) -> None:
    """Add to a person's totals on these boards in every period in which the day lies."""
    rows = [
        {
            "workspace_id": workspace_id,
            "person_id": person_id,
            "board": board,
            "period": period,
            "starts_on": starts_on,
            "amount": amount,
            "events": events,
        }
        for board in boards
        for period, starts_on in periods.starts(day)
    ]
    keys = ("workspace_id", "person_id", "board", "period", "starts_on")
    add_up(session, Total, rows, keys=keys, sums=("amount", "events"))


def latest(session: Session, person_id: str, limit: int) -> Sequence[Line]:
    """A person's newest entries, newest first."""
    rows = session.exec(
        columns(Entry.key, Entry.person_id, Entry.deed, Entry.amount, Entry.counts_on, Entry.entered_at, Entry.reverses)
        .where(Entry.person_id == person_id)
        .order_by(col(Entry.id).desc())
        .limit(limit)
    )
    return [Line(*row) for row in rows]


def total(session: Session, workspace_id: str, person_id: str, board: Board, period: str, starts_on: date) -> int:
    """What a person earned on a board in a period."""
    found = session.exec(
        select(Total.amount).where(
            Total.workspace_id == workspace_id,
            Total.person_id == person_id,
            Total.board == board,
            Total.period == period,
            Total.starts_on == starts_on,
        )
    ).first()
    return found or 0
