"""Kudos, their receivers, and the allowances that they cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage import models
from storage.models import KudosGift, Reaction, dated_id
from storage.select import columns
from storage.upsert import insert, upsert


@dataclass(frozen=True)
class Kudos:
    """One act of thanking as it is stored; `joined_id` names the kudos that this one joins."""

    id: str
    giver_id: str
    reason: str
    value: str
    origin: str
    channel: str
    joined_id: str | None
    receiver_ids: tuple[str, ...]


@dataclass(frozen=True)
class NewGift:
    """What one receiver gets; `entry_key` is the ledger's key for it."""

    receiver_id: str
    points: int
    allowance: str
    entry_key: str


@dataclass(frozen=True)
class Days:
    """The days by which a gift is counted: the giver's own, the Monday of the week, and the workspace's."""

    giver_day: date
    week: date
    counts_on: date


def used(session: Session, giver_id: str, days: Days) -> tuple[int, int]:
    """How much of today's and of this week's allowance the giver has used."""
    mine = (KudosGift.giver_id == giver_id, col(KudosGift.taken_back).is_(False))
    count: Any = select(func.count()).select_from(KudosGift)
    daily = session.execute(
        count.where(*mine, KudosGift.giver_day == days.giver_day, KudosGift.allowance == "daily")
    ).scalar_one()
    weekly = session.execute(
        count.where(*mine, KudosGift.week == days.week, KudosGift.allowance == "weekly")
    ).scalar_one()
    return daily, weekly


def pairs(session: Session, giver_id: str, week: date) -> Mapping[str, int]:
    """How often this giver thanked each person this week."""
    rows = session.exec(
        select(KudosGift.receiver_id, func.count())
        .where(KudosGift.giver_id == giver_id, KudosGift.week == week, col(KudosGift.taken_back).is_(False))
        .group_by(KudosGift.receiver_id)
    )
    return dict(rows.all())


def add(
    session: Session, workspace_id: str, kudos: Kudos, gifts: Iterable[NewGift], days: Days, *, now: datetime
) -> None:
    """Store an act of thanking with what each receiver got."""
    told = {name: value for name, value in kudos.__dict__.items() if name != "receiver_ids"}
    insert(session, models.Kudos, {"workspace_id": workspace_id, "given_at": now, **told})
    for place, gift in enumerate(gifts):
        row = {
            "kudos_id": kudos.id,
            "place": place,
            "workspace_id": workspace_id,
            "giver_id": kudos.giver_id,
            "taken_back": False,
        }
        insert(session, KudosGift, {**row, **gift.__dict__, **days.__dict__})


def get(session: Session, kudos_id: str) -> Kudos | None:
    """The kudos with this id."""
    row = session.execute(
        columns(*models.Kudos.__table__.c).where(col(models.Kudos.id) == kudos_id)  # type: ignore[attr-defined]
    ).first()
    if row is None:
        return None
    receivers = session.exec(
        select(KudosGift.receiver_id).where(KudosGift.kudos_id == kudos_id).order_by(col(KudosGift.place))
    )
    named = {
        name: getattr(row, name) for name in ("id", "giver_id", "reason", "value", "origin", "channel", "joined_id")
    }
    return Kudos(**named, receiver_ids=tuple(receivers))


def stands(session: Session, kudos_id: str) -> bool:
    """Whether something of a kudos was not taken back."""
    here = (KudosGift.kudos_id == kudos_id, col(KudosGift.taken_back).is_(False))
    return session.exec(select(KudosGift.receiver_id).where(*here).limit(1)).first() is not None


def joiners(session: Session, kudos_id: str) -> tuple[str, ...]:
    """The ids of those who joined a kudos, the earliest first."""
    return tuple(
        session.exec(
            select(models.Kudos.giver_id)
            .where(models.Kudos.joined_id == kudos_id)
            .order_by(col(models.Kudos.given_at), models.Kudos.id)
        )
    )


def take_back(session: Session, kudos_id: str) -> list[tuple[str, str, date]]:
    """Mark all gifts of a kudos as taken back; gives (receiver id, ledger key, day it counts on) of each."""
    here = (col(KudosGift.kudos_id) == kudos_id, col(KudosGift.taken_back).is_(False))
    rows = session.exec(columns(KudosGift.receiver_id, KudosGift.entry_key, KudosGift.counts_on).where(*here)).all()
    session.execute(update(KudosGift).where(*here).values(taken_back=True))
    return [tuple(row) for row in rows]


@dataclass(frozen=True)
class Stand:
    """How one person's kudos reaction on a message stands, and the kudos that it gave last."""

    stands: bool
    turns: int
    event_ts: str
    kudos_id: str | None


def stand(session: Session, message_id: str, emoji: str, person_id: str) -> Stand | None:
    """The state of a reaction, if anything was heard of it."""
    row = session.exec(
        select(Reaction.stands, Reaction.turns, Reaction.event_ts, Reaction.kudos_id).where(
            Reaction.message_id == message_id, Reaction.emoji == emoji, Reaction.person_id == person_id
        )
    ).first()
    return Stand(*row) if row else None


def set_stand(session: Session, workspace_id: str, message_id: str, emoji: str, person_id: str, stand: Stand) -> None:
    """Store the state of a reaction."""
    row = {"workspace_id": workspace_id, "message_id": message_id, "emoji": emoji, "person_id": person_id}
    upsert(
        session,
        Reaction,
        {**row, **stand.__dict__},
        keys=("message_id", "emoji", "person_id"),
        **stand.__dict__,
    )


def fresh_id(now: datetime) -> str:
    """An id for a kudos about to be given: its ledger keys are made of it."""
    return dated_id(now)
