"""The rest of a mixed comment: kept beside its praise, and set aside for the ideas when its recorder says so."""

from datetime import datetime

from sqlmodel import Session, select

from storage.models import Aside, Praise
from storage.upsert import insert


def rest(session: Session, praise_id: str) -> str:
    """What the customer said beside the words of this praise; "" if that was all."""
    return session.exec(select(Praise.rest).where(Praise.id == praise_id)).first() or ""


def add(session: Session, workspace_id: str, praise_id: str, words: str, *, by: str, now: datetime) -> None:
    """Set the rest of a praise aside, once."""
    row = {"praise_id": praise_id, "workspace_id": workspace_id, "words": words, "set_aside_by": by}
    insert(session, Aside, {**row, "set_aside_at": now})
