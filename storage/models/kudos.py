"""Thanks among colleagues."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.models.ids import new_id


class Kudos(SQLModel, table=True):
    """One act of thanking: who, why, where."""

    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    giver_id: str = Field(foreign_key="person.id")
    reason: str = ""
    value: str = ""
    origin: str
    joined_id: str | None = Field(default=None, foreign_key="kudos.id", index=True)
    channel: str = ""
    given_at: datetime


class KudosGift(SQLModel, table=True):
    """What one receiver got by a kudos, and the allowance that it cost the giver."""

    __table_args__ = (
        Index("ix_kudosgift_giver_id_giver_day", "giver_id", "giver_day"),
        Index("ix_kudosgift_giver_id_week", "giver_id", "week"),
    )
    kudos_id: str = Field(primary_key=True, foreign_key="kudos.id")
    receiver_id: str = Field(primary_key=True, foreign_key="person.id")
    place: int = 0
    workspace_id: str
    giver_id: str = Field(foreign_key="person.id")
    points: int
    allowance: str
    giver_day: date
    week: date
    counts_on: date
    entry_key: str
    taken_back: bool = False


class Reaction(SQLModel, table=True):
    """The state of one person's kudos reaction on one message, by the newest event heard of it."""

    message_id: str = Field(primary_key=True, foreign_key="message.id")
    emoji: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    stands: bool
    turns: int = 0
    event_ts: str
    kudos_id: str | None = None
