"""Room for one more nudge: three a week to one person from the whole bot; one over it is dropped (product.md 4).

Whoever owes a nudge asks whether there is room, and counts it, in one transaction. It counts in the week in which it
comes to somebody; weeks are those of the company's zone, the same for everybody.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import cache

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.nudges import is_welcome, week_of
from storage import nudges


def free(session: Session, company: Company, *, now: datetime) -> Callable[[str], bool]:
    """A function that says of somebody's id whether they may get another nudge this week."""
    had = nudges.had(session, company.workspace_id, _week(company, now))
    return lambda person_id: is_welcome(had.get(person_id, 0))


def free_at(session: Session, company: Company) -> Callable[[str, datetime], bool]:
    """A function that says of somebody's id and of a moment whether they may get another nudge in its week; to be asked
    within the transaction."""

    @cache
    def had(week: date) -> Mapping[str, int]:
        return nudges.had(session, company.workspace_id, week)

    week = cache(lambda at: _week(company, at))
    return lambda person_id, at: is_welcome(had(week(at)).get(person_id, 0))


def count(session: Session, company: Company, person_ids: Collection[str], *, now: datetime) -> None:
    """Count one more this week for each of these people."""
    nudges.add(session, company.workspace_id, person_ids, _week(company, now))


def count_at(session: Session, company: Company, moments: Mapping[str, datetime]) -> None:
    """Count one more for each of these people, in the week of the moment at which it comes to them."""
    week = cache(lambda at: _week(company, at))
    weeks: dict[date, list[str]] = {}
    for person_id, at in moments.items():
        weeks.setdefault(week(at), []).append(person_id)
    for monday, person_ids in weeks.items():
        nudges.add(session, company.workspace_id, person_ids, monday)


def count_later(
    session: Session, company: Company, moments: Mapping[str, datetime], later: Mapping[str, datetime]
) -> None:
    """Count one for each who is asked `later` than at the moment for which they were counted, and in another week; what
    was counted stays."""
    weeks = {person_id: _week(company, at) for person_id, at in later.items()}
    count_at(session, company, {one: later[one] for one in later if weeks[one] != _week(company, moments[one])})


def _week(company: Company, at: datetime) -> date:
    return week_of(periods.local_day(at, company.zone))
