"""A person's own points: balance, month, last entries, what is left to give (product.md 5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.points import Account
from bot.services import kudos, past, people
from bot.services.kudos import Left
from bot.services.past import Past
from storage import points as ledger
from storage.past import best_week
from storage.people import Member
from storage.points import Line

LATEST = 10


@dataclass(frozen=True)
class Statement:
    """What `/points` shows: `month` is what was earned in this calendar month, `lines` the newest entries first."""

    person: Member
    account: Account
    month: int
    lines: tuple[Line, ...]
    left: Left
    past: Past | None = None


def statement(session: Session, company: Company, slack_id: str, *, now: datetime) -> Statement:
    """The statement of the person who asks."""
    person = people.actor(session, company, slack_id)
    month = periods.start("month", periods.local_day(now, company.zone))
    return Statement(
        person=person,
        account=ledger.account(session, person.id),
        month=ledger.total(session, company.workspace_id, person.id, "points", "month", month),
        lines=tuple(ledger.latest(session, person.id, LATEST)),
        left=kudos.left(session, company, person, now=now),
        past=past.of(session, company, person, "points", now=now),
    )


@dataclass(frozen=True)
class Purse:
    """What Home shows: the month beside the month before, and the week in which they earned the most, if there is
    one: when it began, and how much that was."""

    person: Member
    account: Account
    month: int
    last_month: int
    best_week: tuple[date, int] | None
    left: Left


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> Purse:
    """Somebody's points beside their own past."""
    here, month = company.workspace_id, periods.start("month", periods.local_day(now, company.zone))
    before = periods.start("month", month - timedelta(days=1))
    earned, last = (ledger.total(session, here, member.id, "points", "month", start) for start in (month, before))
    best = best_week(session, here, member.id, "points")
    return Purse(
        person=member,
        account=ledger.account(session, member.id),
        month=earned,
        last_month=last,
        best_week=(best[0], best[1].amount) if best and best[1].amount > 0 else None,
        left=kudos.left(session, company, member, now=now),
    )
