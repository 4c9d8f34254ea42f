"""Rituals, what became of each on each date, and the praise that can open a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import func, update
from sqlmodel import Session, col, exists, select

from bot.rules.rituals import Candidate
from storage import models
from storage.models import Occurrence, Person, Praised
from storage.select import columns, table
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


def skip(session: Session, ritual_id: str, local_date: date) -> None:
    """A post that never left: its date counts as skipped, and its praise as never featured."""
    here = (col(Occurrence.ritual_id) == ritual_id, col(Occurrence.local_date) == local_date)
    praise_id = session.exec(select(Occurrence.praise_id).where(*here)).one()
    session.execute(update(Occurrence).where(*here).values(state="skipped"))
    session.execute(update(models.Praise).where(col(models.Praise.id) == praise_id).values(featured_on=None))


_PRAISES, _PRAISED, _PEOPLE = table(models.Praise), table(Praised), table(Person)
_SHOWN = (
    columns(_PRAISED.c.person_id)
    .join(_PEOPLE, _PEOPLE.c.id == _PRAISED.c.person_id)
    .where(_PRAISED.c.praise_id == _PRAISES.c.id, _PEOPLE.c.keeps_private.is_(False))
)


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
        .limit(1)
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


def _public(workspace_id: str) -> tuple[Any, ...]:
    """Accepted praise of at least one person who does not keep it private."""
    return (_PRAISES.c.workspace_id == workspace_id, _PRAISES.c.state == "accepted", exists(_SHOWN))


def _new(workspace_id: str, since: datetime, until: datetime) -> tuple[Any, ...]:
    """Public praise accepted from `since` on and before `until`, imported history left out."""
    accepted_at = _PRAISES.c.accepted_at
    return (*_public(workspace_id), accepted_at >= since, accepted_at < until, _PRAISES.c.imported.is_(False))


def recent(session: Session, workspace_id: str, since: datetime, until: datetime) -> tuple[Candidate, ...]:
    """What is new in that time and could open a day."""
    return _candidates(session, columns(_PRAISES.c.id).where(*_new(workspace_id, since, until)))


def readings(session: Session, workspace_id: str, since: datetime, until: datetime) -> dict[str, datetime | None]:
    """For what is new in that time: when its applause was last read from Slack, by its id, most applauded first."""
    asked = columns(_PRAISES.c.id, _PRAISES.c.applause_read_at).where(*_new(workspace_id, since, until))
    rows = session.execute(asked.order_by(_PRAISES.c.applause.desc(), _PRAISES.c.id))
    return {praise_id: read_at for praise_id, read_at in rows}


def unfeatured(session: Session, workspace_id: str, limit: int) -> tuple[Candidate, ...]:
    """Public praise that never opened a day: the `limit` most moving, as `bot.rules.rituals` has it."""
    ids = (
        columns(_PRAISES.c.id)
        .where(*_public(workspace_id), _PRAISES.c.featured_on.is_(None))
        .order_by(
            _PRAISES.c.applause.desc(),
            _PRAISES.c.link == "",
            func.length(_PRAISES.c.words).desc(),
            _PRAISES.c.recorded_at,
            _PRAISES.c.id,
        )
        .limit(limit)
    )
    return _candidates(session, ids)


def _candidates(session: Session, ids: Any) -> tuple[Candidate, ...]:
    """What the choice needs to know of these praises, without their words."""
    ids = ids.subquery()
    persons: dict[str, set[str]] = {}
    shown = columns(_PRAISED.c.praise_id, _PRAISED.c.person_id).join(_PEOPLE, _PEOPLE.c.id == _PRAISED.c.person_id)
    whom = shown.join(ids, ids.c.id == _PRAISED.c.praise_id).where(_PEOPLE.c.keeps_private.is_(False))
    for praise_id, person_id in session.execute(whom):
        persons.setdefault(praise_id, set()).add(person_id)
    told = columns(
        _PRAISES.c.id, _PRAISES.c.applause, _PRAISES.c.link, func.length(_PRAISES.c.words), _PRAISES.c.recorded_at
    )
    rows = session.execute(told.join(ids, ids.c.id == _PRAISES.c.id))
    return tuple(
        Candidate(id_, frozenset(persons[id_]), applause, bool(link), length, recorded_at)
        for id_, applause, link, length, recorded_at in rows
    )
