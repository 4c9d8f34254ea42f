"""Customers' words, whom they are about, the applause, and the rituals that open a day with them."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.ids import EMPTY, NO, ZERO, new_id


class Praise(SQLModel, table=True):
    """A customer's own words, masked and otherwise as they were given."""

    __table_args__ = (Index("ix_praise_workspace_id_state_accepted_at", "workspace_id", "state", "accepted_at"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    words: str
    customer: str = ""
    source: str
    happened_on: date
    link: str = ""
    recorder_id: str | None = None
    checked: bool = False
    imported: bool = False
    state: str
    reason: str = ""
    recorded_at: datetime
    accepted_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reminded_at: datetime | None = None
    rest: str = Field(default="", sa_column_kwargs=EMPTY)
    picked_by: str | None = None
    picked_at: datetime | None = None
    applause: int = 0
    applause_read_at: datetime | None = None


class Praised(SQLModel, table=True):
    """A person whom a praise is about; the fingerprint of the words stands here so that a duplicate is one look-up.

    `whole` is the fingerprint of the comment of which the words are a part, "" if they are all of it.
    """

    __table_args__ = (
        Index("ix_praised_person_id_fingerprint", "person_id", "fingerprint"),
        Index(
            "ix_praised_person_id_whole",
            "person_id",
            "whole",
            sqlite_where=text("whole <> ''"),
            postgresql_where=text("whole <> ''"),
        ),  # mixed comments are few
        Index("ix_praised_person_id_recorder_id", "person_id", "recorder_id", "recorded_at"),
    )
    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    place: int = 0
    fingerprint: str
    whole: str = Field(default="", sa_column_kwargs=EMPTY)
    happened_on: date
    recorder_id: str | None = None
    recorded_at: datetime


class Handover(SQLModel, table=True):
    """A praised person said that it was not them: the praise went on to the right colleague, points included."""

    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    from_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    to_id: str = Field(foreign_key="person.id")
    turn: int
    handed_at: datetime


class Helper(SQLModel, table=True):
    """Somebody who helped with what a praise is about, named by one of the praised."""

    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    named_by: str = Field(foreign_key="person.id")
    named_at: datetime


class Aside(SQLModel, table=True):
    """The part of a mixed comment that is no praise, set aside for the ideas; it never reaches the channel."""

    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    workspace_id: str
    words: str
    set_aside_by: str = Field(foreign_key="person.id")
    set_aside_at: datetime


class Applause(SQLModel, table=True):
    """Whether a person's reaction with one emoji stands on a praise, by the newest event heard of it."""

    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    emoji: str = Field(primary_key=True)
    workspace_id: str
    stands: bool
    event_ts: str


class Ritual(SQLModel, table=True):
    """A recurring morning post: where, when and on which days."""

    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    name: str = "default"
    channel: str
    team: str = ""
    at: str
    zone: str
    workdays: str
    holidays: str = ""
    created_at: datetime
    retired_at: datetime | None = None


class SpecialDay(SQLModel, table=True):
    """A single date on which the company works, or does not, whatever its weekdays and calendar say."""

    workspace_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    works: bool
    set_by: str | None = Field(default=None, foreign_key="person.id")
    set_at: datetime


class Occurrence(SQLModel, table=True):
    """What became of a ritual on a local date; the primary key is what makes it happen once.

    `praise_id` opened it. `others` are the ids of the praises that its post lists, with blanks between them; None if
    nobody wrote them down.
    """

    ritual_id: str = Field(primary_key=True, foreign_key="ritual.id")
    local_date: date = Field(primary_key=True)
    workspace_id: str
    due_at: datetime
    decided_at: datetime
    state: str
    praise_id: str | None = None
    is_older: bool = Field(default=False, sa_column_kwargs=NO)
    others: str | None = None
    more: int = Field(default=0, sa_column_kwargs=ZERO)
