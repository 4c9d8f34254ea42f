"""What is owed to Slack: written in the transaction of the act, sent by `bot.delivery` after the commit.

A post is owed once per key, whatever is repeated. An update says how a post is to look: at most one waits for a post,
and only the newest is sent. Rows that answer in a thread, and updates, wait until their post is known by its timestamp;
if that post can never be sent, neither can they. `storage.claims` is the sender's side of the same table.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, TypedDict, cast

from sqlalchemy import BindParameter, ColumnElement, and_, case, delete, func, or_
from sqlalchemy import update as change
from sqlmodel import Session, col, select

from storage import messages, models
from storage.models import Outbox
from storage.payloads import File, Post, written
from storage.upsert import insert, insert_all, upsert

POST, UPDATE, FILE = "post", "update", "file"
DUE, SENDING, SENT, DEAD = "due", "sending", "sent", "dead"
PARENT_DEAD = "parent_dead"
TS = "ts:"
"""How a `thread` begins that is somebody else's message: "ts:1234.5678"."""


REFUSED = (col(Outbox.state) == DEAD, col(Outbox.method).in_((POST, FILE)))
"""Conditions on Outbox: given up, and somebody waits for it."""


class Message(TypedDict):
    """What a post shows. Without text Slack builds one from the blocks for screen readers."""

    text: NotRequired[str]
    blocks: NotRequired[list[dict[str, Any]]]


@dataclass(frozen=True)
class Figures:
    """How the outbox stands: seconds since the oldest row that could leave was due, rows unsent, posts given up."""

    oldest_age_s: float
    waiting: int
    dead: int


