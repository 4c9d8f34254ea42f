"""The morning ritual: one post opens the day with a customer's words (product.md 1).

What becomes of a date is one row, written with the post in one transaction: it happens once, whatever crashes.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.rules import periods
from bot.rules import rituals as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.rituals import Candidate
from bot.services import people, timetable
from storage import expiry, special_days
from storage import people as roster
from storage import praise as praises
from storage import rituals as storage
from storage.mornings import Shown
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

    `is_older` says that an unfeatured older praise opens the day: there was nothing new, or a lead picked it.
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


def subject(ritual: Ritual, local_date: date) -> str:
    """How the outbox names the post of a ritual on a date."""
    return f"{SUBJECT}{ritual.id}:{local_date}"


def latest(ritual: Ritual, local_date: date) -> datetime:
    """After this the post of a ritual says good morning to nobody."""
    return rules.due(local_date, *timetable.wall(ritual)) + rules.CATCH_UP


def give_up(session: Session, company: Company, *, now: datetime) -> tuple[Skipped, ...]:
    """Posts that could not leave within four hours of their time: their dates are skipped after all."""
    late = expiry.expire(session, workspace_id=company.workspace_id, prefix=SUBJECT, now=now)
    rituals = {ritual.id: ritual for ritual in storage.every(session, company.workspace_id, retired=True)}
    dates: dict[str, list[date]] = {}
    for name in late:
        ritual_id, _, day = name.removeprefix(SUBJECT).partition(":")
        storage.skip(session, ritual_id, date.fromisoformat(day))
        dates.setdefault(ritual_id, []).append(date.fromisoformat(day))
    admins = roster.leaders(session, company.workspace_id, "admin") if dates else ()
    return tuple(Skipped(rituals[ritual_id], tuple(days), admins) for ritual_id, days in dates.items())


def is_late(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether there is a post to give up: a look that needs no writer."""
    return expiry.is_late(session, workspace_id=company.workspace_id, prefix=SUBJECT, now=now)


def due(session: Session, company: Company, *, now: datetime) -> tuple[Ritual, ...]:
    """The rituals that have a date to decide: a look that needs no writer."""
    rituals = timetable.in_force(session, company)
    return tuple(ritual for ritual in rituals if timetable.undecided(session, ritual, now))


def open_due(
    session: Session, company: Company, name: str, *, now: datetime
) -> tuple[Morning | Silence | Skipped, ...]:
    """Decide every date of a ritual that is due and undecided; the caller posts each Morning in the same transaction.

    One ritual a transaction: if one fails, the others open all the same.
    """
    ritual = timetable.named(session, company, name)
    if ritual is None:  # retired in this very moment
        return ()
    works = timetable.works(company, ritual, special_days.every(session, company.workspace_id))
    outcomes: list[Morning | Silence | Skipped] = []
    late: list[date] = []
    for day in timetable.undecided(session, ritual, now):
        outcome = _decide(session, company, ritual, day, now, works(day))
        if isinstance(outcome, date):
            late.append(outcome)
        elif outcome:
            outcomes.append(outcome)
    if late:
        outcomes.append(Skipped(ritual, tuple(late), roster.leaders(session, company.workspace_id, "admin")))
    return tuple(outcomes)


@dataclass(frozen=True)
class Reading:
    """A praise, and when its applause was last read from Slack."""

    id: str
    read_at: datetime | None


def awaited(session: Session, company: Company, *, now: datetime, ahead: timedelta) -> tuple[Reading, ...]:
    """The new praise of rituals that open within `ahead` or are due: its applause is read again before they do."""
    found: dict[str, datetime | None] = {}
    for ritual in timetable.in_force(session, company):
        if timetable.undecided(session, ritual, now + ahead):
            since, teams = _since(session, ritual, now), timetable.teams(session, company, ritual)
            found |= storage.readings(session, company.workspace_id, since, now, teams)
    return tuple(Reading(praise_id, read_at) for praise_id, read_at in found.items())


