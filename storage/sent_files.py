"""Files that stand in Slack: what is erased goes from there too. Whoever asked for one asks again."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session

from storage import models
from storage.payloads import Withdrawal, holds_any
from storage.select import columns, table
from storage.upsert import insert

ACTS = "ac" * 16
"""Stands for administrative acts and settings, which have no ids of ours, among the ids that a file holds."""
_FILES, _OUTBOX = table(models.SentFile), table(models.Outbox)


def arrived(
    session: Session, workspace_id: str, file_id: str, holds: bytes, *, row: tuple[int, str], sent: bool, now: datetime
) -> None:
    """Remember a file that was `sent` by this row of the outbox, by its id and key. If the row is gone, what was in the
    file was erased while it was on its way, and it goes."""
    if sent:
        held = {"workspace_id": workspace_id, "file_id": file_id, "holds": holds, "sent_at": now}
        insert(session, models.SentFile, held)
    elif session.execute(columns(_OUTBOX.c.id).where(_OUTBOX.c.id == row[0], _OUTBOX.c.key == row[1])).first() is None:
        insert(session, models.Outbox, Withdrawal(file_id, late=True).row(workspace_id, now=now))


def withdraw(session: Session, workspace_id: str, ids: AbstractSet[str], *, now: datetime) -> int:
    """Owe Slack that the files go that hold one of these ids; gives how many."""
    here = _FILES.c.workspace_id == workspace_id
    rows = session.execute(columns(_FILES.c.file_id, _FILES.c.holds).where(here)) if ids else ()
    gone = [row.file_id for row in rows if holds_any(bytes(row.holds), ids)]
    for file_id in gone:
        session.execute(delete(_FILES).where(here, _FILES.c.file_id == file_id))
        insert(session, models.Outbox, Withdrawal(file_id).row(workspace_id, now=now))
    return len(gone)
