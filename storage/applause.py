"""Applause: who reacted to a praise, by the newest word that Slack gave of each reaction."""

from collections.abc import Set
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, update
from sqlmodel import Session, col, select

from bot.rules.timestamps import moment
from storage import models
from storage.models import Applause, Message, Person, Praised
from storage.upsert import upsert


def heard(
    session: Session, workspace_id: str, praise_id: str, person_id: str, emoji: str, *, stands: bool, event_ts: str
) -> bool:
    """Note a reaction or its removal; False if something newer is known already."""
    here = (Applause.praise_id == praise_id, Applause.person_id == person_id, Applause.emoji == emoji)
    known = session.exec(select(Applause.event_ts).where(*here)).first()
    if known is not None and moment(known) >= moment(event_ts):
        return False
    row = {"praise_id": praise_id, "person_id": person_id, "emoji": emoji, "workspace_id": workspace_id}
    upsert(
        session,
        Applause,
        {**row, "stands": stands, "event_ts": event_ts},
        keys=("praise_id", "person_id", "emoji"),
        stands=stands,
        event_ts=event_ts,
    )
    return True


def read_again(
    session: Session, workspace_id: str, praise_id: str, standing: Set[tuple[str, str]], *, event_ts: str
) -> None:
    """Take what Slack said at `event_ts` of all reactions to a praise, as pairs of (person id, emoji).

    What was heard of later than that stays as it is.
    """
    known = session.exec(
        select(Applause.person_id, Applause.emoji).where(
            Applause.praise_id == praise_id, col(Applause.stands).is_(True)
        )
    )
    for person_id, emoji in set(known.all()) | standing:
        stands = (person_id, emoji) in standing
        heard(session, workspace_id, praise_id, person_id, emoji, stands=stands, event_ts=event_ts)


def recount(session: Session, praise_id: str) -> tuple[int, int]:
    """Count again and store it: different people, without the praised, bots and guests. Gives (before, after)."""
    praised = select(Praised.person_id).where(Praised.praise_id == praise_id)
    after = session.exec(
        select(func.count(func.distinct(Applause.person_id)))
        .join(Person, col(Person.id) == col(Applause.person_id))
        .where(
            Applause.praise_id == praise_id,
            col(Applause.stands).is_(True),
            col(Person.is_bot).is_(False),
            col(Person.is_guest).is_(False),
            col(Person.is_stranger).is_(False),
            col(Applause.person_id).not_in(praised),
        )
    ).one()
    before = session.exec(select(models.Praise.applause).where(models.Praise.id == praise_id)).one()
    if before != after:
        session.execute(update(models.Praise).where(col(models.Praise.id) == praise_id).values(applause=after))
    return before, after


def unread(session: Session, workspace_id: str, since: datetime, limit: int) -> list[str]:
    """The ids of praise accepted since then whose post stands in Slack and whose reactions are not read there."""
    post = col(Message.subject) == "praise:" + col(models.Praise.id)
    return list(
        session.exec(
            select(models.Praise.id)
            .join(Message, and_(col(Message.workspace_id) == workspace_id, post))
            .where(*_lively(workspace_id, since), col(models.Praise.applause_read_at).is_(None))
            .order_by(col(models.Praise.accepted_at).desc())
            .limit(limit)
        )
    )


def forget_reading(session: Session, workspace_id: str, since: datetime) -> None:
    """Count what was read of praise accepted since then as not read."""
    session.execute(update(models.Praise).where(*_lively(workspace_id, since)).values(applause_read_at=None))


def _lively(workspace_id: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(models.Praise.workspace_id) == workspace_id,
        col(models.Praise.state) == "accepted",
        col(models.Praise.accepted_at) > since,
    )


def read_at(session: Session, praise_id: str, now: datetime) -> None:
    """Note when the reactions of a praise were last read from Slack."""
    session.execute(update(models.Praise).where(col(models.Praise.id) == praise_id).values(applause_read_at=now))
