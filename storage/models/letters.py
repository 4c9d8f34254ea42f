"""What was sent without a name: sealed until the next working morning, and what was said about it since.

`Letter` has no person, no time and on SQLite no order of rows, and its box cannot be opened with the database alone
(`bot.sealing`). One morning's letters are opened together and become rows in random order.
"""

from datetime import date
from typing import Any

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from storage.models.ids import new_id

NO_ORDER: dict[str, Any] = {"sqlite_with_rowid": False}
_OPEN = text("NOT closed")


class Postbox(SQLModel, table=True):
    """Under which key letters are sealed; it is closed and emptied in the morning, and another one opens."""

    __table_args__ = (
        Index("ix_postbox_open", "workspace_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    public_key: str
    closed: bool = False


class Letter(SQLModel, table=True):
    """A sealed idea or word of an author; `id` is a digest of the form's secret, so it is taken once. When it was
    opened the box is empty."""

    __table_args__ = (Index("ix_letter_postbox_id", "postbox_id"), NO_ORDER)
    id: str = Field(primary_key=True)
    workspace_id: str
    postbox_id: str
    sent_on: date
    box: bytes = Field(sa_type=LargeBinary)


class Remark(SQLModel, table=True):
    """A word about an idea without a name: by somebody who answers it, or by its author, who is nobody (None)."""

    suggestion_id: str = Field(primary_key=True, foreign_key="suggestion.id")
    place: int = Field(primary_key=True)
    workspace_id: str
    said_by: str | None = Field(default=None, foreign_key="person.id")
    words: str
    said_on: date
