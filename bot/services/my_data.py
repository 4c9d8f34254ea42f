"""A person gets all that is held of them (product.md 7)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import people
from storage import own_data
from storage.own_data import Held
from storage.people import Member


@dataclass(frozen=True)
class MyData:
    """Everything that is held of a person, as it stood at a moment."""

    person: Member
    held: Held
    made_at: datetime


def collect(session: Session, company: Company, slack_id: str, *, now: datetime) -> MyData:
    """What is held of the person who asks. Raises Refusal for whoever takes no part."""
    return of(session, company, people.actor(session, company, slack_id), now=now)


def of(session: Session, company: Company, person: Member, *, now: datetime) -> MyData:
    """What is held of a person, for the operators who answer in their stead."""
    held = own_data.held(session, company.workspace_id, person.id, person.slack_id)
    return MyData(person, held, now)
