"""The sender's side of the outbox: who sends a row now, and what became of it.

A sender claims rows in one writing transaction; the claim is a lease in real time. While it runs nobody else touches
the row; when it has run out the sender is thought dead, and whoever claims the row next learns since when the message
may stand in Slack already (`unsure_since`), to look for it there before sending it again. But the sender may only have
stood still, and send after that look: such a row is `suspect`, and `storage.twins` knows it until it was swept.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, or_
from sqlalchemy import update as change
from sqlmodel import Session, col, select

from storage import messages, sent_files, twins, waiting
from storage.models import Outbox
from storage.outbox import DEAD, DUE, FILE, PARENT_DEAD, POST, SENDING, SENT, TS
from storage.payloads import written
from storage.prepared import Prepared
from storage.select import table

LEASE = 15.0
"""Seconds for which a claim holds; longer than any call to Slack may take."""
UNANSWERED = "unanswered: "
"""How the `error` of a row begins whose last try ended without an answer from Slack."""


@dataclass(frozen=True)
class Claimed:
    """A row that this sender alone may send until its lease runs out.

    `lane` is the channel as it was owed; `channel` and `thread_ts` (of the parent post; for an update the timestamp of
    the post itself) are resolved.
    `unsure_since` is the real time of the first try without an answer, 0 if there was none.
    """

    id: int
    workspace_id: str
    owner: str
    key: str
    method: str
    lane: str
    channel: str
    subject: str
    thread_ts: str
    message: dict[str, Any]
    version: int
    attempts: int
    unsure_since: float
    due_at: datetime


def claimable(
    session: Session, *, workspace_id: str, method: str, now: datetime, real_now: float, busy: Collection[str] = ()
) -> bool:
    """Whether `claim` would find anything; for a read-only transaction."""
    asked: dict[str, Any] = {"now": now, "real_now": real_now, "busy": busy}
    return bool(waiting.earliest(session, workspace_id=workspace_id, method=method, **asked, limit=1, take=False))


def claim(
    session: Session,
    *,
    workspace_id: str,
    method: str,
    owner: str,
    now: datetime,
    real_now: float,
    limit: int,
    busy: Collection[str] = (),
) -> list[Claimed]:
    """Take up to `limit` rows that are due, the earliest first; of posts one a channel, none in the `busy` channels."""
    taken: list[Claimed] = []
    skip = set(busy)
    while len(taken) < limit:
        asked = 4 * limit
        rows = waiting.earliest(
            session,
            workspace_id=workspace_id,
            method=method,
            now=now,
            real_now=real_now,
            busy=skip,
            limit=asked,
            take=True,
        )
        for row in rows:
            if len(taken) < limit and not (method == POST and row.channel in skip):
                skip.add(row.channel)
                if _take(session, row.id, owner, real_now):
                    taken.append(_claimed(row, owner))
        if len(rows) < asked or method != POST:
            break
    return taken


_ROWS = table(Outbox)
_THIS = _ROWS.c.id == bindparam("row")
_NOW: Any = bindparam("real_now")
_TAKE = Prepared(
    change(_ROWS)
    .where(_THIS, _ROWS.c.state.in_((DUE, SENDING)), _ROWS.c.lease_until <= _NOW)
    .values(
        state=SENDING,
        owner=bindparam("sender"),
        lease_until=bindparam("until"),
        unsure_since=case((_ROWS.c.unsure_since > 0, _ROWS.c.unsure_since), else_=_NOW),
        suspect=or_(_ROWS.c.suspect, and_(_ROWS.c.method == POST, _ROWS.c.unsure_since > 0)),
    )
)


def _take(session: Session, row_id: int, owner: str, real_now: float) -> bool:
    values = {"row": row_id, "sender": owner, "real_now": real_now, "until": real_now + LEASE}
    return bool(_TAKE.run(session, values))


def _claimed(row: Any, owner: str) -> Claimed:
    foreign = row.thread.startswith(TS)
    return Claimed(
        id=row.id,
        workspace_id=row.workspace_id,
        owner=owner,
        key=row.key,
        method=row.method,
        lane=row.channel,
        channel=row.parent_channel or row.channel,
        subject=row.subject,
        thread_ts=row.thread.removeprefix(TS) if foreign else row.parent_ts or "",
        message=json.loads(row.payload),
        version=row.version,
        attempts=row.attempts,
        unsure_since=row.unsure_since,
        due_at=row.not_before,
    )


_MINE = (
    _ROWS.c.owner == bindparam("sender"),
    _ROWS.c.version == bindparam("as_claimed"),
    _ROWS.c.state == SENDING,
)
_SENT = {
    "state": SENT, "payload": "", "owner": "", "error": "", "sent_at": bindparam("at"), "ts": bindparam("place"),
    **{name: case((_ROWS.c.suspect, _ROWS.c[name]), else_=0.0) for name in ("lease_until", "unsure_since")},
}  # fmt: skip
"""Of a suspect row the sweep needs to know since when, and until when, another may have sent it."""
_MARK_POST = Prepared(change(_ROWS).where(_THIS, _ROWS.c.state != SENT).values(_SENT))
_MARK_UPDATE = Prepared(change(_ROWS).where(_THIS, *_MINE).values(_SENT))


def mark_sent(session: Session, claimed: Claimed, *, channel: str, ts: str, now: datetime, file_id: str = "") -> bool:
    """The message stands in Slack: its words are forgotten here, its place is kept; of a file its id (`file_id`).

    False if somebody else has recorded it before: the recorded one counts (`storage.twins.another`). An update that was
    overtaken by a newer one stays owed.
    """
    values = {"row": claimed.id, "at": now, "place": ts, "sender": claimed.owner, "as_claimed": claimed.version}
    done = (_MARK_POST if claimed.method == POST else _MARK_UPDATE).run(session, values) > 0
    if not done:
        _let_go(session, claimed)
        if claimed.method == POST and twins.another(session, claimed.id, ts):
            twins.suspect(session, claimed.id)
    elif claimed.method == POST and claimed.subject:
        messages.name(session, workspace_id=claimed.workspace_id, channel=channel, ts=ts, subject=claimed.subject)
    if file_id:
        row, holds = (claimed.id, claimed.key), bytes.fromhex(claimed.message.get("holds", ""))
        sent_files.arrived(session, claimed.workspace_id, file_id, holds, row=row, sent=done, now=now)
    return done


def mark_failed(
    session: Session, claimed: Claimed, *, error: str, retry_at: float, unsure_since: float = 0.0, counts: bool = True
) -> None:
    """The row is due again at `retry_at` (real time). `unsure_since` stays above 0 while it may stand in Slack;
    `counts` is False for what is nobody's failure (a rate limit)."""
    attempts = claimed.attempts + counts
    values = {"error": error, "lease_until": retry_at, "unsure_since": unsure_since, "attempts": attempts}
    if not _change(session, _held(claimed), state=DUE, owner="", **values):
        _let_go(session, claimed)
        if unsure_since and claimed.method == POST:
            twins.suspect(session, claimed.id, since=unsure_since, until=retry_at)


