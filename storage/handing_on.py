"""Praise that went on to the right colleague."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.rules.handing_on import Handover
from storage import models
from storage.models import Praised
from storage.select import columns, table
from storage.upsert import insert


@dataclass(frozen=True)
class Terms:
    """When a praise was accepted, None while it waits, and whether it is imported history."""

    accepted_at: datetime | None
    imported: bool


def terms(session: Session, praise_id: str) -> Terms:
    """On what terms a stored praise can be handed on."""
    asked = columns(models.Praise.accepted_at, models.Praise.imported).where(models.Praise.id == praise_id)
    return Terms(*session.execute(asked).one())


def of(session: Session, praise_id: str) -> tuple[Handover, ...]:
    """From whom to whom a praise went, the first turns first."""
    asked = columns(models.Handover.from_id, models.Handover.to_id, models.Handover.turn)
    rows = session.execute(asked.where(models.Handover.praise_id == praise_id).order_by(models.Handover.turn))
    return tuple(Handover(*row) for row in rows)


def whole(session: Session, praise_id: str) -> str:
    """The fingerprint of the comment of which a praise is a part, "" if it is all of it."""
    return session.exec(select(Praised.whole).where(Praised.praise_id == praise_id).limit(1)).first() or ""


def move(session: Session, workspace_id: str, praise_id: str, handover: Handover, *, now: datetime) -> None:
    """Put another person in the place of one of the praised, and remember it."""
    row = {"praise_id": praise_id, "workspace_id": workspace_id, "handed_at": now, **handover.__dict__}
    insert(session, models.Handover, row)
    here = (col(Praised.praise_id) == praise_id, col(Praised.person_id) == handover.from_id)
    told = session.execute(select(table(Praised)).where(*here)).mappings().one()
    session.execute(delete(Praised).where(*here))
    insert(session, Praised, {**told, "person_id": handover.to_id})
