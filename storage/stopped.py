"""What the outbox could not send: what Slack refused for good, and what a sender took and never came back to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, true
from sqlmodel import Session, col, select

from storage.models import Outbox
from storage.outbox import REFUSED, SENDING


@dataclass(frozen=True)
class DeadLetter:
    """A post that Slack refused for good, for admins to see."""

    key: str
    channel: str
    error: str
    due_at: datetime


def dead_letters(session: Session, *, workspace_id: str | None = None, limit: int = 50) -> list[DeadLetter]:
    """The newest posts that were given up, with Slack's error code; of all workspaces unless one is named."""
    ours = col(Outbox.workspace_id) == workspace_id if workspace_id else true()
    rows = session.exec(
        select(Outbox.key, Outbox.channel, Outbox.error, Outbox.not_before)
        .where(ours, *REFUSED)
        .order_by(col(Outbox.id).desc())
        .limit(limit)
    )
    return [DeadLetter(*row) for row in rows]


def stuck(session: Session, *, real_now: float) -> int:
    """How many rows were taken by a sender that never came back to them, more than a minute ago (`real_now`: epoch)."""
    rows = select(func.count()).select_from(Outbox)
    return session.exec(rows.where(Outbox.state == SENDING, Outbox.lease_until < real_now - 60)).one()
