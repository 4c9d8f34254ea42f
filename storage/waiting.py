"""What may be claimed next: the earliest rows of the outbox that are due, whose post is known and that nobody has."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_
from sqlmodel import Session, col, select

from storage import models
from storage.models import Outbox
from storage.outbox import DUE, FILE, POST, SENDING, UPDATE, parent, ready
from storage.prepared import Prepared
from storage.select import columns, table

_COLUMNS = (
    "id", "workspace_id", "key", "method", "channel", "subject", "thread", "payload", "version", "attempts",
    "unsure_since", "not_before",
)  # fmt: skip


def _statement(method: str) -> Any:
    real_now: Any = bindparam("real_now")
    rows = columns(
        *(getattr(Outbox, name) for name in _COLUMNS),
        col(models.Message.channel).label("parent_channel"),
        col(models.Message.ts).label("parent_ts"),
    ).outerjoin_from(Outbox, models.Message, parent())
    rows = rows.where(
        *ready(bindparam("workspace_id"), bindparam("now")),
        Outbox.state == bindparam("state"),
        Outbox.method == method,
        col(Outbox.lease_until) <= real_now,
    )
    if method == POST:
        on_the_way = select(Outbox.channel).where(
            Outbox.workspace_id == bindparam("workspace_id"),
            Outbox.state == SENDING,
            Outbox.method == POST,
            col(Outbox.lease_until) > real_now,
        )
        busy: Any = bindparam("busy", expanding=True)
        rows = rows.where(col(Outbox.channel).not_in(on_the_way), col(Outbox.channel).not_in(busy))
    return rows.order_by(col(Outbox.not_before), col(Outbox.id)).limit(bindparam("most"))


_SEEN: Mapping[str, Prepared] = {method: Prepared(_statement(method)) for method in (POST, UPDATE, FILE)}
# PostgreSQL: a row that somebody holds beside the writers, an operator perhaps, holds up no other.
_TAKEN: Mapping[str, Prepared] = {
    method: Prepared(seen.statement.with_for_update(of=table(Outbox), skip_locked=True))
    for method, seen in _SEEN.items()
}


def earliest(
    session: Session,
    *,
    workspace_id: str,
    method: str,
    now: datetime,
    real_now: float,
    busy: Collection[str],
    limit: int,
    take: bool,
) -> Sequence[Any]:
    """Up to `limit` rows, each with the place of its parent; `take` passes by those that somebody else has locked.

    State by state, for each in itself comes from the index in its order: however much is owed, few rows are read.
    """
    statement = (_TAKEN if take else _SEEN)[method]
    asked = {"workspace_id": workspace_id, "now": now, "real_now": real_now, "most": limit}
    if method == POST:
        asked["busy"] = list(busy)
    found = [row for state in (DUE, SENDING) for row in statement.rows(session, **asked, state=state)]
    return sorted(found, key=lambda row: (row.not_before, row.id))[:limit]


def leaving(session: Session, workspace_id: str, now: datetime, real_now: float) -> int:
    """How many messages could leave now, those on their way with them; what waits for another try holds up nobody.

    `real_now` (epoch) tells that; with `math.inf` it counts too.
    """
    free = or_(col(Outbox.state) == SENDING, col(Outbox.lease_until) <= real_now)
    rows = select(func.count()).select_from(Outbox).outerjoin(models.Message, parent())
    return session.exec(rows.where(*ready(workspace_id, now), free)).one()
