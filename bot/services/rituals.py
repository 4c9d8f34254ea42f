"""The morning ritual: one post opens the day with a customer's words (product.md 1).

What becomes of a date is one row, written with the post in one transaction: it happens once, whatever crashes.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules import periods
from bot.rules import rituals as rules
from bot.rules.company import Company
from bot.services import people, working_days
from storage import expiry, models
from storage import people as roster
from storage import praise as praises
from storage import rituals as storage
from storage.people import Member
from storage.praise import Praise
from storage.rituals import Ritual

SUBJECT = "ritual:"
FIRST_REACH = timedelta(hours=24)
OLDER_CANDIDATES = 500
"""How many unfeatured older praises compete for a morning without news."""


@dataclass(frozen=True)
class Morning:
    """What opens a day: the most moving praise, the others in a line each, and how many more there are.

    `is_older` says that there was nothing new and an unfeatured older praise opens the day.
    """

    ritual: Ritual
    local_date: date
    opening: Praise
    is_older: bool
    others: tuple[Praise, ...]
    more: int


@dataclass(frozen=True)
class Silence:
    """There is no praise to open the day with, so nothing is posted."""

    ritual: Ritual
    local_date: date


@dataclass(frozen=True)
class Skipped:
    """Dates on which the ritual was due more than four hours ago; `admins` are told."""

    ritual: Ritual
    local_dates: tuple[date, ...]
    admins: tuple[Member, ...]


def keep_default(session: Session, company: Company, *, now: datetime) -> None:
    """Store the one ritual that the settings describe."""
    ritual = Ritual(
        id=models.new_id(),
        name="default",
        channel=company.praise_channel,
        at=company.ritual_at.strftime("%H:%M"),
        zone=company.zone.key,
        workdays=company.workdays,
        holidays=company.holidays,
        created_at=now,
    )
    storage.keep(session, company.workspace_id, ritual)


def subject(ritual: Ritual, local_date: date) -> str:
    """How the outbox names the post of a ritual on a date."""
    return f"{SUBJECT}{ritual.id}:{local_date}"


def latest(ritual: Ritual, local_date: date) -> datetime:
    """After this the post of a ritual says good morning to nobody."""
    return rules.due(local_date, *_wall(ritual)) + rules.CATCH_UP


def give_up(session: Session, company: Company, *, now: datetime) -> tuple[Skipped, ...]:
    """Posts that could not leave within four hours of their time: their dates are skipped after all."""
    late = expiry.expire(session, workspace_id=company.workspace_id, now=now)
    rituals = {ritual.id: ritual for ritual in storage.every(session, company.workspace_id)}
    dates: dict[str, list[date]] = {}
    for name in late:
        ritual_id, _, day = name.removeprefix(SUBJECT).partition(":")
        storage.skip(session, ritual_id, date.fromisoformat(day))
        dates.setdefault(ritual_id, []).append(date.fromisoformat(day))
    admins = roster.leaders(session, company.workspace_id, "admin") if dates else ()
    return tuple(Skipped(rituals[ritual_id], tuple(days), admins) for ritual_id, days in dates.items())


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether some ritual has a date to decide or a post to give up: a look that needs no writer."""
    if expiry.is_late(session, workspace_id=company.workspace_id, now=now):
        return True
    return any(_undecided(session, ritual, now) for ritual in storage.every(session, company.workspace_id))


def open_due(session: Session, company: Company, *, now: datetime) -> tuple[Morning | Silence | Skipped, ...]:
    """Decide every date that is due and undecided; the caller posts each Morning in the same transaction."""
    outcomes: list[Morning | Silence | Skipped] = []
    for ritual in storage.every(session, company.workspace_id):
        late: list[date] = []
        for day in _undecided(session, ritual, now):
            outcome = _decide(session, company, ritual, day, now)
            if isinstance(outcome, date):
                late.append(outcome)
            elif outcome:
                outcomes.append(outcome)
        if late:
            admins = roster.leaders(session, company.workspace_id, "admin")
            outcomes.append(Skipped(ritual, tuple(late), admins))
    return tuple(outcomes)


