"""Asking the people of a round: as many at a time as Slack takes soon, in random order, each once (product.md 4).

Where it stands is in the rows: whoever was owed their question is marked in the same transaction. Who is asked once
more is whoever wished it and has not answered; nothing else is ever derived from who took part.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import sealing
from bot.rules import periods, pulse
from bot.rules.company import Company
from bot.services import nudges
from storage import ballots, invitations, surveys, wishes
from storage import people as roster
from storage.invitations import OWED, SPARED, TOLD
from storage.people import Member
from storage.surveys import Survey

VOID_FOR = timedelta(days=7)
"""How long people are told that a round is void, should that take so long."""


@dataclass(frozen=True)
class Asked:
    """People who are to be asked, asked again, or told that a round is void, all in the same words."""

    survey: Survey
    people: tuple[Member, ...]


@dataclass(frozen=True)
class Progress:
    """How many of a round's people have been asked so far, and when the last of them will have been."""

    reached: int
    asked: int
    through_at: datetime


def ask(session: Session, company: Company, *, limit: int, now: datetime) -> Asked | None:
    """The next people whose hour has come; the caller owes them the question in the same transaction.

    Who left, opted out or is away since the round opened is spared it, and counts among those who are asked as before.
    """
    survey = _open(session, company, now)
    ids = invitations.to_ask(session, survey.id, now=now, limit=limit) if survey else ()
    if survey is None or not ids:
        return None
    people = _willing(session, company, _reachable(session, ids), now)
    asked = {member.id for member in people}
    invitations.mark(session, survey.id, list(asked), OWED)
    if spared := [person_id for person_id in ids if person_id not in asked]:
        invitations.mark(session, survey.id, spared, SPARED)
    return Asked(survey, people)


def ask_again(session: Session, company: Company, *, limit: int, now: datetime) -> Asked | None:
    """The next people who are to be asked once more and have not answered.

    A reminder is a nudge, for all who wished it, answered or not; who had enough this week, opted out or is away, is
    left out. Who put the question off asked for it.
    """
    survey = _open(session, company, now)
    due = invitations.to_ask_again(session, survey.id, now=now, limit=limit) if survey else {}
    if survey is None or not due:
        return None
    invitations.asked_again(session, survey.id, due)
    free = nudges.free(session, company, now=now)
    willing = (member.id for member in _willing(session, company, _reachable(session, due), now))
    welcome = [one for one in willing if due[one] or free(one)]
    nudges.count(session, company, [one for one in welcome if not due[one]], now=now)
    tags = {sealing.tag(survey.secret, person_id): person_id for person_id in welcome}
    answered = ballots.took_part(session, survey.id, "answer", list(tags))
    return Asked(survey, _reachable(session, [person_id for tag, person_id in tags.items() if tag not in answered]))


def tell_void(session: Session, company: Company, *, limit: int, now: datetime) -> Asked | None:
    """The next people who were asked in a round that is void, and have not heard of it."""
    for survey in surveys.latest(session, company.workspace_id, "void"):
        if ids := invitations.to_tell(session, survey.id, limit=limit) if now - survey.closes_at < VOID_FOR else ():
            invitations.mark(session, survey.id, ids, TOLD)
            return Asked(survey, _reachable(session, ids))
    return None


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether there is anybody to be asked or told: a look that needs no writer."""
    survey = _open(session, company, now)
    if survey and (
        invitations.to_ask(session, survey.id, now=now, limit=1)
        or invitations.to_ask_again(session, survey.id, now=now, limit=1)
    ):
        return True
    void = surveys.latest(session, company.workspace_id, "void")
    return any(now - one.closes_at < VOID_FOR and invitations.to_tell(session, one.id, limit=1) for one in void)


def progress(session: Session, company: Company, survey: Survey, *, rate: float, now: datetime) -> Progress:
    """How far a round is, if so many messages leave a second."""
    waiting, last = invitations.waiting(session, survey.id)
    through = max(now, last or now) + timedelta(seconds=waiting / rate)
    return Progress(survey.asked - waiting, survey.asked, through if waiting else now)


def _open(session: Session, company: Company, now: datetime) -> Survey | None:
    """The round in which people may be asked; none once the pulse is switched off, though what is open stays so."""
    survey = surveys.current(session, company.workspace_id) if company.pulse else None
    return survey if survey and pulse.is_open(survey.state, survey.closes_at, now) else None


def _willing(session: Session, company: Company, people: Sequence[Member], now: datetime) -> tuple[Member, ...]:
    """Those of these people who have not opted out and are not away, by the clocks of their own zone."""
    said = wishes.of_some(session, [member.id for member in people])

    def allows(member: Member) -> bool:
        return member.id not in said or said[member.id].allows(periods.local_day(now, company.zone_of(member.zone)))

    return tuple(filter(allows, people))


def _reachable(session: Session, person_ids: Collection[str]) -> tuple[Member, ...]:
    """Those of these people who are still here, in that order."""
    known = roster.by_id(session, person_ids)
    here = (known[person_id] for person_id in person_ids if person_id in known)
    return tuple(member for member in here if member.slack_id and not member.absence)
