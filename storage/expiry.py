"""When the outbox lets go: of posts that are better not sent any more, and of rows that were sent long ago."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy import update as change
from sqlmodel import Session, col, select

from storage.models import Outbox
from storage.outbox import DEAD, DUE, SENT

TOO_LATE = "too_late"
KEPT = timedelta(days=30)


def _expired(workspace_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Outbox: unsent, certainly not in Slack, and its time is over."""
    return (
        col(Outbox.workspace_id) == workspace_id,
        col(Outbox.state) == DUE,
        col(Outbox.unsure_since) == 0,
        col(Outbox.not_after) <= now,
    )


def is_late(session: Session, *, workspace_id: str, now: datetime) -> bool:
    """Whether some post's time is over."""
    return session.exec(select(Outbox.id).where(*_expired(workspace_id, now)).limit(1)).first() is not None


def expire(session: Session, *, workspace_id: str, now: datetime) -> list[str]:
    """Give up posts whose time is over before they could leave; gives their subjects."""
    late = select(Outbox.subject).where(*_expired(workspace_id, now)).order_by(col(Outbox.id))
    subjects = list(session.exec(late))
    gone = {"state": DEAD, "error": TOO_LATE, "payload": ""}
    session.execute(change(Outbox).where(*_expired(workspace_id, now)).values(gone))
    return subjects


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop rows that were sent more than 30 days ago: the keys of acts are kept by the acts themselves."""
    session.execute(delete(Outbox).where(col(Outbox.state) == SENT, col(Outbox.sent_at) < now - KEPT))
