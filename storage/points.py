"""The ledger, the accounts, and the totals that boards read; the three are written together.

The ledger is append-only (triggers refuse anything else) and each entry has a key of its own, kept for ever: the same
deed is entered once however often it is delivered. `golden-ear db check` compares accounts and totals with its sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.rules import periods, points
from bot.rules.points import Account, Board, Deed
from storage import models
from storage.models import Entry, Total
from storage.select import columns
from storage.upsert import insert, upsert


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
    for board in points.boards_of(line.deed):
        count(session, workspace_id, line.person_id, board, line.counts_on, line.amount, -1 if line.reverses else 1)
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


def account(session: Session, person_id: str, *, lock: bool = False) -> Account:
    """A person's account; an empty one if they never earned anything."""
    asked: Any = select(models.Account.spendable, models.Account.held, models.Account.debt).where(
        models.Account.person_id == person_id
    )
    row = session.execute(asked.with_for_update() if lock else asked).first()
    return Account(*row) if row else Account()


def _balance(session: Session, workspace_id: str, person_id: str, amount: int) -> None:
    """Book an amount: make sure that the account is there, lock it, apply the rule."""
    fresh = {"person_id": person_id, "workspace_id": workspace_id, "spendable": 0, "held": 0, "debt": 0}
    insert(session, models.Account, fresh)
    after = points.enter(account(session, person_id, lock=True), amount)
    session.execute(
        update(models.Account)
        .where(col(models.Account.person_id) == person_id)
        .values(spendable=after.spendable, held=after.held, debt=after.debt)
    )


def count(
    session: Session, workspace_id: str, person_id: str, board: Board, day: date, amount: int, events: int
) -> None:
    """Add to a person's totals on a board in every period in which the day lies."""
    for period, starts_on in periods.starts(day):
        row = {
            "workspace_id": workspace_id,
            "person_id": person_id,
            "board": board,
            "period": period,
            "starts_on": starts_on,
            "amount": amount,
            "events": events,
        }
        upsert(
            session,
            Total,
            row,
            keys=("workspace_id", "person_id", "board", "period", "starts_on"),
            amount=Total.__table__.c.amount + amount,  # type: ignore[attr-defined]
            events=Total.__table__.c.events + events,  # type: ignore[attr-defined]
        )


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
