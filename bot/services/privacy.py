"""A person asks that praise of them stay private: words and points arrive, the channel gets nothing (product.md 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import mornings, people
from bot.services.praise import post_at
from bot.services.rituals import Morning
from storage import people as roster
from storage import praise as storage
from storage.people import Member
from storage.praise import Praise

HELD_BACK = timedelta(days=2)
"""Longer than any quiet hours: older posts have left."""


@dataclass(frozen=True)
class Preferred:
    """What a person prefers now, and the praise of them whose posts have not left, and the morning posts: they are
    drawn anew."""

    person: Member
    unposted: tuple[Praise, ...]
    mornings: tuple[Morning, ...]
    post_at: datetime


def prefer(session: Session, company: Company, slack_id: str, *, private: bool, now: datetime) -> Preferred:
    """Praise of this person stays out of the channel from now on, or goes there again."""
    member = people.actor(session, company, slack_id)
    roster.prefer(session, member.id, keeps_private=private)
    unposted = storage.unposted(session, member.id, now - HELD_BACK)
    owed = mornings.owed(session, company, member.id, now=now)
    return Preferred(people.actor(session, company, slack_id), unposted, owed, post_at(session, company, now))
