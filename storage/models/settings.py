"""What admins changed in Slack, and every administrative act."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """A setting that stands over the one of the environment, as text that `.env` could have. `set_by` is the id of a
    person, empty for the command line."""

    workspace_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str = ""
    set_by: str = ""
    set_at: datetime


class Audit(SQLModel, table=True):
    """An administrative act: never changed. `by` is the id of a person, empty for the command line; `subject` is an id,
    a name of ours or a date, and neither it nor what was `before` and `after` holds words of people."""

    __table_args__ = (Index("ix_audit_workspace_id_id", "workspace_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    at: datetime
    by: str = ""
    act: str
    subject: str = ""
    before: str = ""
    after: str = ""