def preview(
    session: Session, company: Company, admin_slack_id: str, name: str = "", *, now: datetime
) -> tuple[Morning | Silence, ...]:
    """What the ritual of this name, or each one, would post if it opened now, for admins.

    Raises Refusal for anybody else, and if there is no such ritual.
    """
    people.admin(session, company, admin_slack_id)
    single = special_days.every(session, company.workspace_id)
    wanted = [ritual for ritual in timetable.in_force(session, company) if _is_named(ritual, name)]
    if not wanted:
        raise Refusal("no_such_ritual")
    outcomes: list[Morning | Silence] = []
    for ritual in wanted:
        opens = timetable.next_due(company, ritual, single, now) or now
        day = periods.local_day(opens, timetable.wall(ritual)[1])
        outcomes.append(_morning(session, company, ritual, day, now) or Silence(ritual, day))
    return tuple(outcomes)


def _is_named(ritual: Ritual, name: str) -> bool:
    return not name or ritual.name.casefold() == name.casefold()


def _decide(
    session: Session, company: Company, ritual: Ritual, day: date, now: datetime, works: bool
) -> Morning | Silence | date | None:
    """Settle one date; gives the bare date if it is too late, None if it is no working day or was settled before."""
    due = rules.due(day, *timetable.wall(ritual))
    verdict = rules.verdict(due, now, works)
    morning = _morning(session, company, ritual, day, now) if verdict == "open" else None
    state: storage.State = "posted" if morning else {"open": "silent", "skip": "skipped", "rest": "rest"}[verdict]  # type: ignore[assignment]
    shown = _shown(morning) if morning else None
    first = storage.decide(session, company.workspace_id, ritual.id, day, state, due_at=due, now=now, shown=shown)
    if not first or verdict == "rest":
        return None
    if verdict == "skip":
        return day
    return morning or Silence(ritual, day)


def _shown(morning: Morning) -> Shown:
    others = tuple(praise.id for praise in morning.others)
    return Shown(morning.opening.id, morning.is_older, others, morning.more)


def _morning(session: Session, company: Company, ritual: Ritual, day: date, now: datetime) -> Morning | None:
    """The most moving new praise and the others; else an older one that never opened a day here; else None.

    What a lead picked competes too, new or not.
    """
    new, picked = competing(session, company, ritual, now)
    teams = timetable.teams(session, company, ritual)
    pool = new or storage.unfeatured(session, company.workspace_id, ritual.id, OLDER_CANDIDATES, teams)
    opener = rules.opener(rules.with_picks(pool, picked), last_persons(session, ritual))
    if opener is None:
        return None
    rest, more = rules.others(new, opener) if new else ((), 0)
    opening, *others = praises.several(session, [opener.id, *(one.id for one in rest)])
    is_older = opener.id not in {candidate.id for candidate in new}
    return Morning(ritual, day, opening, is_older, tuple(others), more)


def competing(
    session: Session, company: Company, ritual: Ritual, now: datetime
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """What is new for a ritual's next post, and what leads picked for it: since the last one, or before the first."""
    teams, last = timetable.teams(session, company, ritual), _last_post(session, ritual)
    picked = storage.picked(session, company.workspace_id, ritual.id, last, teams)
    return storage.recent(session, company.workspace_id, _since(session, ritual, now), now, teams), picked


def _since(session: Session, ritual: Ritual, now: datetime) -> datetime:
    """What is new began with the last posted ritual; before the first since it was made, 24 hours ago."""
    return _last_post(session, ritual) or now - FIRST_REACH


def _last_post(session: Session, ritual: Ritual) -> datetime | None:
    last = storage.last_posted(session, ritual.id)
    return last[0] if last and last[0] > ritual.created_at else None


def last_persons(session: Session, ritual: Ritual) -> frozenset[str]:
    """Those whom the praise that opened the last morning is about."""
    last = storage.last_posted(session, ritual.id)
    praise = praises.get(session, last[1]) if last else None
    return frozenset(person.id for person in praise.people) if praise else frozenset()
