"""Posts of which a second copy may stand in Slack, because their sender stood still and another was quicker.

`Outbox.suspect` marks them. Such a row keeps, when it is sent, since when its copies may stand (`unsure_since`) and
until when its last sender held it (`lease_until`): by then, and a lease more, whoever had it before has sent or given
up. A sender that wakes up still later marks its row itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case
from sqlalchemy import update as change
from sqlmodel import Session, col, select

from storage.models import Message, Outbox
from storage.outbox import SENT, TS, parent
from storage.select import columns

SETTLED_S = 15.0
"""Seconds after the end of the last lease; as long as a lease, for a call takes no longer."""

TAKEN_S = 60.0
"""For one sweep; what it did not come to is taken again."""


@dataclass(frozen=True)
class Suspect:
    """A sent post that may have twins: `ts` is the copy that counts, `channel` where it was owed or, of an answer,
    where its parent stands; its copies are not older than `ts`, nor than `since` (real time) unless that is 0, and by
    the clock that decides what is due none is older than `due_at`."""

    id: int
    key: str
    channel: str
    thread_ts: str
    ts: str
    since: float
    due_at: datetime


def any_due(session: Session, *, workspace_id: str, real_now: float) -> bool:
    """Whether `take` would find anything; for a read-only transaction."""
    return session.exec(select(Outbox.id).where(*_due(workspace_id, real_now)).limit(1)).first() is not None


def take(session: Session, *, workspace_id: str, real_now: float, limit: int) -> list[Suspect]:
    """The suspects whose time has come, the longest waiting first; they come again, unless cleared, a while later."""
    rows = session.execute(
        columns(
            Outbox.id, Outbox.key, Outbox.channel, Outbox.thread, Outbox.ts, Outbox.unsure_since, Outbox.not_before,
            col(Message.channel).label("parent_channel"), col(Message.ts).label("parent_ts"),
        )
        .outerjoin_from(Outbox, Message, parent())
        .where(*_due(workspace_id, real_now))
        .order_by(col(Outbox.lease_until))
        .limit(limit)
    ).all()  # fmt: skip
    found = [_suspect(row) for row in rows]
    put_off(session, found, until=real_now + TAKEN_S)
    return found


def put_off(session: Session, suspects: Sequence[Suspect], *, until: float) -> None:
    """Sweep these no sooner than `until` (real time)."""
    session.execute(change(Outbox).where(*_these(suspects)).values(lease_until=until - SETTLED_S))


def clear(session: Session, suspects: Sequence[Suspect]) -> None:
    """These were swept: one copy of each stands."""
    session.execute(change(Outbox).where(*_these(suspects)).values(suspect=False, lease_until=0.0, unsure_since=0.0))


def suspect(session: Session, row_id: int, *, since: float = 0.0, until: float = 0.0) -> None:
    """A sender finds that another has recorded its post: a copy of its own may stand since `since`, and show until
    `until` (real time; 0: it stands already)."""
    earlier = case((col(Outbox.unsure_since) > 0, col(Outbox.unsure_since)), else_=since)
    later = case((col(Outbox.lease_until) > until, col(Outbox.lease_until)), else_=until)
    sent = (col(Outbox.id) == row_id, col(Outbox.state) == SENT)
    session.execute(change(Outbox).where(*sent).values(suspect=True, unsure_since=earlier, lease_until=later))


def another(session: Session, row_id: int, ts: str) -> bool:
    """Whether the post of this row is recorded as a copy other than the one at `ts`."""
    recorded = session.exec(select(Outbox.ts).where(Outbox.id == row_id, Outbox.state == SENT)).first()
    return bool(recorded) and recorded != ts


def _due(workspace_id: str, real_now: float) -> tuple[Any, ...]:
    return (
        col(Outbox.suspect),
        col(Outbox.lease_until) <= real_now - SETTLED_S,
        col(Outbox.state) == SENT,
        col(Outbox.ts) != "",
        col(Outbox.workspace_id) == workspace_id,
    )


def _these(suspects: Sequence[Suspect]) -> tuple[Any, ...]:
    """Their rows, as long as nobody has marked them anew."""
    return (col(Outbox.id).in_([one.id for one in suspects]), col(Outbox.state) == SENT)


def _suspect(row: Any) -> Suspect:
    foreign = row.thread.startswith(TS)
    return Suspect(
        id=row.id,
        key=row.key,
        channel=row.parent_channel or row.channel,
        thread_ts=row.thread.removeprefix(TS) if foreign else row.parent_ts or "",
        ts=row.ts,
        since=row.unsure_since,
        due_at=row.not_before,
    )
