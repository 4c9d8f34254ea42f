"""Rituals, what became of each on each date, and the praise that can open a day."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, exists, select

from bot.rules.rituals import Candidate
from storage import models
from storage.models import Occurrence, Person, Praised
from storage.mornings import Shown
from storage.select import columns, table
from storage.upsert import insert, upsert

State = Literal["posted", "silent", "rest", "skipped"]
Teams = Collection[str] | None
"""Whose praise it is about: people of teams that are spelt in one of these ways; None for everybody."""


@dataclass(frozen=True)
class Ritual:
    """A recurring morning post; `workdays` are Monday = 0 to Sunday = 6. With a `team`, of praise of its people."""

    id: str
    name: str
    channel: str
    at: str
    zone: str
    workdays: frozenset[int]
    holidays: str
    created_at: datetime
    team: str = ""
    retired_at: datetime | None = None


def skip(session: Session, ritual_id: str, local_date: date) -> None:
    """A post that never left: its date counts as skipped, and its praise as one that did not open it."""
    here = (col(Occurrence.ritual_id) == ritual_id, col(Occurrence.local_date) == local_date)
    session.execute(update(Occurrence).where(*here).values(state="skipped"))


_RITUALS = table(models.Ritual)
_ALL = columns(*(_RITUALS.c[part.name] for part in fields(Ritual))).where(
    _RITUALS.c.workspace_id == bindparam("workspace_id")
)
_KEPT = _ALL.where(_RITUALS.c.retired_at.is_(None))
DEFAULT = "default"
"""The name of the ritual that the settings describe."""


def keep(session: Session, workspace_id: str, ritual: Ritual) -> None:
    """Store a ritual by its name; one that is there keeps its id, and is no longer retired if it was."""
    told = {part.name: getattr(ritual, part.name) for part in fields(Ritual) if part.name not in ("id", "name")}
    told["workdays"] = ",".join(map(str, sorted(ritual.workdays)))
    row = {"id": ritual.id, "workspace_id": workspace_id, "name": ritual.name}
    upsert(session, models.Ritual, {**row, **told}, keys=("workspace_id", "name"), **told)


def retire(session: Session, ritual_id: str, *, now: datetime) -> None:
    """Let a ritual rest: what became of it on each date stays."""
    session.execute(update(models.Ritual).where(col(models.Ritual.id) == ritual_id).values(retired_at=now))


def every(session: Session, workspace_id: str, *, retired: bool = False) -> tuple[Ritual, ...]:
    """The rituals of a workspace, the default one first, then by name; the retired ones only if they are wanted."""
    rows = session.execute(_ALL if retired else _KEPT, {"workspace_id": workspace_id})
    return tuple(sorted(map(_ritual, rows), key=lambda ritual: (ritual.name != DEFAULT, ritual.name)))


def _ritual(row: Any) -> Ritual:
    workdays = frozenset(int(day) for day in row.workdays.split(",") if day)
    return Ritual(**{**row._mapping, "workdays": workdays})


def last_date(session: Session, ritual_id: str) -> date | None:
    """The newest date on which the ritual was decided."""
    return session.exec(select(func.max(col(Occurrence.local_date))).where(Occurrence.ritual_id == ritual_id)).one()


def decided_on(session: Session, workspace_id: str, local_date: date) -> frozenset[str]:
    """The ids of the rituals that settled this date."""
    here = (col(Occurrence.workspace_id) == workspace_id, col(Occurrence.local_date) == local_date)
    return frozenset(session.exec(select(Occurrence.ritual_id).where(*here)))


def last_posted(session: Session, ritual_id: str) -> tuple[datetime, str] | None:
    """When the ritual was last posted, and the praise that opened that day."""
    row = session.exec(
        select(Occurrence.decided_at, Occurrence.praise_id)
        .where(Occurrence.ritual_id == ritual_id, Occurrence.state == "posted")
        .order_by(col(Occurrence.local_date).desc())
        .limit(1)
    ).first()
    return (row[0], row[1] or "") if row else None


def ever_posted(session: Session, workspace_id: str) -> bool:
    """Whether any ritual ever opened a day."""
    here = (Occurrence.workspace_id == workspace_id, Occurrence.state == "posted")
    return session.exec(select(Occurrence.ritual_id).where(*here).limit(1)).first() is not None


def decide(
    session: Session,
    workspace_id: str,
    ritual_id: str,
    local_date: date,
    state: State,
    *,
    due_at: datetime,
    now: datetime,
    shown: Shown | None = None,
) -> bool:
    """Write down what became of a date, and what its post shows; False if it was decided before, by whomever."""
    row = {
        "ritual_id": ritual_id,
        "local_date": local_date,
        "workspace_id": workspace_id,
        "due_at": due_at,
        "decided_at": now,
        "state": state,
        **(shown.row if shown else {}),
    }
    return insert(session, Occurrence, row)


_PRAISES, _PRAISED, _PEOPLE = table(models.Praise), table(Praised), table(Person)
_OCCURRENCES = table(Occurrence)


def _public(workspace_id: str, teams: Teams) -> tuple[Any, ...]:
    """Accepted praise of at least one person (of these teams) who does not keep it private."""
    shown = (
        columns(_PRAISED.c.person_id)
        .join(_PEOPLE, _PEOPLE.c.id == _PRAISED.c.person_id)
        .where(_PRAISED.c.praise_id == _PRAISES.c.id, _PEOPLE.c.keeps_private.is_(False))
    )
    if teams is not None:
        shown = shown.where(_PEOPLE.c.team.in_(list(teams)))
    return (_PRAISES.c.workspace_id == workspace_id, _PRAISES.c.state == "accepted", exists(shown))


def _new(workspace_id: str, since: datetime, until: datetime, teams: Teams) -> tuple[Any, ...]:
    """Public praise accepted from `since` on and before `until`, imported history left out."""
    accepted_at = _PRAISES.c.accepted_at
    return (*_public(workspace_id, teams), accepted_at >= since, accepted_at < until, _PRAISES.c.imported.is_(False))


def recent(
    session: Session, workspace_id: str, since: datetime, until: datetime, teams: Teams = None
) -> tuple[Candidate, ...]:
    """What is new in that time and could open a day."""
    return _candidates(session, columns(_PRAISES.c.id).where(*_new(workspace_id, since, until, teams)))


def readings(
    session: Session, workspace_id: str, since: datetime, until: datetime, teams: Teams = None
) -> dict[str, datetime | None]:
    """For what is new in that time: when its applause was last read from Slack, by its id, most applauded first."""
    asked = columns(_PRAISES.c.id, _PRAISES.c.applause_read_at).where(*_new(workspace_id, since, until, teams))
    rows = session.execute(asked.order_by(_PRAISES.c.applause.desc(), _PRAISES.c.id))
    return {praise_id: read_at for praise_id, read_at in rows}


def picked(
    session: Session, workspace_id: str, ritual_id: str, since: datetime | None, teams: Teams = None
) -> tuple[Candidate, ...]:
    """Public praise that leads picked from `since` on (None: whenever) and that never opened a day of this ritual."""
    asked = columns(_PRAISES.c.id, _PRAISES.c.picked_at).where(
        *_public(workspace_id, teams), _PRAISES.c.picked_at.is_not(None), _never_opened(ritual_id)
    )
    if since:
        asked = asked.where(_PRAISES.c.picked_at >= since)
    found = {candidate.id: candidate for candidate in _candidates(session, asked)}
    return tuple(replace(found[id_], picked_at=picked_at) for id_, picked_at in session.execute(asked))


def unfeatured(
    session: Session, workspace_id: str, ritual_id: str, limit: int, teams: Teams = None
) -> tuple[Candidate, ...]:
    """Public praise that never opened a day of this ritual: the `limit` most moving, as `bot.rules.rituals` has it."""
    ids = (
        columns(_PRAISES.c.id)
        .where(*_public(workspace_id, teams), _never_opened(ritual_id))
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


def _never_opened(ritual_id: str) -> Any:
    opened = columns(_OCCURRENCES.c.praise_id).where(
        _OCCURRENCES.c.ritual_id == ritual_id,
        _OCCURRENCES.c.state == "posted",
        _OCCURRENCES.c.praise_id.is_not(None),  # a NULL among them, and SQL finds nothing that is not in them
    )
    return _PRAISES.c.id.not_in(opened)


_TOLD = (_PRAISES.c.id, _PRAISES.c.applause, _PRAISES.c.link, func.length(_PRAISES.c.words), _PRAISES.c.recorded_at)
_PERSONS = (
    columns(_PRAISED.c.praise_id, _PRAISED.c.person_id)
    .join(_PEOPLE, _PEOPLE.c.id == _PRAISED.c.person_id)
    .where(_PRAISED.c.praise_id.in_(bindparam("ids", expanding=True)), _PEOPLE.c.keeps_private.is_(False))
)
AT_ONCE = 500
"""Ids in one statement: both engines have a limit."""


def _candidates(session: Session, ids: Any) -> tuple[Candidate, ...]:
    """What the choice needs to know of the praises that `ids` selects, without their words."""
    rows = session.execute(ids.with_only_columns(*_TOLD)).all()  # it may sort very many: it is run once
    persons: dict[str, set[str]] = {}
    for start in range(0, len(rows), AT_ONCE):
        wanted = [row[0] for row in rows[start : start + AT_ONCE]]
        for praise_id, person_id in session.execute(_PERSONS, {"ids": wanted}):
            persons.setdefault(praise_id, set()).add(person_id)
    return tuple(
        Candidate(id_, frozenset(persons[id_]), applause, bool(link), length, recorded_at)
        for id_, applause, link, length, recorded_at in rows
    )