@dataclass(frozen=True)
class Reading:
    """A praise, and when its applause was last read from Slack."""

    id: str
    read_at: datetime | None


def awaited(session: Session, company: Company, *, now: datetime, ahead: timedelta) -> tuple[Reading, ...]:
    """The new praise of rituals that open within `ahead` or are due: its applause is read again before they do."""
    found: dict[str, datetime | None] = {}
    for ritual in storage.every(session, company.workspace_id):
        if _undecided(session, ritual, now + ahead):
            found |= storage.readings(session, company.workspace_id, _since(session, ritual, now), now)
    return tuple(Reading(praise_id, read_at) for praise_id, read_at in found.items())


def preview(session: Session, company: Company, admin_slack_id: str, *, now: datetime) -> Morning | Silence:
    """What the next ritual would post if it opened now, for admins. Raises Refusal for anybody else."""
    people.admin(session, company, admin_slack_id)
    ritual = storage.every(session, company.workspace_id)[0]
    at, zone = _wall(ritual)
    works = working_days.calendar(_company_of(company, ritual))
    due = rules.next_due(now, at, zone, works)
    day = periods.local_day(due or now, zone)
    return _morning(session, company, ritual, day, now) or Silence(ritual, day)


def _undecided(session: Session, ritual: Ritual, now: datetime) -> list[date]:
    at, zone = _wall(ritual)
    last = storage.last_date(session, ritual.id)
    return rules.dates_to_decide(now=now, created_at=ritual.created_at, last_decided=last, at=at, zone=zone)


def _decide(
    session: Session, company: Company, ritual: Ritual, day: date, now: datetime
) -> Morning | Silence | date | None:
    """Settle one date; gives the bare date if it is too late, None if it is no working day or was settled before."""
    at, zone = _wall(ritual)
    due = rules.due(day, at, zone)
    verdict = rules.verdict(due, now, working_days.calendar(_company_of(company, ritual))(day))
    morning = _morning(session, company, ritual, day, now) if verdict == "open" else None
    state: storage.State = "posted" if morning else {"open": "silent", "skip": "skipped", "rest": "rest"}[verdict]  # type: ignore[assignment]
    opening_id = morning.opening.id if morning else None
    first = storage.decide(
        session, company.workspace_id, ritual.id, day, state, due_at=due, now=now, praise_id=opening_id
    )
    if not first or verdict == "rest":
        return None
    if verdict == "skip":
        return day
    return morning or Silence(ritual, day)


def _morning(session: Session, company: Company, ritual: Ritual, day: date, now: datetime) -> Morning | None:
    """The most moving new praise and the others; else an older one that never opened a day; else None."""
    new = storage.recent(session, company.workspace_id, _since(session, ritual, now), now)
    pool = new or storage.unfeatured(session, company.workspace_id, OLDER_CANDIDATES)
    opener = rules.opener(pool, _last_persons(session, ritual))
    if opener is None:
        return None
    rest, more = rules.others(new, opener) if new else ((), 0)
    opening, *others = praises.several(session, [opener.id, *(one.id for one in rest)])
    return Morning(ritual, day, opening, not new, tuple(others), more)


def _since(session: Session, ritual: Ritual, now: datetime) -> datetime:
    """What is new began with the last posted ritual; before the first, 24 hours ago."""
    last = storage.last_posted(session, ritual.id)
    return last[0] if last else now - FIRST_REACH


def _last_persons(session: Session, ritual: Ritual) -> frozenset[str]:
    last = storage.last_posted(session, ritual.id)
    praise = praises.get(session, last[1]) if last else None
    return frozenset(person.id for person in praise.people) if praise else frozenset()


def _wall(ritual: Ritual) -> tuple[time, ZoneInfo]:
    return time.fromisoformat(ritual.at), ZoneInfo(ritual.zone)


def _company_of(company: Company, ritual: Ritual) -> Company:
    """The company with the ritual's own days."""
    return replace(company, workdays=ritual.workdays, holidays=ritual.holidays)
