"""One's own past, which stands before any comparison with others (product.md 5)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import get_args

from sqlmodel import Session

from bot.rules import periods, points
from bot.rules.company import Company
from bot.rules.points import Board, Deed
from storage import past as storage
from storage import points as ledger
from storage.people import Member


@dataclass(frozen=True)
class Past:
    """What somebody has on a board: in their best week (`best_on` is its Monday, None if there is none), this month,
    and last month to the same day of it."""

    best_on: date | None
    best: int
    month: int
    before: int


def of(session: Session, company: Company, person: Member, board: Board, *, now: datetime) -> Past:
    """The past of somebody on a board."""
    today = periods.local_day(now, company.zone)
    month = ledger.total(session, company.workspace_id, person.id, board, "month", periods.start("month", today))
    best = storage.best_week(session, company.workspace_id, person.id, board)
    first, last = periods.before(today)
    return Past(
        best_on=best[0] if best else None,
        best=best[1] if best else 0,
        month=month,
        before=between(session, company, person.id, board, first, last),
    )


def between(session: Session, company: Company, person_id: str, board: Board, first: date, last: date) -> int:
    """What somebody has on a board by what counts on the days of a span, both of them too."""
    if board == "given":
        return storage.given(session, person_id, first, last)
    deeds = [deed for deed in get_args(Deed) if board in points.boards_of(deed)]
    since = datetime.combine(first, time.min, company.zone)  # nothing is entered before the day on which it counts
    return storage.earned(session, person_id, deeds, first, last, since=since)
