"""Praise, kudos and decisions leave at once or, from the sixth of a person's day on, together (product.md 4)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules import nudges, periods, zones
from bot.rules.company import Company
from storage import gathering as storage
from storage.gathering import Part
from storage.people import Member


def came(session: Session, company: Company, person: Member, *, moment: datetime) -> datetime:
    """Count one that comes to somebody and might leave at `moment`, now or when quiet hours end; gives when it does.

    That hour is the person's own: the quiet hours of the workspace put off what counts, not what was gathered.
    """
    zone = _zone(company, person.zone)
    count = storage.count(session, company.workspace_id, person.id, periods.local_day(moment, zone))
    return nudges.leaves(moment, zone, before=count - 1)


def due(session: Session, company: Company, person: Member, *, now: datetime) -> tuple[Part, ...]:
    """What was gathered for somebody and leaves now. What leaves later does so by the clock of where they are now."""
    waiting = storage.waiting(session, company.workspace_id, person.id)
    later = [part for part in waiting if part.leaves_at > now and part.zone != person.zone]
    for leaves_at, was in {(part.leaves_at, part.zone) for part in later}:
        ids = [part.id for part in later if (part.leaves_at, part.zone) == (leaves_at, was)]
        moved = nudges.moved(leaves_at, _zone(company, was), _zone(company, person.zone), now=now)
        storage.put_off(session, ids, moved, person.zone)
    return tuple(part for part in waiting if part.leaves_at <= now)


def bundle_of(part: Part, page: int) -> str:
    """How the outbox names the message with the words that somebody gets at a moment, or a further page of it."""
    return f"gathered:{part.person_id}:{part.leaves_at:%Y%m%dT%H%M}:{page}"


def _zone(company: Company, name: str) -> ZoneInfo:
    """The company's for a zone that this machine does not know: it keeps nobody from being praised."""
    return zones.known(name) or company.zone
