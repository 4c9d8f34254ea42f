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
from storage import models
from storage import people as roster
from storage import praise as praises
from storage import rituals as storage
from storage.people import Member
from storage.praise import Praise
from storage.rituals import Ritual

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


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether some ritual has a date to decide: a look that needs no writer."""
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


def awaited(session: Session, company: Company, *, now: datetime, ahead: timedelta) -> tuple[Praise, ...]:
    """The new praise of rituals that open within `ahead` or are due: its applause is read again before they do."""
    praise: dict[str, Praise] = {}
    for ritual in storage.every(session, company.workspace_id):
        if _undecided(session, ritual, now + ahead):
            praise |= {
                one.id: one for one in storage.recent(session, company.workspace_id, _since(session, ritual, now))
            }
    return tuple(praise.values())


def fresh(session: Session, company: Company, *, now: datetime) -> tuple[Praise, ...]:
    """All praise that is new to some ritual: its applause is read again after an outage."""
    since = [_since(session, ritual, now) for ritual in storage.every(session, company.workspace_id)]
    return storage.recent(session, company.workspace_id, min(since)) if since else ()


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
    new = storage.recent(session, company.workspace_id, _since(session, ritual, now))
    pool = new or storage.unfeatured(session, company.workspace_id, OLDER_CANDIDATES)
    by_id = {praise.id: praise for praise in pool}
    candidates = [_candidate(praise) for praise in pool]
    opener = rules.opener(candidates, _last_persons(session, ritual))
    if opener is None:
        return None
    rest, more = rules.others(candidates, opener) if new else ((), 0)
    others = tuple(by_id[one.id] for one in rest)
    return Morning(ritual, day, by_id[opener.id], not new, others, more)


def _candidate(praise: Praise) -> rules.Candidate:
    return rules.Candidate(
        id=praise.id,
        persons=frozenset(person.id for person in praise.shown),
        applause=praise.applause,
        evidence=bool(praise.link),
        length=len(praise.words),
        recorded_at=praise.recorded_at,
    )


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
