"""The micro pulse: rounds and who is asked, the sealed ballot pool, and what is shown when a round closed.

`Participation`, `Envelope`, `Answer` and `Comment` hold no time, no key to a person and no order: on SQLite they are
WITHOUT ROWID (an ordinary table keeps the order of its rows behind any key), on PostgreSQL the first three are
partitions of the survey that are dropped when it closes. bot/sealing.py and docs/anonymity.md say what they hold.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.ids import new_id

NO_ORDER: dict[str, Any] = {"sqlite_with_rowid": False}
POOL: dict[str, Any] = {**NO_ORDER, "postgresql_partition_by": "LIST (survey_id)"}
_UNDER_WAY = text("state IN ('open', 'closing')")
_WITH_CODE = text("receipt != ''")


class Survey(SQLModel, table=True):
    """A round, or a date that became none; all that it promises is settled when it opens. Its times are the round's.

    `secret` is emptied when it closes, `scrubbed` says that nothing of its answers is left in any file.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "local_date"),
        Index(
            "ix_survey_under_way", "workspace_id", unique=True, sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY
        ),  # nobody ever has two open
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    local_date: date
    state: str
    question: str = ""
    driver: str = ""
    kind: str = ""
    direction: str = ""
    words: str = ""
    options: str = ""
    opens_at: datetime
    closes_at: datetime
    population: int = 0
    asked: int = 0
    answered: int = 0
    least: int = 0
    least_comments: int = 0
    batch: int = 0
    cuts: str = ""
    public_key: str = ""
    secret: str = ""
    scrubbed: bool = False


class Invitation(SQLModel, table=True):
    """That somebody is asked in a round, when, and as part of which segment. It says nothing of who answered."""

    __table_args__ = (
        Index("ix_invitation_due", "survey_id", "state", "ask_at", "place"),
        Index("ix_invitation_again", "survey_id", "again_at"),
    )
    survey_id: str = Field(primary_key=True, foreign_key="survey.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    segment: int
    place: int
    ask_at: datetime
    state: str
    again_at: datetime | None = None


class Participation(SQLModel, table=True):
    """That whoever hides behind a tag took part; `part` is "answer" or "comment"."""

    __table_args__ = (POOL,)
    survey_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    workspace_id: str


class Envelope(SQLModel, table=True):
    """A sealed answer or comment behind its tag, until it is mixed or the round closes."""

    __table_args__ = (POOL,)
    survey_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    workspace_id: str
    box: bytes = Field(sa_type=LargeBinary)


class Answer(SQLModel, table=True):
    """An answer that was mixed: opened among at least as many others of its segment as a batch has, and sealed again
    without its tag, until the round closes."""

    __table_args__ = (POOL,)
    survey_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    workspace_id: str
    box: bytes = Field(sa_type=LargeBinary)


class Result(SQLModel, table=True):
    """What is shown of a group in a round that closed, as `bot.rules.showing` has it; of what is not shown, nothing."""

    survey_id: str = Field(primary_key=True, foreign_key="survey.id")
    cut: str = Field(primary_key=True)
    workspace_id: str
    figures: str


class Comment(SQLModel, table=True):
    """A comment of a group whose comments are shown, and the digest of the receipt code if its writer made one up."""

    __table_args__ = (
        Index("ix_comment_id", "id"),
        Index("ix_comment_receipt", "receipt", sqlite_where=_WITH_CODE, postgresql_where=_WITH_CODE),
        NO_ORDER,
    )
    survey_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    workspace_id: str
    cut: str
    words: str
    receipt: str = ""


class Reply(SQLModel, table=True):
    """One question back to a comment, and the answer that whoever has its receipt code gave. `told` says that whoever
    asked was told of the answer: once a day, all in one message."""

    comment_id: str = Field(primary_key=True)
    workspace_id: str
    survey_id: str = Field(foreign_key="survey.id", index=True)
    asked_by: str = Field(foreign_key="person.id")
    question: str
    answer: str = ""
    told: bool = False


class PublicAnswer(SQLModel, table=True):
    """What a lead answered the team in public."""

    survey_id: str = Field(primary_key=True, foreign_key="survey.id")
    cut: str = Field(primary_key=True)
    workspace_id: str
    person_id: str = Field(foreign_key="person.id")
    words: str
    channel: str
    said_on: date


class OwnQuestion(SQLModel, table=True):
    """A question that admins added, or how they changed one of the bank: its words, or that it rests."""

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    driver: str
    kind: str
    direction: str
    words: str
    options: str = ""
    retired: bool = False
    changed_by: str | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime


class OneOff(SQLModel, table=True):
    """The question that admins chose for one date."""

    workspace_id: str = Field(primary_key=True)
    local_date: date = Field(primary_key=True)
    question: str
    set_by: str | None = Field(default=None, foreign_key="person.id")
    set_at: datetime


class PulseWish(SQLModel, table=True):
    """How somebody wants to be asked: not at all, not before a date, once more if they have not answered."""

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    opted_out: bool = False
    away_until: date | None = None
    reminds: bool = False


class Nudge(SQLModel, table=True):
    """How many nudges somebody had in the week that began on a Monday."""

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    week: date = Field(primary_key=True)
    workspace_id: str
    count: int = 0
