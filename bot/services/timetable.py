"""Which rituals there are, and when the next one is (product.md 1, The morning ritual)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules import rituals as rules
from bot.rules import zones
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.working_days import SingleDates
from bot.services import ritual_acts, working_days
from storage import channels as places
from storage import models, special_days
from storage import people as roster
from storage import rituals as storage
from storage.people import Member
from storage.rituals import DEFAULT, Ritual


@dataclass(frozen=True)
class Wish:
    """What a ritual shall be; what is None stays as it is, in a new ritual as the default one has it."""

    channel: str | None = None
    at: str | None = None
    zone: str | None = None
    workdays: frozenset[int] | None = None
    holidays: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class Kept:
    """A ritual, and when it opens next by its own wall clock; None if not within a year, or if it waits.

    `is_team_known`: somebody of its team is in the roster; `is_zone_known`: this machine can tell its time.
    """

    ritual: Ritual
    opens: datetime | None
    is_team_known: bool
    is_zone_known: bool


def keep_default(session: Session, company: Company, *, now: datetime) -> None:
    """Store the one ritual that the settings describe."""
    there = named(session, company, DEFAULT)
    ritual = Ritual(
        id=there.id if there else models.new_id(),
        name=DEFAULT,
        channel=company.praise_channel,
        at=company.ritual_at.strftime("%H:%M"),
        zone=company.zone.key,
        workdays=company.workdays,
        holidays=company.holidays,
        created_at=there.created_at if there else now,
    )
    _keep(session, company, ritual, there, now)


def keep(session: Session, company: Company, name: str, wish: Wish, *, by: Member | None = None, now: datetime) -> Kept:
    """Make a ritual, change it, or begin it anew after it was retired; `by` is None for the command line.

    Raises Refusal for the default one, which the settings describe, for a new one without a channel, and while the bot
    has not stored the default one.
    """
    if name.casefold() == DEFAULT:
        raise Refusal("ritual_of_settings")
    there = _find(storage.every(session, company.workspace_id, retired=True), name)
    before = there or replace(_default(session, company), id=models.new_id(), name=name, channel="", created_at=now)
    if before.retired_at:  # it begins anew: nobody missed the mornings between
        before = replace(before, retired_at=None, created_at=now)
    changes = {part: said for part, said in vars(wish).items() if said is not None}
    ritual = replace(before, **changes)
    if not ritual.channel:
        raise Refusal("ritual_without_channel")
    _keep(session, company, ritual, there, now)
    ritual_acts.kept(session, company, there, ritual, by=by, now=now)
    return told(session, company, ritual, now=now)


def retire(session: Session, company: Company, name: str, *, by: Member | None = None, now: datetime) -> Ritual:
    """End a ritual; `keep` begins it anew. Raises Refusal for the default one and for one that is not there."""
    ritual = named(session, company, name)
    if ritual is None:
        raise Refusal("no_such_ritual")
    if ritual.name == DEFAULT:
        raise Refusal("ritual_of_settings")
    storage.retire(session, ritual.id, now=now)
    ritual_acts.removed(session, company, ritual, by=by, now=now)
    return ritual


def named(session: Session, company: Company, name: str) -> Ritual | None:
    """The ritual of this name, however it is spelt; None if there is none or it is retired."""
    return _find(storage.every(session, company.workspace_id), name)


def told(session: Session, company: Company, ritual: Ritual, *, now: datetime) -> Kept:
    """What there is to know of a ritual."""
    zone = zones.known(ritual.zone)
    due = next_due(company, ritual, special_days.every(session, company.workspace_id), now)
    return Kept(
        ritual=ritual,
        opens=due.astimezone(zone) if due else None,
        is_team_known=teams(session, company, ritual) != (),
        is_zone_known=zone is not None,
    )


def in_force(session: Session, company: Company) -> tuple[Ritual, ...]:
    """The rituals whose time this machine can tell; one whose zone it does not know waits, and stops no other."""
    rituals = storage.every(session, company.workspace_id)
    return tuple(ritual for ritual in rituals if zones.known(ritual.zone))


def lost(session: Session, company: Company) -> tuple[Ritual, ...]:
    """The rituals that wait because this machine does not know their zone."""
    rituals = storage.every(session, company.workspace_id)
    return tuple(ritual for ritual in rituals if not zones.known(ritual.zone))


def channels(session: Session, company: Company) -> tuple[str, ...]:
    """Where praise and the rituals are posted: the bot has to be there."""
    rituals = storage.every(session, company.workspace_id)
    return tuple(dict.fromkeys((company.praise_channel, *(ritual.channel for ritual in rituals))))


def unseen(session: Session, company: Company) -> tuple[str, ...]:
    """Those of these channels that nobody has looked at yet."""
    wanted = channels(session, company)
    return tuple(channel for channel in wanted if places.get(session, company.workspace_id, channel) is None)


def next_in(session: Session, company: Company, channel: str, *, now: datetime) -> datetime | None:
    """The instant of the next ritual in this channel; None if none comes within a year."""
    single = special_days.every(session, company.workspace_id)
    here = (ritual for ritual in in_force(session, company) if ritual.channel == channel)
    dues = (next_due(company, ritual, single, now) for ritual in here)
    return min((due for due in dues if due), default=None)


def next_due(company: Company, ritual: Ritual, single: SingleDates, now: datetime) -> datetime | None:
    """When a ritual opens next; None if that is not within a year, or its zone is not known here."""
    if zones.known(ritual.zone) is None:
        return None
    return rules.next_due(now, *wall(ritual), works(company, ritual, single))


def undecided(session: Session, ritual: Ritual, now: datetime) -> list[date]:
    """The dates of a ritual that are due and not settled."""
    at, zone = wall(ritual)
    last = storage.last_date(session, ritual.id)
    return rules.dates_to_decide(now=now, created_at=ritual.created_at, last_decided=last, at=at, zone=zone)


def wall(ritual: Ritual) -> tuple[time, ZoneInfo]:
    """The time of the day and the zone of a ritual."""
    return time.fromisoformat(ritual.at), ZoneInfo(ritual.zone)


def works(company: Company, ritual: Ritual, single: SingleDates) -> Callable[[date], bool]:
    """A function that says of a date whether it is a day of this ritual: single dates are those of the company."""
    return working_days.calendar(replace(company, workdays=ritual.workdays, holidays=ritual.holidays), single)


def teams(session: Session, company: Company, ritual: Ritual) -> tuple[str, ...] | None:
    """The ways in which a ritual's team is spelt in the roster; None if it has no team: it is everybody's."""
    return roster.spellings(session, company.workspace_id, ritual.team) if ritual.team else None


def _keep(session: Session, company: Company, ritual: Ritual, there: Ritual | None, now: datetime) -> None:
    """Store a ritual. Dates that are due only because its time was changed rest: nobody missed them."""
    missed = undecided(session, there, now) if there and zones.known(there.zone) else []
    storage.keep(session, company.workspace_id, ritual)
    at, zone = wall(ritual)
    for day in undecided(session, ritual, now):
        if there and day not in missed:
            due = rules.due(day, at, zone)
            storage.decide(session, company.workspace_id, ritual.id, day, "rest", due_at=due, now=now)


def _find(rituals: tuple[Ritual, ...], name: str) -> Ritual | None:
    return next((ritual for ritual in rituals if ritual.name.casefold() == name.casefold()), None)


def _default(session: Session, company: Company) -> Ritual:
    """The ritual of the settings, on which new ones are modelled. Raises Refusal if the bot never stored it."""
    ritual = named(session, company, DEFAULT)
    if ritual is None:
        raise Refusal("no_ritual_yet")
    return ritual
