"""Asking the people of a round: as many at a time as Slack takes soon, in random order, each once (product.md 4).

Where it stands is in the rows: whoever was owed their question is marked in the same transaction. Who is asked once
more is whoever wished it and has not answered; nothing else is ever derived from who took part.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from sqlmodel import Session

from bot import sealing
from bot.rules import pulse
from bot.rules.company import Company
from bot.services import hours, nudges
from bot.services.closing import asked_key
from storage import ballots, expiry, invitations, surveys
from storage import people as roster
from storage.invitations import OWED, TOLD
from storage.people import Member
from storage.surveys import Survey

LOOKS = 20
"""After a time away many may be put off: so many times one transaction looks for others who can be asked."""
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


def take_back(session: Session, company: Company, *, now: datetime) -> None:
    """Whose question could not leave in time, for the bot or Slack was away, is not asked at any hour of the night:
    their hour is found anew. A late reminder only does not come."""
    survey = _open(session, company, now)
    if survey is None:
        return
    for prefix in _prefixes(survey):
        keys = expiry.take_back(session, workspace_id=company.workspace_id, prefix=prefix, now=now)
        if prefix == asked_key(survey.id, ""):
            invitations.take_back(session, survey.id, [key.removeprefix(prefix) for key in keys])


def ask(session: Session, company: Company, *, limit: int, now: datetime, rate: float = inf) -> Asked | None:
    """The next people whose hour has come; the caller owes them the question in the same transaction.

    So many messages leave a second: what is late for there are many to ask before comes all the same.
    """
    survey = _open(session, company, now)
    if survey is None:
        return None
    patience = pulse.CATCH_UP + timedelta(seconds=survey.asked / rate)
    people: list[Member] = []
    for _ in range(LOOKS):
        due = invitations.to_ask(session, survey.id, now=now, limit=limit - len(people))
        found = hours.first(session, company, survey, due, now=now, patience=patience) if due else ()
        invitations.mark(session, survey.id, [one.id for one in found], OWED)
        people += found
        if not due or len(people) >= limit:
            break
    return Asked(survey, tuple(people)) if people else None


def ask_again(session: Session, company: Company, *, limit: int, now: datetime) -> Asked | None:
    """The next people who are to be asked once more and have not answered.

    A reminder is a nudge, for all who wished it, answered or not; who had enough this week is left out. Who put the
    question off asked for it.
    """
    survey = _open(session, company, now)
    due = invitations.to_ask_again(session, survey.id, now=now, limit=limit) if survey else ()
    if survey is None or not due:
        return None
    people = hours.again(session, company, survey, due, now=now)
    put_off, free = {one.person_id for one in due if one.put_off}, nudges.free(session, company, now=now)
    welcome = [one for one in people if one.id in put_off or free(one.id)]
    nudges.count(session, company, [one.id for one in welcome if one.id not in put_off], now=now)
    tags = {sealing.tag(survey.secret, one.id): one for one in welcome}
    answered = ballots.took_part(session, survey.id, "answer", list(tags))
    asked = tuple(one for tag, one in tags.items() if tag not in answered)
    return Asked(survey, asked) if asked else None


def tell_void(session: Session, company: Company, *, limit: int, now: datetime) -> Asked | None:
    """The next people who were asked in a round that is void, and have not heard of it."""
    for survey in surveys.latest(session, company.workspace_id, "void"):
        if ids := invitations.to_tell(session, survey.id, limit=limit) if now - survey.closes_at < VOID_FOR else ():
            invitations.mark(session, survey.id, ids, TOLD)
            return Asked(survey, _reachable(session, ids))
    return None


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether there is anybody to be asked or told, or what was owed is late: a look that needs no writer."""
    survey = _open(session, company, now)
    if survey and (
        invitations.to_ask(session, survey.id, now=now, limit=1)
        or invitations.to_ask_again(session, survey.id, now=now, limit=1)
        or any(
            expiry.is_late(session, workspace_id=company.workspace_id, prefix=prefix, now=now)
            for prefix in _prefixes(survey)
        )
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


def _prefixes(survey: Survey) -> tuple[str, ...]:
    """How the keys of a round's questions begin, and of its reminders."""
    return asked_key(survey.id, ""), asked_key(survey.id, "", again=True)


def _reachable(session: Session, person_ids: Collection[str]) -> tuple[Member, ...]:
    """Those of these people who are still here, in that order."""
    known = roster.by_id(session, person_ids)
    here = (known[person_id] for person_id in person_ids if person_id in known)
    return tuple(member for member in here if member.slack_id and not member.absence)
