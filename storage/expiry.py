"""When the outbox lets go: of posts that are better not sent any more, and of rows that were sent long ago."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy import update as change
from sqlmodel import Session, col, select

from storage.models import Outbox
from storage.outbox import DEAD, DUE, SENT
from storage.select import table

TOO_LATE = "too_late"
KEPT = timedelta(days=30)
TAKEN_BACK = 1000
"""In one transaction; what is left is late the next time too."""

_UNSENT = (col(Outbox.state) == DUE, col(Outbox.unsure_since) == 0)
"""Certainly not in Slack."""


def _expired(workspace_id: str, prefix: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Outbox: its key begins so, it has certainly not left, and its time is over."""
    return (*_keyed(workspace_id, prefix), *_UNSENT, col(Outbox.not_after) <= now)


def _keyed(workspace_id: str, prefix: str) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Outbox: its key begins so."""
    return col(Outbox.workspace_id) == workspace_id, col(Outbox.key).startswith(prefix)


def is_late(session: Session, *, workspace_id: str, prefix: str, now: datetime) -> bool:
    """Whether the time of some post is over whose key begins so."""
    return session.exec(select(Outbox.id).where(*_expired(workspace_id, prefix, now)).limit(1)).first() is not None


def expire(session: Session, *, workspace_id: str, prefix: str, now: datetime) -> list[str]:
    """Give up posts whose keys begin so and whose time is over before they could leave; gives their subjects."""
    late = select(Outbox.subject).where(*_expired(workspace_id, prefix, now)).order_by(col(Outbox.id))
    subjects = list(session.exec(late))
    gone = {"state": DEAD, "error": TOO_LATE, "payload": ""}
    session.execute(change(Outbox).where(*_expired(workspace_id, prefix, now)).values(gone))
    return subjects


def take_back(session: Session, *, workspace_id: str, prefix: str, now: datetime) -> list[str]:
    """Forget posts whose keys begin so and whose time is over before they could leave, as if they had never been owed;
    gives the keys of some, or of all. What may stand in Slack stays owed."""
    rows, late = table(Outbox), _expired(workspace_id, prefix, now)
    some = select(Outbox.id).where(*late).limit(TAKEN_BACK)
    taken = session.execute(delete(rows).where(*late, rows.c.id.in_(some)).returning(rows.c.key))
    return list(taken.scalars())


def forget_sent(session: Session, *, workspace_id: str, keys: Collection[str]) -> None:
    """Forget posts of these keys that were sent, so that each can be owed anew. One of which a second copy may stand
    is kept until that was looked for."""
    sent = (col(Outbox.state) == SENT, col(Outbox.suspect).is_(False))
    these = (col(Outbox.workspace_id) == workspace_id, col(Outbox.key).in_(list(keys)))
    session.execute(delete(Outbox).where(*these, *sent))


def drop(session: Session, *, workspace_id: str, prefix: str, unsent: bool) -> None:
    """Forget posts whose keys begin so, without a trace: those alone that have certainly not left, or all."""
    session.execute(delete(Outbox).where(*_keyed(workspace_id, prefix), *(_UNSENT if unsent else ())))


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop rows that were sent more than 30 days ago: the keys of acts are kept by the acts themselves."""
    session.execute(delete(Outbox).where(col(Outbox.state) == SENT, col(Outbox.sent_at) < now - KEPT))
