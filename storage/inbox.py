"""What was delivered: one row for each delivery that had its effect, written in the transaction of the effect.

Slack delivers at least once, and a redelivery may be the only copy that arrives, so none is dropped for being one;
the row decides. Rows are kept 30 days and hold no payload.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.rules.refusal import Refusal
from storage.models import Inbox
from storage.upsert import insert

T = TypeVar("T")

KEPT = timedelta(days=30)
ECHO = timedelta(seconds=60)
"""A command that wrote something, repeated by the same person with the same text within this time, is the same one:
people repeat commands, Slack does not."""


class Repeated(Refusal):
    """This delivery had its effect before; nothing was done now."""

    def __init__(self) -> None:
        super().__init__("already_done")


@dataclass(frozen=True)
class Delivery:
    """One delivery by Slack: its `kind` and `key` are unique in the workspace.

    The key is an event's id, a command's trigger id, or for buttons and forms the person together with the nonce that
    was minted when they were drawn. `echo` is a digest of what was asked and by whom, for what is not done twice within
    a minute.
    """

    workspace_id: str
    kind: str
    key: str
    at: datetime
    echo: str = ""


def once(delivery: Delivery, story: Callable[[Session], T]) -> Callable[[Session], T | Repeated]:
    """The `story` behind a look at the inbox: gives Repeated if the delivery, or its echo, was there before.

    It is given, not raised: an echo was delivered too, and its own row must stay when the minute is over.
    """

    def guarded(session: Session) -> T | Repeated:
        if not take(session, delivery):
            return Repeated()
        if delivery.echo and _echoes(session, delivery):
            return Repeated()
        return story(session)

    return guarded


def take(session: Session, delivery: Delivery) -> bool:
    """Note that this happens now; False if it happened before."""
    return insert(session, Inbox, _row(delivery, delivery.kind, delivery.key))


def holds(session: Session, delivery: Delivery) -> bool:
    """Whether this happened before."""
    same: Any = (Inbox.workspace_id == delivery.workspace_id, Inbox.kind == delivery.kind, Inbox.key == delivery.key)
    return session.exec(select(Inbox.received_at).where(*same)).first() is not None


def _row(delivery: Delivery, kind: str, key: str) -> dict[str, Any]:
    return {"workspace_id": delivery.workspace_id, "kind": kind, "key": key, "received_at": delivery.at}


def _echoes(session: Session, delivery: Delivery) -> bool:
    """Whether the command's digest stands there from less than a minute ago; if not it is remembered now."""
    if insert(session, Inbox, _row(delivery, "echo", delivery.echo)):
        return False
    same: Any = (Inbox.workspace_id == delivery.workspace_id, Inbox.kind == "echo", Inbox.key == delivery.echo)
    if abs(delivery.at - session.exec(select(Inbox.received_at).where(*same)).one()) < ECHO:
        return True
    session.execute(update(Inbox).where(*same).values(received_at=delivery.at))
    return False


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop rows older than 30 days: Slack's longest delay is a day."""
    session.execute(delete(Inbox).where(col(Inbox.received_at) < now - KEPT))
