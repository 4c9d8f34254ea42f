"""Those who helped with what a praise is about."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from storage import models, people
from storage.people import Member
from storage.upsert import insert


def of(session: Session, praise_id: str) -> tuple[Member, ...]:
    """Everybody who was ever named as a helper, the earliest first."""
    ids = session.exec(
        select(models.Helper.person_id)
        .where(models.Helper.praise_id == praise_id)
        .order_by(col(models.Helper.named_at), models.Helper.person_id)
    ).all()
    known = people.by_id(session, ids)
    return tuple(known[person_id] for person_id in ids)


def add(
    session: Session, workspace_id: str, praise_id: str, person_ids: Iterable[str], *, named_by: str, now: datetime
) -> None:
    """Store helpers."""
    same = {"praise_id": praise_id, "workspace_id": workspace_id, "named_by": named_by, "named_at": now}
    for person_id in person_ids:
        insert(session, models.Helper, {**same, "person_id": person_id})
