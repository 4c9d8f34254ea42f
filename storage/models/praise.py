"""Customers' words, whom they are about, the applause, and the rituals that open a day with them."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.ids import new_id


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
    featured_on: date | None = None
    applause: int = 0
    applause_read_at: datetime | None = None


class Praised(SQLModel, table=True):
    """A person whom a praise is about; the fingerprint of the words stands here so that a duplicate is one look-up."""

    __table_args__ = (
        Index("ix_praised_person_id_fingerprint", "person_id", "fingerprint"),
        Index("ix_praised_person_id_recorder_id", "person_id", "recorder_id", "recorded_at"),
    )
    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    place: int = 0
    fingerprint: str
    happened_on: date
    recorder_id: str | None = None
    recorded_at: datetime


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


class Occurrence(SQLModel, table=True):
    """What became of a ritual on a local date; the primary key is what makes it happen once."""

    ritual_id: str = Field(primary_key=True, foreign_key="ritual.id")
    local_date: date = Field(primary_key=True)
    workspace_id: str
    due_at: datetime
    decided_at: datetime
    state: str
    praise_id: str | None = None
