"""Single dates that admins set: free ones and working ones, whatever weekdays and calendar say (product.md 1).

They go for all rituals of the workspace, and come before their weekdays, holidays and swap days. A date that a ritual
settled before stays as it was settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.working_days import AHEAD
from bot.services import people, timetable, working_days
from storage import audit, rituals, special_days
from storage.people import Member
from storage.rituals import Ritual
from storage.special_days import SpecialDay

SHOWN = timedelta(days=60)
"""How far the coming holidays and swap days are shown."""


@dataclass(frozen=True)
class Marked:
    """What was said of a date: `works`, or None if it is again as weekdays and calendar have it.

    `opens` are the rituals that have a morning on it now, `settled` those that had settled the date before.
    """

    day: date
    works: bool | None
    opens: tuple[Ritual, ...]
    settled: tuple[Ritual, ...]


@dataclass(frozen=True)
class Coming:
    """The dates that were set, and up to `until`, by calendar, the holidays with their names and the swap days (with
    an empty name)."""

    singles: tuple[SpecialDay, ...]
    calendars: Mapping[str, Mapping[date, str]]
    until: date


def mark_by_admin(
    session: Session, company: Company, admin_slack_id: str, day: date, *, works: bool | None, now: datetime
) -> Marked:
    """As `mark`, in Slack. Raises Refusal for whoever is no admin."""
    return mark(session, company, day, works=works, by=people.admin(session, company, admin_slack_id), now=now)


def mark(
    session: Session, company: Company, day: date, *, works: bool | None, by: Member | None, now: datetime
) -> Marked:
    """Set a date free or working, or let it be ordinary again; `by` is None for the command line.

    Raises Refusal for a date that is past by the company's clock, or years away.
    """
    today = periods.local_day(now, company.zone)
    if day < today:
        raise Refusal("day_past", day=day)
    if day > today + AHEAD:
        raise Refusal("day_too_far", day=day)
    before = special_days.every(session, company.workspace_id).get(day)
    if works is None:
        special_days.strike(session, company.workspace_id, day)
    else:
        special_days.keep(session, company.workspace_id, day, works=works, by=by.id if by else None, now=now)
    if works != before:
        _note(session, company, day, before, works, by, now)
    single = special_days.every(session, company.workspace_id)
    every = timetable.in_force(session, company)
    decided = rituals.decided_on(session, company.workspace_id, day)
    return Marked(
        day=day,
        works=works,
        opens=tuple(one for one in every if one.id not in decided and timetable.works(company, one, single)(day)),
        settled=tuple(one for one in every if one.id in decided),
    )


def _note(
    session: Session,
    company: Company,
    day: date,
    before: bool | None,
    after: bool | None,
    by: Member | None,
    now: datetime,
) -> None:
    said = {True: "working", False: "free", None: "ordinary"}
    audit.note(
        session,
        company.workspace_id,
        by=by.id if by else "",
        act="date",
        subject=day.isoformat(),
        before=said[before],
        after=said[after],
        now=now,
    )


def coming_for_admin(
    session: Session, company: Company, admin_slack_id: str, *, now: datetime
) -> tuple[Coming, Member]:
    """As `coming`, in Slack and in the admin's language. Raises Refusal for whoever is no admin."""
    admin = people.admin(session, company, admin_slack_id)
    return coming(session, company, admin.language, now=now), admin


def coming(session: Session, company: Company, language: str, *, now: datetime) -> Coming:
    """What is coming: every date that was set, and what the calendars of the rituals mark."""
    today = periods.local_day(now, company.zone)
    singles = special_days.coming(session, company.workspace_id, today)
    said = {one.day for one in singles}
    days = [day for ahead in range(SHOWN.days + 1) if (day := today + timedelta(days=ahead)) not in said]
    codes = dict.fromkeys(ritual.holidays for ritual in timetable.in_force(session, company) if ritual.holidays)
    calendars = {code: working_days.marked(code, days, language) for code in codes}
    return Coming(singles, calendars, today + SHOWN)
