"""The idempotency keys of the signed intake, each with a digest of the body that it came with; kept for ever."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, select

from storage.models import IntakeKey
from storage.select import table
from storage.upsert import insert


@dataclass(frozen=True)
class Seen:
    """What a key stands for."""

    digest: str
    praise_id: str


def get(session: Session, workspace_id: str, key: str) -> Seen | None:
    """What this key stands for, if it was used."""
    asked = select(IntakeKey.digest, IntakeKey.praise_id)
    row = session.exec(asked.where(IntakeKey.workspace_id == workspace_id, IntakeKey.key == key)).first()
    return Seen(*row) if row else None


def claim(session: Session, workspace_id: str, key: str, digest: str, *, now: datetime) -> bool:
    """Use a key for the first time; False if it was used before. `settle` says in the same transaction for what."""
    row = {"workspace_id": workspace_id, "key": key, "digest": digest, "praise_id": "", "received_at": now}
    return insert(session, IntakeKey, row)


def settle(session: Session, workspace_id: str, key: str, praise_id: str) -> None:
    """Write down which praise a key stands for."""
    keys = table(IntakeKey)
    session.execute(
        update(keys).where(keys.c.workspace_id == workspace_id, keys.c.key == key).values(praise_id=praise_id)
    )
