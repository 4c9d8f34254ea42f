"""Colleagues' ideas: what became of them, who backs them, and what is needed to find similar ones.

An idea has days, never times, and on SQLite no order of rows (WITHOUT ROWID, a random key): one without an author must
not be told by when it came. The search index is no model: a table of FTS5 on SQLite, an index of PostgreSQL
(`storage.similar`), both named `ideaindex`.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.ids import NO, new_id

NO_ORDER: dict[str, Any] = {"sqlite_with_rowid": False}
_WITH_CODE = text("receipt != ''")


class Suggestion(SQLModel, table=True):
    """An idea. `author_id` None: it is anonymous; `receipt` is then the digest of its code and `address` a sealed
    return address, if one was left; `news` says that whoever it leads to has not heard of something. Until `arrived`
    nobody but its author knows of it.

    `praise_id` is the praise of whose comment it is the other part. `reminded_on` is emptied when the state changes.
    """

    __table_args__ = (
        Index("ix_suggestion_workspace_id_state_sent_on", "workspace_id", "state", "sent_on"),
        Index("ix_suggestion_author_id", "author_id"),
        Index("ix_suggestion_receipt", "receipt", sqlite_where=_WITH_CODE, postgresql_where=_WITH_CODE),
        UniqueConstraint("praise_id"),
        NO_ORDER,
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    title: str
    what: str
    why: str = ""
    gains: str
    wall: str = ""
    state: str
    team: str = ""
    author_id: str | None = Field(default=None, foreign_key="person.id")
    praise_id: str | None = Field(default=None, foreign_key="praise.id")
    arrived: bool = True
    receipt: str = ""
    address: bytes | None = Field(default=None, sa_type=LargeBinary)
    sent_on: date
    moved_on: date
    reminded_on: date | None = None
    news: bool = Field(default=False, sa_column_kwargs=NO)


class Backing(SQLModel, table=True):
    """That somebody backs an idea."""

    __table_args__ = (NO_ORDER,)
    suggestion_id: str = Field(primary_key=True, foreign_key="suggestion.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str


class Step(SQLModel, table=True):
    """A change of an idea's state: who moved it whither, and why it was declined. Never changed."""

    suggestion_id: str = Field(primary_key=True, foreign_key="suggestion.id")
    place: int = Field(primary_key=True)
    workspace_id: str
    was: str
    became: str
    moved_by: str = Field(foreign_key="person.id")
    reason: str = ""
    moved_on: date


class Credit(SQLModel, table=True):
    """That a praise came because of an idea that was done."""

    praise_id: str = Field(primary_key=True, foreign_key="praise.id")
    suggestion_id: str = Field(primary_key=True, foreign_key="suggestion.id")
    workspace_id: str
    linked_by: str = Field(foreign_key="person.id")
    linked_on: date


class Solver(SQLModel, table=True):
    """Somebody who solved a major problem with an idea that was done, as a lead or an admin confirmed."""

    suggestion_id: str = Field(primary_key=True, foreign_key="suggestion.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    workspace_id: str
    confirmed_by: str = Field(foreign_key="person.id")
    confirmed_on: date


class IdeaText(SQLModel, table=True):
    """The search terms of an idea, blanks between them; `number` is random and names it in the search index."""

    __table_args__ = (UniqueConstraint("number"), NO_ORDER)
    suggestion_id: str = Field(primary_key=True, foreign_key="suggestion.id")
    workspace_id: str
    number: int = Field(sa_type=BigInteger)
    terms: str


class IdeaTerm(SQLModel, table=True):
    """In how many ideas a search term stands; the empty term stands in all."""

    __table_args__ = (NO_ORDER,)
    workspace_id: str = Field(primary_key=True)
    term: str = Field(primary_key=True)
    ideas: int = 0
