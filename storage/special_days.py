"""Single dates on which the company works, or does not, whatever its weekdays and its calendar say."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col

from storage import models
from storage.models import Person
from storage.select import columns, table
from storage.upsert import upsert


@dataclass(frozen=True)
class SpecialDay:
    """A date that was set; `set_by` is the Slack id of the admin who did, empty for the command line."""

    day: date
    works: bool
    set_by: str
    set_at: datetime


_DAYS, _PEOPLE = table(models.SpecialDay), table(Person)
_HERE = _DAYS.c.workspace_id == bindparam("workspace_id")
_EVERY = columns(_DAYS.c.day, _DAYS.c.works).where(_HERE)
_COMING = (
    columns(_DAYS.c.day, _DAYS.c.works, _PEOPLE.c.slack_id, _DAYS.c.set_at)
    .outerjoin(_PEOPLE, _PEOPLE.c.id == _DAYS.c.set_by)
    .where(_HERE, _DAYS.c.day >= bindparam("since"))
    .order_by(_DAYS.c.day)
)


def every(session: Session, workspace_id: str) -> dict[date, bool]:
    """Every date that was set, and whether people work on it."""
    return {day: works for day, works in session.execute(_EVERY, {"workspace_id": workspace_id})}


def coming(session: Session, workspace_id: str, since: date) -> tuple[SpecialDay, ...]:
    """The dates from `since` on that were set, in order."""
    rows = session.execute(_COMING, {"workspace_id": workspace_id, "since": since})
    return tuple(SpecialDay(day, works, set_by or "", set_at) for day, works, set_by, set_at in rows)


def keep(session: Session, workspace_id: str, day: date, *, works: bool, by: str | None, now: datetime) -> None:
    """Set a date; the newest word on it stands. `by` is the id of a person, None for the command line."""
    told = {"works": works, "set_by": by, "set_at": now}
    row = {"workspace_id": workspace_id, "day": day}
    upsert(session, models.SpecialDay, {**row, **told}, keys=("workspace_id", "day"), **told)


def strike(session: Session, workspace_id: str, day: date) -> None:
    """Let a date be as the weekdays and the calendar have it."""
    here = (col(models.SpecialDay.workspace_id) == workspace_id, col(models.SpecialDay.day) == day)
    session.execute(delete(models.SpecialDay).where(*here))