def post(
    session: Session,
    *,
    workspace_id: str,
    key: str,
    channel: str,
    message: Mapping[str, object],
    now: datetime,
    subject: str = "",
    thread: str = "",
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> bool:
    """Owe one message to `channel`: a channel, a DM, or a person's Slack id (posting to it opens the DM).

    False if `key` was owed before; nothing changes then. `thread` is the subject of the post to answer, which must be
    owed already, or "ts:…" for a message that is not ours. `subject` names the post for later updates and answers.
    After `not_after` it is better not sent at all: `expire` gives it up.
    """
    lost = bool(thread) and not thread.startswith(TS) and not alive(session, workspace_id, thread)
    row = Post(key, channel, message, subject).row(workspace_id, now=now, not_before=not_before or now)
    state, error = (DEAD, PARENT_DEAD) if lost else (DUE, "")
    return insert(session, Outbox, {**row, "thread": thread, "state": state, "error": error, "not_after": not_after})


def post_all(
    session: Session, posts: Sequence[Post], *, workspace_id: str, now: datetime, not_before: datetime
) -> None:
    """Owe these messages, but for those that were owed before."""
    insert_all(session, Outbox, [owed.row(workspace_id, now=now, not_before=not_before) for owed in posts])


def file(
    session: Session,
    *,
    workspace_id: str,
    key: str,
    channel: str,
    name: str,
    content: bytes,
    comment: str,
    about: Collection[str],
    now: datetime,
) -> bool:
    """Owe a file to `channel`, named as in `post`, with a plain `comment`; False if `key` was owed before. It leaves by
    `bot.delivery.files`, and is forgotten here once it is sent or given up. `about` are the ids of people who are in it
    by name alone: it is taken away with them (`storage.sent_files`)."""
    owed = File(key, channel, name, content, comment, frozenset(about))
    return insert(session, Outbox, owed.row(workspace_id, now=now))


def update(
    session: Session,
    *,
    workspace_id: str,
    subject: str,
    message: Mapping[str, object],
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Owe the post named `subject` this look; False if no such post is owed or sent.

    A post that has certainly not left gets the new payload itself. Otherwise one update waits, of which the newest
    payload counts and the earlier `not_before`: a stream of changes must not put it off for ever.
    """
    payload = written(message)
    if _replace(session, workspace_id, subject, payload):
        return True
    if not alive(session, workspace_id, subject):
        return False
    row = {
        "workspace_id": workspace_id,
        "key": f"update:{subject}",
        "method": UPDATE,
        "channel": "",
        "thread": subject,
        "payload": payload,
        "not_before": not_before or now,
        "created_at": now,
    }
    upsert(session, Outbox, row, keys=("workspace_id", "key"), **_renewed(payload, not_before or now))
    return True


def cancel(session: Session, *, workspace_id: str, subject: str) -> bool:
    """Owe the post named `subject` no longer, nor what waits for it; False if it may have left."""
    unsent = (*_post(workspace_id, subject), col(Outbox.state) == DUE, col(Outbox.unsure_since) == 0)
    result: Any = session.execute(delete(Outbox).where(*unsent))
    if result.rowcount:
        waits = (col(Outbox.workspace_id) == workspace_id, col(Outbox.thread) == subject)
        session.execute(delete(Outbox).where(*waits))
    return bool(result.rowcount)


def subjects(session: Session, *, workspace_id: str, prefix: str) -> set[str]:
    """The subjects that begin with `prefix` of all posts that are owed or were sent."""
    owed = select(Outbox.subject).where(
        Outbox.workspace_id == workspace_id, _begins(session, col(Outbox.subject), prefix)
    )
    sent = select(models.Message.subject).where(
        models.Message.workspace_id == workspace_id, _begins(session, col(models.Message.subject), prefix)
    )
    return {subject for subject in (*session.exec(owed), *session.exec(sent)) if subject}


def _begins(session: Session, name: Any, prefix: str) -> ColumnElement[bool]:
    """SQLite looks up a range in the index, but no LIKE, and all others who write wait for it. PostgreSQL may keep the
    order of a language, in which a range is no beginning; there nobody waits."""
    if session.get_bind().dialect.name == "sqlite":
        return and_(name >= prefix, name < prefix[:-1] + chr(ord(prefix[-1]) + 1))
    return cast(ColumnElement[bool], name.startswith(prefix, autoescape=True))


def alive(session: Session, workspace_id: str, subject: str) -> bool:
    """Whether the post named `subject` was sent (a month later only the message tells) or will be."""
    sent = messages.by_subject(session, workspace_id=workspace_id, subject=subject)
    owed = select(Outbox.state).where(*_post(workspace_id, subject), Outbox.state != DEAD)
    return sent is not None or session.exec(owed).first() is not None


def _post(workspace_id: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return (col(Outbox.workspace_id) == workspace_id, col(Outbox.subject) == subject, col(Outbox.method) == POST)


def _replace(session: Session, workspace_id: str, subject: str, payload: str) -> bool:
    """Give a post that cannot have reached Slack yet another payload; False if there is none."""
    unsent = (*_post(workspace_id, subject), col(Outbox.state) == DUE, col(Outbox.unsure_since) == 0)
    result: Any = session.execute(change(Outbox).where(*unsent).values(payload=payload, version=Outbox.version + 1))
    if not result.rowcount:
        return False
    # An update that came while the post was on its way shows an older look than the post will now have.
    older = (col(Outbox.workspace_id) == workspace_id, col(Outbox.key) == f"update:{subject}")
    session.execute(delete(Outbox).where(*older))
    return True


def _renewed(payload: str, not_before: datetime) -> dict[str, Any]:
    """What becomes of an update's row when a newer payload comes. One that is on its way keeps its lease:
    the newer may only leave when the older has arrived, or Slack might show the older one last."""
    idle = col(Outbox.owner) == ""
    sooner = and_(idle, col(Outbox.state) == DUE, col(Outbox.not_before) < not_before)
    return {
        "payload": payload,
        "version": Outbox.version + 1,
        "state": DUE,
        "attempts": 0,
        "error": "",
        "sent_at": None,
        "not_before": case((sooner, col(Outbox.not_before)), else_=not_before),
        "lease_until": case((idle, 0.0), else_=col(Outbox.lease_until)),
    }


def ready(workspace_id: str | BindParameter[str], now: datetime | BindParameter[datetime]) -> tuple[Any, ...]:
    """Conditions on Outbox outer-joined to Message (`parent`): unsent, its time has come, its post is known."""
    return (
        col(Outbox.workspace_id) == workspace_id,
        col(Outbox.state).in_((DUE, SENDING)),
        col(Outbox.not_before) <= now,
        or_(col(Outbox.not_after).is_(None), col(Outbox.not_after) > now, col(Outbox.unsure_since) > 0),
        or_(
            col(Outbox.thread) == "",
            col(Outbox.thread).startswith(TS),
            col(models.Message.id).is_not(None),
        ),
    )


def parent() -> ColumnElement[bool]:
    """What joins a row to the post that it changes or answers."""
    return and_(
        col(models.Message.workspace_id) == col(Outbox.workspace_id),
        col(models.Message.subject) == col(Outbox.thread),
    )


def figures(session: Session, *, workspace_id: str, now: datetime) -> Figures:
    """How the outbox stands at `now`; rows that wait for their time or for their post have no age."""
    ours = col(Outbox.workspace_id) == workspace_id
    due = select(Outbox.not_before).outerjoin(models.Message, parent()).where(*ready(workspace_id, now))
    first = [  # in the order of the index; min() would read all that is owed
        session.exec(
            due.where(Outbox.state == state, Outbox.method == method).order_by(col(Outbox.not_before)).limit(1)
        ).first()
        for state in (DUE, SENDING)
        for method in (POST, UPDATE, FILE)
    ]
    oldest = min((moment for moment in first if moment), default=None)
    waiting = select(func.count()).select_from(Outbox).where(ours, col(Outbox.state).in_((DUE, SENDING)))
    dead = select(func.count()).select_from(Outbox).where(ours, *REFUSED)
    return Figures(
        oldest_age_s=(now - oldest).total_seconds() if oldest else 0.0,
        waiting=session.exec(waiting).one(),
        dead=session.exec(dead).one(),
    )
