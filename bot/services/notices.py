"""Notices to those who left a sealed return address: once a working day, at one minute, to all of them alike.

Whoever has an address is told that there is news of some idea, whichever it is: who is told says nothing of which idea
is whose. Who they are is read in memory, told to Slack, and not written anywhere.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import letters as rules
from bot.rules.company import Company
from bot.rules.suggestions import OPEN
from bot.services import daily, suggestions
from storage import inbox
from storage import people as roster
from storage import receipts as storage
from storage.inbox import Delivery
from storage.people import Member
from storage.receipts import Addressed


def due(session: Session, company: Company, *, now: datetime) -> date | None:
    """The working day whose minute has come, was not missed, and was not taken. A look that needs no writer."""
    day = daily.due(session, company, now=now)
    if day is None or inbox.holds(session, _day(company, day, now)):
        return None
    return day if storage.addressed(session, company.workspace_id) else None


def take(session: Session, company: Company, *, now: datetime) -> tuple[Addressed, ...]:
    """All ideas with an address, once a day; none if somebody took the day before."""
    day = due(session, company, now=now)
    if day is None or not inbox.take(session, _day(company, day, now)):
        return ()
    return storage.addressed(session, company.workspace_id)


def _day(company: Company, day: date, now: datetime) -> Delivery:
    return Delivery(company.workspace_id, "notices", day.isoformat(), now)


def people(session: Session, person_ids: Iterable[str]) -> tuple[Member, ...]:
    """Those of these people who can be told, each once."""
    known = roster.by_id(session, set(person_ids)).values()
    return tuple(one for one in known if one.slack_id and not one.absence)


def ended(session: Session, company: Company, every: Iterable[Addressed], *, told: bool, now: datetime) -> list[bytes]:
    """Note what was `told`, and drop the addresses of ideas that are over, or too old; gives those that are dropped."""
    every, today = list(every), suggestions.today(company, now)
    if told:
        storage.told(session, [one.suggestion_id for one in every if one.news])
    gone = [one for one in every if _is_over(one, today, told=told)]
    storage.drop(session, [one.suggestion_id for one in gone])
    return [one.address for one in gone]


def _is_over(one: Addressed, today: date, *, told: bool) -> bool:
    heard = told or not one.news
    return rules.address_is_old(one.sent_on, today) or (one.state not in OPEN and heard)
