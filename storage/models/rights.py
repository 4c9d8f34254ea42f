"""Who and what was erased, without a word of it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.models.ids import new_id


class Erased(SQLModel, table=True):
    """Somebody whom the roster must not write down again: a digest of their Slack id, by a secret in KEYS_DIR."""

    workspace_id: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    erased_on: date


class Erasure(SQLModel, table=True):
    """That a person, a customer or a praise was erased, and by whom (None: the command line). `scrubbed` says that
    nothing of it is left in any file."""

    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    kind: str
    done_by: str | None = Field(default=None, foreign_key="person.id")
    done_at: datetime
    rows: int = 0
    messages: int = 0
    beyond: int = 0
    scrubbed: bool = False
