"""Those whose hour has come, looked at once more: a round opens with the first zone, and goes on for days.

Who has left or opted out since, or is away, is spared, and counts among those who are asked as before. Who has moved,
or whose hour is long past, for the bot was away, is asked at the next hour of theirs. Nothing of it depends on who
answered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules import periods, pulse
from bot.rules.company import Company
from bot.rules.pulse import Works
from bot.services import nudges, working_days
from storage import invitations, special_days, wishes
from storage import people as roster
from storage.invitations import SPARED, Due
from storage.people import Member
from storage.surveys import Survey
from storage.wishes import Wish

Hour = Callable[[Due, ZoneInfo], datetime | None]


@dataclass(frozen=True)
class Found:
    """Who is asked `now`, in the order in which their hours came; who `later` and when, and who `never`, by id. `zones`
    are those of all who are asked."""

    now: tuple[Member, ...]
    later: Mapping[str, datetime]
    never: tuple[str, ...]
    zones: Mapping[str, ZoneInfo]


def first(
    session: Session, company: Company, survey: Survey, due: Sequence[Due], *, now: datetime, patience: timedelta
) -> tuple[Member, ...]:
    """Of those whose hour has come to be asked, who is asked now; what becomes of the others is noted.

    `patience` is how late a question may be that comes at once.
    """
    at, closes_at, works = company.pulse_at, survey.closes_at, _works(session, company)

    def hour(one: Due, zone: ZoneInfo) -> datetime | None:
        day = survey.local_date
        return pulse.hour_now(one.wanted, day, at, zone, works, now=now, closes_at=closes_at, patience=patience)

    found = _sorted(session, company, due, hour, now)
    for person_id, moment in found.later.items():
        invitations.postpone(session, survey.id, person_id, moment)
    for one in due:
        zone, asked_at = found.zones.get(one.person_id), found.later.get(one.person_id, now)
        if zone and one.again_at and (asked_at > now or one.again_at - now < pulse.CATCH_UP):
            reminder = pulse.again(asked_at, at, zone, works, closes_at=closes_at)
            invitations.remind_at(session, survey.id, one.person_id, reminder)
    invitations.mark(session, survey.id, found.never, SPARED)
    nudges.count_later(session, company, {one.person_id: one.wanted for one in due}, found.later)
    return found.now


def again(
    session: Session, company: Company, survey: Survey, due: Sequence[Due], *, now: datetime
) -> tuple[Member, ...]:
    """Of those whose hour has come to be asked once more, who is asked now; what becomes of the others is noted."""
    works = _works(session, company)

    def hour(one: Due, zone: ZoneInfo) -> datetime | None:
        return pulse.again_now(one.wanted, company.pulse_at, zone, works, now=now, closes_at=survey.closes_at)

    found = _sorted(session, company, due, hour, now)
    for person_id, moment in found.later.items():
        invitations.remind_at(session, survey.id, person_id, moment)
    invitations.asked_again(session, survey.id, [one.person_id for one in due if one.person_id not in found.later])
    return found.now


def _sorted(session: Session, company: Company, due: Sequence[Due], hour: Hour, now: datetime) -> Found:
    ids = [one.person_id for one in due]
    known, said = roster.by_id(session, ids), wishes.of_some(session, ids)
    zones, asked, later, never = {}, [], {}, []
    for one in due:
        member = known[one.person_id]
        zone = company.zone_of(member.zone)
        here = member.slack_id and not member.absence
        welcome = here and said.get(member.id, Wish()).allows(periods.local_day(now, zone))
        moment = hour(one, zone) if welcome else None
        if moment is None:
            never.append(member.id)
            continue
        zones[member.id] = zone
        if moment <= now:
            asked.append(member)
        else:
            later[member.id] = moment
    return Found(tuple(asked), later, tuple(never), zones)


def _works(session: Session, company: Company) -> Works:
    """Whether the company works on a day; the calendar is looked up when somebody asks, which is seldom."""
    calendar = cache(lambda: working_days.calendar(company, special_days.every(session, company.workspace_id)))
    return lambda day: calendar()(day)