def release(session: Session, claimed: Claimed) -> None:
    """Give a row back that was claimed and not tried."""
    values = {"lease_until": 0.0, "unsure_since": claimed.unsure_since}
    if not _change(session, _held(claimed), state=DUE, owner="", **values):
        _let_go(session, claimed)


def keep(session: Session, claimed: Claimed, message: Mapping[str, Any]) -> bool:
    """What the sender has to remember of a row that it still holds; False if it does not."""
    return _change(session, _held(claimed), payload=written(message))


def mark_dead(session: Session, claimed: Claimed, *, error: str) -> None:
    """Slack will never take it. What waits for this post dies with it, and of a file nothing is kept."""
    rest = {"payload": ""} if claimed.method == FILE else {}
    if not _change(session, _held(claimed), state=DEAD, owner="", lease_until=0.0, error=error, **rest):
        _let_go(session, claimed)
    elif claimed.method == POST:
        _bury(session, claimed.workspace_id, claimed.subject)


def _bury(session: Session, workspace_id: str, subject: str) -> None:
    """Mark dead what waits for the dead post `subject`, and what waits for that."""
    if not subject:
        return
    orphans = [col(Outbox.workspace_id) == workspace_id, col(Outbox.thread) == subject, col(Outbox.state) == DUE]
    below = session.exec(select(Outbox.subject).where(*orphans, Outbox.subject != "")).all()
    _change(session, orphans, state=DEAD, error=PARENT_DEAD)
    for each in below:
        _bury(session, workspace_id, each)


def hasten(session: Session, *, workspace_id: str) -> None:
    """Slack answers again: what got no answer is tried again now and not at the end of its growing distance."""
    idle = [col(Outbox.workspace_id) == workspace_id, col(Outbox.state) == DUE, col(Outbox.owner) == ""]
    _change(session, [*idle, col(Outbox.error).startswith(UNANSWERED)], lease_until=0.0)


def _held(claimed: Claimed) -> list[Any]:
    """The row as it was claimed: still ours, and no newer payload has come."""
    return [
        col(Outbox.id) == claimed.id,
        col(Outbox.owner) == claimed.owner,
        col(Outbox.version) == claimed.version,
        col(Outbox.state) == SENDING,
    ]


def _let_go(session: Session, claimed: Claimed) -> None:
    """An update of ours was overtaken by a newer payload: that one may leave now."""
    _change(session, [col(Outbox.id) == claimed.id, col(Outbox.owner) == claimed.owner], owner="", lease_until=0.0)


def _change(session: Session, where: Sequence[Any], **values: Any) -> bool:
    result: Any = session.execute(change(Outbox).where(*where).values(**values))
    return bool(result.rowcount)
