"""Colleagues applaud a praise by reacting to its post; the post shows how many (product.md 1, At once)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules.company import Company
from storage import applause, people, praise
from storage.praise import Praise

LIVELY = timedelta(days=7)
"""How long after it was accepted a praise is watched for applause that was missed."""
SKEW = timedelta(seconds=30)
"""A reading counts as so much older than it is: what is heard meanwhile is newer, even if Slack's clock is behind."""


@dataclass(frozen=True)
class Applauded:
    """A praise whose applause was heard; `changed` says whether the count did."""

    praise: Praise
    changed: bool


def hear(
    session: Session, company: Company, praise_id: str, slack_id: str, emoji: str, *, stands: bool, event_ts: str
) -> Applauded | None:
    """Note that a person reacted or took it back; None if that changes nothing."""
    person = people.by_slack(session, company.workspace_id, [slack_id]).get(slack_id)
    if person is None or praise.get(session, praise_id) is None:
        return None
    heard = applause.heard(session, company.workspace_id, praise_id, person.id, emoji, stands=stands, event_ts=event_ts)
    return _counted(session, praise_id) if heard else None


def read_again(
    session: Session, company: Company, praise_id: str, reactions: Iterable[tuple[str, str]], *, now: datetime
) -> Applauded | None:
    """Take what Slack said at `now` of all reactions, as pairs of (Slack id, emoji): events may have been missed."""
    pairs = list(reactions)
    known = people.by_slack(session, company.workspace_id, {slack_id for slack_id, _ in pairs})
    standing = {(known[slack_id].id, emoji) for slack_id, emoji in pairs if slack_id in known}
    event_ts = f"{(now - SKEW).timestamp():.6f}"
    applause.read_again(session, company.workspace_id, praise_id, standing, event_ts=event_ts)
    applause.read_at(session, praise_id, now)
    return _counted(session, praise_id)


def unread(session: Session, company: Company, limit: int, *, now: datetime) -> list[str]:
    """The ids of praise of the last days whose post stands in Slack and whose reactions are to be read there."""
    return applause.unread(session, company.workspace_id, now - LIVELY, limit)


def forget_reading(session: Session, company: Company, *, now: datetime) -> None:
    """After an outage: what was read of the last days is to be read again."""
    applause.forget_reading(session, company.workspace_id, now - LIVELY)


def unreadable(session: Session, praise_id: str, *, now: datetime) -> None:
    """The post is gone from Slack: what was heard of it stays, as if it had been read `now`."""
    applause.read_at(session, praise_id, now)


def _counted(session: Session, praise_id: str) -> Applauded | None:
    before, after = applause.recount(session, praise_id)
    counted = praise.get(session, praise_id)
    return Applauded(counted, before != after) if counted else None
