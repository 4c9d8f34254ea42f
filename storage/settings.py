"""Settings that admins changed in Slack: each stands over the one of the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col

from storage import models
from storage.select import columns, table
from storage.upsert import upsert


@dataclass(frozen=True)
class Kept:
    """The text of a setting, the id of who set it ("" for the command line), and when."""

    value: str
    set_by: str
    set_at: datetime


_SETTINGS = table(models.Setting)
_EVERY = columns(_SETTINGS.c.name, _SETTINGS.c.value, _SETTINGS.c.set_by, _SETTINGS.c.set_at).where(
    _SETTINGS.c.workspace_id == bindparam("workspace_id")
)


def every(session: Session, workspace_id: str) -> dict[str, Kept]:
    """All that was changed, by the name of the setting."""
    return {name: Kept(*told) for name, *told in session.execute(_EVERY, {"workspace_id": workspace_id})}


def texts(session: Session, workspace_id: str) -> Mapping[str, str]:
    """The texts alone: what a process compares with those that it goes by."""
    return {name: kept.value for name, kept in every(session, workspace_id).items()}


def keep(session: Session, workspace_id: str, name: str, value: str, *, by: str, now: datetime) -> None:
    """Let a text stand; the newest word stands. `by` is the id of a person, "" for the command line."""
    told = {"value": value, "set_by": by, "set_at": now}
    row = {"workspace_id": workspace_id, "name": name}
    upsert(session, models.Setting, {**row, **told}, keys=("workspace_id", "name"), **told)


def strike(session: Session, workspace_id: str, name: str) -> None:
    """Let a setting be again as the environment has it."""
    here = (col(models.Setting.workspace_id) == workspace_id, col(models.Setting.name) == name)
    session.execute(delete(models.Setting).where(*here))
