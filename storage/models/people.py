"""Who is there and where: people and channels."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.ids import EMPTY, NO, new_id

_ABSENT = ("is_bot", "is_gone", "is_stranger", "is_guest")
_SHUT_OUT = (*_ABSENT, "hides_rank")


class Person(SQLModel, table=True):
    """Somebody of the company: as Slack describes them (without a Slack account: as the list of people does), what the
    list says of them (`team`; `listed` is their role there), the user groups by which they lead (`grouped`) or, if the
    list says none, are of their team (`team_group`), and what they asked the bot to respect. A guest `visits`, and
    `is_guest` while guests take no part. Who `is_erased` is a row that points and praise hang on, and says nothing of
    anybody."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_id"),
        Index("ix_person_workspace_id_appointed", "workspace_id", "appointed"),
        Index("ix_person_workspace_id_listed", "workspace_id", "listed"),
        Index("ix_person_workspace_id_email", "workspace_id", "email"),
        Index("ix_person_workspace_id_handle", "workspace_id", "handle"),
        Index(
            "ix_person_unranked",
            "workspace_id",
            "id",
            sqlite_where=text("hides_rank = 1 OR is_gone = 1"),
            postgresql_where=text("hides_rank OR is_gone"),
        ),  # few, and boards leave them out
        Index(
            "ix_person_ranked",
            "workspace_id",
            "team",
            "id",
            sqlite_where=text(" AND ".join(["team != ''", *(f"{flag} = 0" for flag in _SHUT_OUT)])),
            postgresql_where=text(" AND ".join(["team != ''", *(f"NOT {flag}" for flag in _SHUT_OUT)])),
        ),  # whom boards of teams count
        Index(
            "ix_person_absent",
            "workspace_id",
            "id",
            sqlite_where=text(" OR ".join(f"{flag} = 1" for flag in _ABSENT)),
            postgresql_where=text(" OR ".join(_ABSENT)),
        ),  # few beside all
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    slack_id: str | None = None
    name: str = ""
    locale: str = ""
    zone: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_gone: bool = False
    is_slack_admin: bool = False
    appointed: str = ""
    keeps_private: bool = False
    hides_rank: bool = False
    email: str = Field(default="", sa_column_kwargs=EMPTY)
    handle: str = Field(default="", sa_column_kwargs=EMPTY)
    team: str = Field(default="", sa_column_kwargs=EMPTY)
    listed: str = Field(default="", sa_column_kwargs=EMPTY)
    grouped: str = Field(default="", sa_column_kwargs=EMPTY)
    team_group: str = Field(default="", sa_column_kwargs=EMPTY)
    visits: bool = Field(default=False, sa_column_kwargs=NO)
    is_erased: bool = Field(default=False, sa_column_kwargs=NO)
    told_at: int = 0
    seen_at: datetime


class Channel(SQLModel, table=True):
    """A channel as Slack last described it."""

    workspace_id: str = Field(primary_key=True)
    slack_id: str = Field(primary_key=True)
    locale: str = ""
    is_member: bool = False
    checked_at: datetime
    invitation_offered_at: datetime | None = None
