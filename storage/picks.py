"""The praise that leads picked to open a morning."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.models import Occurrence, Praise


def pick(session: Session, praise_id: str, person_id: str, *, now: datetime) -> None:
    """Note who picked it, and when."""
    session.execute(update(Praise).where(col(Praise.id) == praise_id).values(picked_by=person_id, picked_at=now))


def take_back(session: Session, praise_id: str) -> bool:
    """Nobody picks it any more; whether somebody did."""
    picked = col(Praise.id) == praise_id, col(Praise.picked_at).is_not(None)
    result: Any = session.execute(update(Praise).where(*picked).values(picked_by=None, picked_at=None))
    return bool(result.rowcount)


def opened(session: Session, praise_id: str) -> frozenset[str]:
    """The ids of the rituals of which this praise has opened a day."""
    asked = select(Occurrence.ritual_id).where(Occurrence.praise_id == praise_id, Occurrence.state == "posted")
    return frozenset(session.exec(asked))
