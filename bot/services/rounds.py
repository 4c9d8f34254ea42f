"""A round opens: who is asked what, when, and until when; all is settled before anybody answers (product.md 4)."""

import random
import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules import atoms, pulse
from bot.rules.company import Company
from bot.rules.pulse import Works
from bot.rules.questions import Question, next_question
from bot.rules.rituals import due
from bot.services import nudges, questions, timetable, working_days
from storage import models, special_days, surveys, wishes
from storage import people as roster
from storage.invitations import Invited
from storage.people import Member
from storage.rituals import DEFAULT
from storage.surveys import NO_QUESTION, Survey

_CHANCE = random.SystemRandom()
_LONG_AGO = pulse.LONGEST + timedelta(days=2)


@dataclass(frozen=True)
class Plan:
    """What becomes of a date: a round with whom it asks, or none ("few", "skipped"). Its key is not made yet."""

    survey: Survey
    invited: tuple[Invited, ...] = ()

    @property
    def opens(self) -> bool:
        return self.survey.state == "open"


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether there may be a date to decide: a look that needs neither a writer nor the whole roster."""
    if not company.pulse or surveys.current(session, company.workspace_id):
        return False
    zones = {company.zone_of(name) for name in roster.zones(session, company.workspace_id)}
    return bool(_dates(session, company, zones, once_a_week=False, now=now))


def plan(session: Session, company: Company, *, now: datetime) -> Plan | None:
    """What becomes of the date that is due; None if none is. To be read: `open_one` stores it."""
    if not is_due(session, company, now=now):
        return None
    found = _found(session, company, now)
    if found is None:
        return None
    day, people = found
    seldom = pulse.is_seldom(len(people))
    zones = {company.zone_of(member.zone) for member in people} or {company.zone}
    question = _question(session, company, day, seldom)
    if question is None:
        return None
    none = _bare(day, pulse.opening(day, company.pulse_at, zones))
    if len(people) < pulse.OFFERED_FROM:
        return Plan(replace(none, state="few"))
    return _round(session, company, people, replace(none, question=question), now) or Plan(none)


def open_one(session: Session, company: Company, plan: Plan, public_key: str) -> bool:
    """Store what became of a date, and count a nudge for everybody who is asked, in the week in which they are.

    False if it was decided before, or if somebody got their last nudge of a week since it was planned: to plan anew.
    """
    free = nudges.free_at(session, company)
    if not all(free(one.person_id, one.ask_at) for one in plan.invited):
        return False
    survey = replace(plan.survey, public_key=public_key)
    if not surveys.open_one(session, company.workspace_id, survey, plan.invited):
        return False
    nudges.count_at(session, company, {one.person_id: one.ask_at for one in plan.invited})
    return True


def works_of(session: Session, company: Company) -> Works:
    """A function that says of a date whether the company works on it."""
    return working_days.calendar(company, special_days.every(session, company.workspace_id))


def _dates(
    session: Session, company: Company, zones: Collection[ZoneInfo], *, once_a_week: bool, now: datetime
) -> list[date]:
    """The dates whose hour has come somewhere since the bot was set up, and after the last one that was decided; not
    counting what a clock decided that was days ahead of this one."""
    first_start = timetable.named(session, company, DEFAULT)
    if first_start is None or not zones:
        return []
    last = surveys.latest(session, company.workspace_id, until=(now + pulse.AHEAD).date())
    days = pulse.dates(
        (now - _LONG_AGO).date(), company.pulse_days, works_of(session, company), once_a_week=once_a_week
    )
    return [
        day
        for day in days
        if first_start.created_at < pulse.opening(day, company.pulse_at, zones) <= now
        and not (last and day <= last[0].local_date)
    ]


def _found(session: Session, company: Company, now: datetime) -> tuple[date, list[Member]] | None:
    """The last date whose hour has come for somebody who may be asked on it, and all who may."""
    present = roster.present(session, company.workspace_id)
    zones = {company.zone_of(member.zone) for member in present}
    for day in reversed(_dates(session, company, zones, once_a_week=False, now=now)):
        people = _askable(session, company, present, day)
        zones = {company.zone_of(member.zone) for member in people} or {company.zone}
        if day in _dates(session, company, zones, once_a_week=pulse.is_seldom(len(people)), now=now):
            return day, people
    return None


def _askable(session: Session, company: Company, present: Collection[Member], day: date) -> list[Member]:
    """Everybody who may be asked on that date: who has not opted out, is not away on it, and has room for a nudge."""
    said, free = wishes.of_all(session, company.workspace_id), nudges.free_at(session, company)
    hour = {zone: due(day, company.pulse_at, zone) for zone in {company.zone_of(one.zone) for one in present}}
    return [
        member
        for member in present
        if free(member.id, hour[company.zone_of(member.zone)])
        and (member.id not in said or said[member.id].allows(day))
    ]


def _question(session: Session, company: Company, day: date, seldom: bool) -> Question | None:
    left = pulse.left_in_quarter(day, company.pulse_days, works_of(session, company), once_a_week=seldom)
    past = surveys.history(session, company.workspace_id)
    return questions.one_off(session, company, day) or next_question(questions.every(session, company), past, day, left)


def _bare(day: date, opens_at: datetime) -> Survey:
    """A date that becomes no round."""
    return Survey(
        id=models.new_id(), local_date=day, state="skipped", opens_at=opens_at, closes_at=opens_at,
        question=NO_QUESTION, cuts=(), asked_in={}, people_in={}, scrubbed=True,
    )  # fmt: skip


def _round(session: Session, company: Company, people: Sequence[Member], survey: Survey, now: datetime) -> Plan | None:
    """The round of a date; None if it is too late for too many of them."""
    works, day, at = works_of(session, company), survey.local_date, company.pulse_at
    seldom, next_day = pulse.is_seldom(len(people)), day + timedelta(days=1)
    following = next(pulse.dates(next_day, company.pulse_days, works, once_a_week=seldom), None)
    zones = {company.zone_of(one.zone) for one in people}
    closes_at = pulse.closing(day, following, at, zones)
    hours = {zone: pulse.hour(day, at, zone, works, now=now, closes_at=closes_at) for zone in zones}
    free = nudges.free_at(session, company)
    reached = [one for one in people if (hour := hours[company.zone_of(one.zone)]) and free(one.id, hour)]
    if len(reached) < pulse.OFFERED_FROM:
        return None
    closes_at = pulse.closing(day, following, at, {company.zone_of(one.zone) for one in reached})
    names, segment = _segments(reached)
    said = wishes.of_all(session, company.workspace_id)

    def invited(one: Member) -> Invited:
        zone = company.zone_of(one.zone)
        asked_at = hours[zone] or survey.opens_at
        reminds = one.id in said and said[one.id].reminds
        again_at = pulse.again(asked_at, at, zone, works, closes_at=closes_at) if reminds else None
        return Invited(one.id, segment[one.id], asked_at, again_at)

    drawn = _CHANCE.sample(reached, min(len(reached), company.pulse_sample or len(reached)))
    asked = tuple(map(invited, drawn))
    return Plan(_settled(survey, names, [segment[one.id] for one in reached], asked, closes_at), asked)


def _segments(people: Sequence[Member]) -> tuple[dict[str, int], dict[str, int]]:
    """The number of each team, by one of its spellings, and of each person's, by id; who has none is together."""
    spelt: dict[str, str] = {}
    for team in sorted(one.team for one in people):
        spelt.setdefault(team.casefold(), team)
    number = {folded: at for at, folded in enumerate(sorted(spelt))}
    return (
        {team: number[folded] for folded, team in spelt.items() if team},
        {one.id: number[one.team.casefold()] for one in people},
    )


def _settled(
    survey: Survey, teams: Mapping[str, int], people: Sequence[int], invited: Sequence[Invited], closes_at: datetime
) -> Survey:
    """The round with all that it promises; `people` are the segments of all who could have been asked."""
    asked_in = Counter(one.segment for one in invited)
    return replace(
        survey,
        state="open",
        closes_at=closes_at,
        cuts=atoms.by_priority({team: [at] for team, at in teams.items() if asked_in[at]}, asked_in),
        asked_in=dict(asked_in),
        people_in=dict(Counter(people)),
        population=len(people),
        asked=len(invited),
        least=pulse.LEAST,
        least_comments=pulse.LEAST_COMMENTS,
        batch=pulse.BATCH,
        secret=secrets.token_hex(32),
        scrubbed=False,
    )
