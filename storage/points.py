"""The ledger, the accounts, and the totals that boards read; the three are written together.

The ledger is append-only (triggers refuse anything else) and each entry has a key of its own, kept for ever: the same
deed is entered once however often it is delivered. `golden-ear db check` compares accounts and totals with its sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, update
from sqlmodel import Session, col, select

from bot.rules import periods, points
from bot.rules.points import Account, Board, Deed
from bot.rules.refusal import Refusal
from storage import models
from storage.models import Entry, Total
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import add_up, insert

_ACCOUNTS = table(models.Account)
_WHOSE = _ACCOUNTS.c.person_id == bindparam("person")
_PARTS = ("spendable", "held", "debt")
_ACCOUNT = Prepared(columns(*(_ACCOUNTS.c[part] for part in _PARTS)).where(_WHOSE))
_LOCKED = Prepared(_ACCOUNT.statement.with_for_update())
_BOOK = Prepared(update(_ACCOUNTS).where(_WHOSE), _PARTS)
_HOLD = (
    update(_ACCOUNTS)
    .where(_WHOSE, _ACCOUNTS.c.spendable >= bindparam("amount"))
    .values(spendable=_ACCOUNTS.c.spendable - bindparam("amount"), held=_ACCOUNTS.c.held + bindparam("amount"))
)
_NO_DEBT = _ACCOUNTS.c.debt == literal_column("0")
_TOTALS = table(Total)
_TOTAL = Prepared(
    columns(_TOTALS.c.amount).where(
        *(_TOTALS.c[name] == bindparam(name) for name in ("workspace_id", "person_id", "board", "period", "starts_on"))
    )
)
_LINE = columns(Entry.key, Entry.person_id, Entry.deed, Entry.amount, Entry.counts_on, Entry.entered_at, Entry.reverses)


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
    return _enter(session, workspace_id, line, fixed=True)


def _enter(session: Session, workspace_id: str, line: Line, *, fixed: bool) -> bool:
    row = {"workspace_id": workspace_id, **line.__dict__}
    if not insert(session, Entry, row):
        _same_or_raise(session, workspace_id, line, fixed=fixed)
        return False
    _balance(session, workspace_id, line.person_id, line.amount)
    if boards := points.boards_of(line.deed):
        count(session, workspace_id, line.person_id, boards, line.counts_on, line.amount, -1 if line.reverses else 1)
    return True


def award(session: Session, workspace_id: str, line: Line) -> bool:
    """Enter what a deed is worth, once: what was entered for it before stands, whatever it was worth then."""
    return _enter(session, workspace_id, line, fixed=False)


def hold(session: Session, person_id: str, amount: int) -> None:
    """Put by so many of a person's points, if they are free at this very moment. Raises Refusal if they are not."""
    result: Any = session.execute(_HOLD, {"person": person_id, "amount": amount})
    if not result.rowcount:
        raise Refusal("points_short", have=account(session, person_id).spendable, need=amount)


def release(session: Session, person_id: str, amount: int) -> None:
    """Give back so many points that were put by; what the person owes is settled first."""
    before = _account(session, _LOCKED, person_id) or Account()
    _BOOK.run(session, {"person": person_id, **points.release(before, amount).__dict__})


def spend(session: Session, workspace_id: str, line: Line) -> bool:
    """Enter once, as `enter` does, that points which were put by are gone: the line's amount is negative."""
    if not insert(session, Entry, {"workspace_id": workspace_id, **line.__dict__}):
        _same_or_raise(session, workspace_id, line)
        return False
    before = _account(session, _LOCKED, line.person_id) or Account()
    _BOOK.run(session, {"person": line.person_id, **points.take(before, -line.amount).__dict__})
    return True


def reverse(session: Session, workspace_id: str, key: str, *, now: datetime) -> bool:
    """Answer the entry with this key by its opposite, counted on the same day; False if that was done before."""
    found = line(session, workspace_id, key)
    if found is None:
        raise LookupError(key)
    return enter(session, workspace_id, reversal(found, now=now))


