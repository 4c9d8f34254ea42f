"""A person's own points: balance, month, last entries, what is left to give (product.md 5)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.points import Account
from bot.services import kudos, past, people
from bot.services.kudos import Left
from bot.services.past import Past
from storage import points as ledger
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
