"""What came from Slack and what is owed to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.ids import EMPTY, NO, new_id

_WAITS, _STANDS, _NAMED = text("bundle = ''"), text("bundle != ''"), text("subject != ''")
_ONE_TREE: dict[str, Any] = {"sqlite_with_rowid": False}


class Inbox(SQLModel, table=True):
    """A delivery that had its effect; the row is written in the transaction of the effect and holds no payload."""

    workspace_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    received_at: datetime = Field(index=True)


class IntakeKey(SQLModel, table=True):
    """An `Idempotency-Key` of the signed intake, with a digest of the body that it came with; kept for ever."""

    workspace_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str
    praise_id: str
    received_at: datetime


class Outbox(SQLModel, table=True):
    """A message owed to Slack. The payload is forgotten once it is sent, and `ts` says where it stands; one that was
    claimed a second time while an earlier sender may still have had it is `suspect` until a sweep has looked for twins.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_outbox_due", "workspace_id", "state", "method", "not_before", "id"),
        Index("ix_outbox_workspace_id_subject", "workspace_id", "subject"),
        Index(
            "ix_outbox_suspect",
            "lease_until",
            sqlite_where=text("suspect = 1"),
            postgresql_where=text("suspect"),
        ),  # a handful of rows
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    key: str
    method: str
    channel: str
    subject: str = ""
    thread: str = ""
    payload: str = ""
    state: str = "due"
    version: int = 0
    not_before: datetime
    not_after: datetime | None = None
    attempts: int = 0
    owner: str = ""
    lease_until: float = 0.0
    unsure_since: float = 0.0
    suspect: bool = Field(default=False, sa_column_kwargs=NO)
    ts: str = Field(default="", sa_column_kwargs=EMPTY)
    error: str = ""
    created_at: datetime
    sent_at: datetime | None = None


class SentFile(SQLModel, table=True):
    """A file of ours that stands in Slack, by Slack's id; `holds` is which ids are in it (see `storage.payloads`)."""

    workspace_id: str = Field(primary_key=True)
    file_id: str = Field(primary_key=True)
    holds: bytes = Field(sa_type=LargeBinary)
    sent_at: datetime


class DayTold(SQLModel, table=True):
    """How many praises, kudos and decisions came to somebody on a day of theirs; read and written with each of them."""

    __table_args__ = (_ONE_TREE,)
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    day: date = Field(primary_key=True)
    workspace_id: str
    count: int = 0


class Gathered(SQLModel, table=True):
    """Words that do not leave by themselves, for they came as the sixth of a day or later.

    `key`, `subject` and `message` are those that a message of their own would have had in the outbox; `leaves_at` was
    reckoned in `zone`. From that moment on `bundle` names the message in the outbox that they are part of; the words
    are kept for a month, so that it can be drawn anew, and then it is known of what it told, so that it can be erased.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(
            "ix_gathered_waiting", "workspace_id", "person_id", sqlite_where=_WAITS, postgresql_where=_WAITS
        ),  # those of a day
        Index("ix_gathered_bundle", "workspace_id", "bundle", sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("ix_gathered_subject", "workspace_id", "subject", sqlite_where=_NAMED, postgresql_where=_NAMED),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    person_id: str = Field(foreign_key="person.id")
    key: str
    subject: str = ""
    message: str
    leaves_at: datetime
    zone: str
    bundle: str = ""
    came_at: datetime


class Message(SQLModel, table=True):
    """A Slack message that the bot knows by an id of its own: its posts by subject, others because of a reaction."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "ts"),
        UniqueConstraint("workspace_id", "subject"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    channel: str
    ts: str
    subject: str | None = None
