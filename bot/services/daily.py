"""What is said once a working day, at `PULSE_TIME` by the clock of the company, or hardly later."""

from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods, rituals
from bot.rules.company import Company
from bot.services import working_days
from storage import special_days


def due(session: Session, company: Company, *, now: datetime) -> date | None:
    """The working day whose hour it is; None before it, four hours after it, and when it has become quiet since: what
    was missed is said on the next working day. At all other times the database is asked nothing."""
    day = periods.local_day(now, company.zone)
    hour = rituals.due(day, company.pulse_at, company.zone)
    if not rituals.in_time(hour, now) or _fell_quiet(company, hour, now):
        return None
    works = working_days.calendar(company, special_days.every(session, company.workspace_id))
    return day if works(day) else None


def _fell_quiet(company: Company, hour: datetime, now: datetime) -> bool:
    """Whether quiet hours have begun since; who asks people how they are in the quiet hours wants it so."""
    before, after = (moment.astimezone(company.zone).time() for moment in (hour, now))
    return company.quiet is not None and company.quiet.hold(after) and not company.quiet.hold(before)
