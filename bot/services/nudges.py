"""Room for one more nudge: three a week to one person from the whole bot; one over it is dropped (product.md 4).

Whoever owes a nudge asks first whether there is room, and counts it in the transaction in which it is owed. Weeks are
those of the company's zone, so that one week is the same for a whole round.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.nudges import is_welcome, week_of
from storage import nudges


def free(session: Session, company: Company, *, now: datetime) -> Callable[[str], bool]:
    """A function that says of somebody's id whether they may get another nudge this week."""
    had = nudges.had(session, company.workspace_id, _week(company, now))
    return lambda person_id: is_welcome(had.get(person_id, 0))


def count(session: Session, company: Company, person_ids: Collection[str], *, now: datetime) -> None:
    """Count one more this week for each of these people."""
    nudges.add(session, company.workspace_id, person_ids, _week(company, now))


def _week(company: Company, now: datetime) -> date:
    return week_of(periods.local_day(now, company.zone))