def reversal(entered: Line, *, now: datetime) -> Line:
    """The line that answers this one by its opposite, counted on the same day."""
    return replace(entered, key=f"reverse:{entered.key}", amount=-entered.amount, entered_at=now, reverses=entered.key)


def line(session: Session, workspace_id: str, key: str) -> Line | None:
    """The entry with this key."""
    row = session.execute(_LINE.where(Entry.workspace_id == workspace_id, Entry.key == key)).first()
    return Line(*row) if row else None


def turn(session: Session, workspace_id: str, key: str) -> tuple[Line | None, str]:
    """A deed may be taken back and done again: its entry that stands, None if none does, and the key of its next one.

    Whoever enters the deed again under that key holds what it is about, so that nobody else does so at once.
    """
    number, named = 1, key
    while found := line(session, workspace_id, named):
        if line(session, workspace_id, f"reverse:{named}") is None:
            return found, named
        number += 1
        named = f"{key}:{number}"
    return None, named


def _same_or_raise(session: Session, workspace_id: str, line: Line, *, fixed: bool = True) -> None:
    there = session.exec(
        select(Entry.person_id, Entry.deed, Entry.amount, Entry.reverses).where(
            Entry.workspace_id == workspace_id, Entry.key == line.key
        )
    ).one()
    amount = line.amount if fixed else there[2]
    if tuple(there) != (line.person_id, line.deed, amount, line.reverses):
        raise KeyTaken(line.key)


def account(session: Session, person_id: str) -> Account:
    """A person's account; an empty one if they never earned anything."""
    return _account(session, _ACCOUNT, person_id) or Account()


def _account(session: Session, asked: Prepared, person_id: str) -> Account | None:
    row = asked.first(session, person=person_id)
    return Account(*row) if row else None


def _balance(session: Session, workspace_id: str, person_id: str, amount: int) -> None:
    """Book an amount. What somebody earns who owes nothing is added where it stands; else the rule is asked, of the
    account that is locked for it."""
    fresh = {"person_id": person_id, "workspace_id": workspace_id, "held": 0, "debt": 0}
    keys, sums = ("person_id",), ("spendable",)
    if amount >= 0 and add_up(
        session, models.Account, [{**fresh, "spendable": amount}], keys=keys, sums=sums, where=_NO_DEBT
    ):
        return
    before = _account(session, _LOCKED, person_id)
    if before is None:
        insert(session, models.Account, {**fresh, "spendable": 0})
        before = _account(session, _LOCKED, person_id) or Account()
    _BOOK.run(session, {"person": person_id, **points.enter(before, amount).__dict__})


def count(
    session: Session, workspace_id: str, person_id: str, boards: Sequence[Board], day: date, amount: int, events: int
) -> None:
    """Add to a person's totals on these boards in every period in which the day lies."""
    same = {"workspace_id": workspace_id, "person_id": person_id, "amount": amount, "events": events}
    rows = [
        {**same, "board": board, "period": period, "starts_on": starts_on}
        for board in boards
        for period, starts_on in periods.starts(day)
    ]
    keys = ("workspace_id", "person_id", "board", "period", "starts_on")
    add_up(session, Total, rows, keys=keys, sums=("amount", "events"))


def standing(session: Session, person_id: str) -> list[Line]:
    """A person's entries that were not taken back, in the order in which they were entered."""
    lines = [Line(*row) for row in session.execute(_LINE.where(Entry.person_id == person_id).order_by(col(Entry.id)))]
    answered = {line.reverses for line in lines}
    return [line for line in lines if not line.reverses and line.key not in answered]


def latest(session: Session, person_id: str, limit: int) -> Sequence[Line]:
    """A person's newest entries, newest first."""
    rows = session.execute(_LINE.where(Entry.person_id == person_id).order_by(col(Entry.id).desc()).limit(limit))
    return [Line(*row) for row in rows]


def total(session: Session, workspace_id: str, person_id: str, board: Board, period: str, starts_on: date) -> int:
    """What a person earned on a board in a period."""
    asked = {"workspace_id": workspace_id, "person_id": person_id, "board": board, "period": period}
    found = _TOTAL.first(session, **asked, starts_on=starts_on)
    return int(found.amount) if found else 0
