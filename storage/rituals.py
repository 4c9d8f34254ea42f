"""Rituals, what became of each on each date, and the praise that can open a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import func, update
from sqlmodel import Session, col, exists, select

from storage import models, praise
from storage.models import Occurrence, Person, Praised
from storage.praise import Praise
from storage.upsert import insert, upsert

State = Literal["posted", "silent", "rest", "skipped"]


@dataclass(frozen=True)
class Ritual:
    """A recurring morning post; `workdays` are Monday = 0 to Sunday = 6."""

    id: str
    name: str
    channel: str
    at: str
    zone: str
    workdays: frozenset[int]
    holidays: str
    created_at: datetime


def keep(session: Session, workspace_id: str, ritual: Ritual) -> None:
    """Store a ritual by its name; one that is there keeps its id and the day on which it was made."""
    told = {
        "channel": ritual.channel,
        "at": ritual.at,
        "zone": ritual.zone,
        "workdays": ",".join(map(str, sorted(ritual.workdays))),
        "holidays": ritual.holidays,
    }
    fixed = {"id": ritual.id, "workspace_id": workspace_id, "name": ritual.name, "team": ""}
    upsert(
        session,
        models.Ritual,
        {**fixed, "created_at": ritual.created_at, **told},
        keys=("workspace_id", "name"),
        **told,
    )


def every(session: Session, workspace_id: str) -> tuple[Ritual, ...]:
    """All rituals of a workspace."""
    rows = session.exec(select(models.Ritual).where(models.Ritual.workspace_id == workspace_id))
    return tuple(
        Ritual(
            row.id,
            row.name,
            row.channel,
            row.at,
            row.zone,
            frozenset(int(day) for day in row.workdays.split(",") if day),
            row.holidays,
            row.created_at,
        )
        for row in rows
    )


def last_date(session: Session, ritual_id: str) -> date | None:
    """The newest date on which the ritual was decided."""
    return session.exec(select(func.max(col(Occurrence.local_date))).where(Occurrence.ritual_id == ritual_id)).one()


def last_posted(session: Session, ritual_id: str) -> tuple[datetime, str] | None:
    """When the ritual was last posted, and the praise that opened that day."""
    row = session.exec(
        select(Occurrence.decided_at, Occurrence.praise_id)
        .where(Occurrence.ritual_id == ritual_id, Occurrence.state == "posted")
        .order_by(col(Occurrence.local_date).desc())
    ).first()
    return (row[0], row[1] or "") if row else None


def decide(
    session: Session,
    workspace_id: str,
    ritual_id: str,
    local_date: date,
    state: State,
    *,
    due_at: datetime,
    now: datetime,
    praise_id: str | None = None,
) -> bool:
    """Write down what became of a date; False if it was decided before, by whomever."""
    row = {
        "ritual_id": ritual_id,
        "local_date": local_date,
        "workspace_id": workspace_id,
        "due_at": due_at,
        "decided_at": now,
        "state": state,
        "praise_id": praise_id,
    }
    if not insert(session, Occurrence, row):
        return False
    if praise_id:
        session.execute(update(models.Praise).where(col(models.Praise.id) == praise_id).values(featured_on=local_date))
    return True


def _public(workspace_id: str) -> Any:
    """Accepted praise of at least one person who does not keep it private."""
    shown = (
        select(Praised.person_id)
        .join(Person, col(Person.id) == col(Praised.person_id))
        .where(col(Praised.praise_id) == col(models.Praise.id), col(Person.keeps_private).is_(False))
    )
    return (models.Praise.workspace_id == workspace_id, models.Praise.state == "accepted", exists(shown))


def recent(session: Session, workspace_id: str, since: datetime, until: datetime) -> tuple[Praise, ...]:
    """Public praise accepted from `since` on and before `until`, imported history left out; the earliest first."""
    accepted_at = col(models.Praise.accepted_at)
    ids = session.exec(
        select(models.Praise.id)
        .where(*_public(workspace_id), accepted_at >= since, accepted_at < until)
        .where(col(models.Praise.imported).is_(False))
        .order_by(accepted_at, models.Praise.id)
    ).all()
    return praise.several(session, ids)


def unfeatured(session: Session, workspace_id: str, limit: int) -> tuple[Praise, ...]:
    """Public praise that never opened a day; the most moving first, as `bot.rules.rituals` has it."""
    ids: Sequence[str] = session.exec(
        select(models.Praise.id)
        .where(*_public(workspace_id), col(models.Praise.featured_on).is_(None))
        .order_by(
            col(models.Praise.applause).desc(),
            col(models.Praise.link) == "",
            func.length(models.Praise.words).desc(),
            col(models.Praise.recorded_at),
            models.Praise.id,
        )
        .limit(limit)
    ).all()
    return praise.several(session, ids)
