"""Words of people are kept as long as an admin says, and replaced then as an erasure does; points stay (product.md 7).

What is due is looked for without holding up anybody; what is found is replaced in small batches, each a transaction.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from bot.rules import periods
from bot.rules import retention as rules
from bot.rules.company import Company
from bot.services import erasing, people, settings
from bot.services.erasing import Erased
from storage import audit, inbox
from storage import retention as storage
from storage.erasing import Touched
from storage.inbox import Delivery
from storage.people import Member

BATCH, MOST = 50, 1000
"""What is replaced in one transaction, and in one run: the rest waits for the next day."""
Ids = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Due:
    """What is from before a day: how much of it there is, by noun, and the ids of what one run takes."""

    day: date
    counts: Mapping[str, int]
    ids: Ids


def preview(session: Session, company: Company, slack_id: str, months: int, *, now: datetime) -> tuple[Member, Due]:
    """For an admin: what a limit of so many months would replace now. Raises Refusal for anybody else."""
    admin = people.admin(session, company, slack_id)
    since, day = _before(company, months, now)
    return admin, Due(day, storage.count(session, company.workspace_id, since, day), {})


def due(session: Session, company: Company, *, now: datetime) -> Due | None:
    """What the run of this day replaces by the limit that stands; None if words are kept for ever, nothing is due, or
    the day has had its run.

    `company` is that of the environment.
    """
    stands = settings.stands(session, company)
    if not stands.keep_months or inbox.holds(session, _run(stands, now)):
        return None
    since, day = _before(stands, stands.keep_months, now)
    found = storage.some(session, company.workspace_id, since, day, MOST)
    return Due(day, {}, found) if any(found.values()) else None


def begin(session: Session, company: Company, *, now: datetime) -> bool:
    """Let the run of this day be this one; False if there was one, whatever process had it. `company` is that of the
    environment."""
    return inbox.take(session, _run(settings.stands(session, company), now))


def _run(company: Company, now: datetime) -> Delivery:
    return Delivery(company.workspace_id, "retention", periods.local_day(now, company.zone).isoformat(), now)


def _before(company: Company, months: int, now: datetime) -> tuple[datetime, date]:
    day = rules.before(periods.local_day(now, company.zone), months)
    return datetime.combine(day, time(), company.zone), day


def batches(ids: Ids) -> Iterator[Ids]:
    """The same in parts that are small enough for a transaction."""
    every = [(noun, one) for noun, some in ids.items() for one in some]
    for start in range(0, len(every), BATCH):
        part: dict[str, list[str]] = {}
        for noun, one in every[start : start + BATCH]:
            part.setdefault(noun, []).append(one)
        yield part


def replace(session: Session, company: Company, found: Due, ids: Ids, *, first: bool, now: datetime) -> Erased | None:
    """Replace the words of these, if the limit still says so; the `first` batch of a run that does writes it down.

    `company` is that of the environment. None if an admin changed the limit meanwhile: the run ends then. What others
    erased meanwhile is no erasure of this run.
    """
    stands = settings.stands(session, company)
    today = periods.local_day(now, stands.zone)
    if not stands.keep_months or rules.before(today, stands.keep_months) < found.day:
        return None
    touched = Touched()
    storage.replace(session, company.workspace_id, ids, touched)
    if not touched.rows:
        return Erased({}, frozenset(), frozenset(), frozenset())
    if first:
        told = {"subject": found.day.isoformat(), "after": str(sum(map(len, found.ids.values())))}
        audit.note(session, company.workspace_id, by="", act="retained", **told, now=now)
    return erasing.settle(session, company, "retention", touched, by=None, now=now)
