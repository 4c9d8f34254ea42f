"""The rest of a mixed comment: kept beside its praise, and set aside for the ideas when its recorder says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.models import Aside, Praise, Suggestion
from storage.select import columns
from storage.upsert import insert


@dataclass(frozen=True)
class Kept:
    """What was set aside of the comment of a praise, and the id of who did."""

    praise_id: str
    words: str
    by: str


def rest(session: Session, praise_id: str) -> str:
    """What the customer said beside the words of this praise; "" if that was all."""
    return session.exec(select(Praise.rest).where(Praise.id == praise_id)).first() or ""


def add(session: Session, workspace_id: str, praise_id: str, words: str, *, by: str, now: datetime) -> None:
    """Set the rest of a praise aside, once."""
    row = {"praise_id": praise_id, "workspace_id": workspace_id, "words": words, "set_aside_by": by}
    insert(session, Aside, {**row, "set_aside_at": now})


def waiting(session: Session, workspace_id: str) -> tuple[Kept, ...]:
    """What was set aside and is no idea yet."""
    ideas = select(Suggestion.praise_id).where(col(Suggestion.praise_id).is_not(None))
    rows = session.execute(
        columns(Aside.praise_id, Aside.words, Aside.set_aside_by)
        .where(Aside.workspace_id == workspace_id, col(Aside.praise_id).not_in(ideas))
        .order_by(Aside.set_aside_at, Aside.praise_id)
    )
    return tuple(Kept(*row) for row in rows)
