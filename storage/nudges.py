"""How many nudges people had in a week, which goes by its Monday; `bot.rules.nudges` says how many there may be."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col

from storage import models
from storage.select import columns, table
from storage.upsert import add_up

_NUDGES = table(models.Nudge)
_HAD = columns(_NUDGES.c.person_id, _NUDGES.c.count).where(
    _NUDGES.c.workspace_id == bindparam("workspace_id"), _NUDGES.c.week == bindparam("week")
)


def had(session: Session, workspace_id: str, week: date) -> dict[str, int]:
    """How many each person had, by id; who had none is left out."""
    return {
        person_id: count for person_id, count in session.execute(_HAD, {"workspace_id": workspace_id, "week": week})
    }


def add(session: Session, workspace_id: str, person_ids: Collection[str], week: date) -> None:
    """Count one more for each of these people."""
    same = {"workspace_id": workspace_id, "week": week, "count": 1}
    if person_ids:
        rows = [{"person_id": person_id, **same} for person_id in person_ids]
        add_up(session, models.Nudge, rows, keys=("person_id", "week"), sums=("count",))


def forget(session: Session, before: date) -> None:
    """Drop the counts of weeks that began before this date."""
    session.execute(delete(models.Nudge).where(col(models.Nudge.week) < before))
