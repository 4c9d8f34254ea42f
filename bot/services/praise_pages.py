"""What customers said of somebody, page by page, for that person alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import people
from storage import praise_pages as storage
from storage.people import Member
from storage.praise import Praise

PAGE = 5
NEWEST = 3
"""In Home."""
FARTHEST = 1_000_000


@dataclass(frozen=True)
class Pages:
    """Some of a person's praise, the newest first: those from number `first` on; `more` says that there are older."""

    person: Member
    first: int
    praises: tuple[Praise, ...]
    more: bool


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> Pages:
    """The newest praise of somebody: found in their latest entries, for to sort ten thousand praises takes its time;
    whose praise brought no points lately, for it is old or was imported, have all of theirs looked through."""
    found = storage.lately(session, member.id, most=NEWEST)
    if len(found) < NEWEST:
        return _pages(session, member, 0, NEWEST)
    return Pages(member, 0, tuple(found), True)


def page(session: Session, company: Company, slack_id: str, first: int) -> Pages:
    """A page of the praise of the person who asks."""
    return _pages(session, people.actor(session, company, slack_id), min(first, FARTHEST), PAGE)


def _pages(session: Session, person: Member, first: int, most: int) -> Pages:
    found = storage.of(session, person.id, first=first, most=most + 1)
    return Pages(person, first, tuple(found[:most]), len(found) > most)
