"""One's own past, which stands before any comparison with others (product.md 5)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import get_args

from sqlmodel import Session

from bot.rules import periods, points
from bot.rules.company import Company
from bot.rules.points import Board, Deed
from storage import leaderboards
from storage import past as storage
from storage.leaderboards import Span
from storage.past import Earned
from storage.people import Member


@dataclass(frozen=True)
class Past:
    """What somebody has on a board: in their best week (`best_on` is its Monday, None if there is none), this month,
    and last month to the same day of it; `by_times` how often they earned it, where that is worth no points."""

    best_on: date | None
    best: int
    month: int
    before: int
    by_times: bool = False


def of(session: Session, company: Company, person: Member, board: Board, *, now: datetime) -> Past:
    """The past of somebody on a board."""
    today = periods.local_day(now, company.zone)
    span = Span(company.workspace_id, board, "month", periods.start("month", today))
    month = Earned(*(leaderboards.held(session, span, person.id) or (0, 0)))
    first, last = periods.before(today)
    before = between(session, company, person.id, board, first, last)
    best_on, best = storage.best_week(session, company.workspace_id, person.id, board) or (None, Earned())
    every = (month, before, best)
    by_times = points.least(board) == 0 and not any(one.amount for one in every) and any(one.times for one in every)

    def much(one: Earned) -> int:
        return one.times if by_times else one.amount

    return Past(best_on if much(best) > 0 else None, max(0, much(best)), much(month), much(before), by_times)


def between(session: Session, company: Company, person_id: str, board: Board, first: date, last: date) -> Earned:
    """What somebody has on a board by what counts on the days of a span, both of them too."""
    if board == "given":
        return storage.given(session, person_id, first, last)
    deeds = [deed for deed in get_args(Deed) if board in points.boards_of(deed)]
    since = datetime.combine(first, time.min, company.zone)  # nothing is entered before the day on which it counts
    return storage.earned(session, person_id, deeds, first, last, since=since)
