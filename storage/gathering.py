"""What came to people on a day, and the words that wait there to leave together; `bot.rules.nudges` says when."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, literal_column, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage import models
from storage.outbox import Message
from storage.payloads import written
from storage.people import Member
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import insert

_GATHERED, _DAYS, _PEOPLE = table(models.Gathered), table(models.DayTold), table(models.Person)
_HERE = _GATHERED.c.workspace_id == bindparam("workspace_id")
_WAITS = _GATHERED.c.bundle == literal_column("''")
_STANDS = _GATHERED.c.bundle != literal_column("''")
_NAMED = _GATHERED.c.subject != literal_column("''")
"""Spelt as the indexes are."""
_PART = columns(*(_GATHERED.c[name] for name in ("id", "person_id", "leaves_at", "zone", "bundle", "message")))
_RIPE = (
    columns(_GATHERED.c.person_id)
    .join(_PEOPLE, _PEOPLE.c.id == _GATHERED.c.person_id)
    .where(
        _HERE,
        _WAITS,
        or_(_GATHERED.c.leaves_at <= bindparam("now"), _GATHERED.c.zone != _PEOPLE.c.zone),
    )
    .distinct()
    .limit(bindparam("most"))
)
_WAITING = _PART.where(_HERE, _WAITS, _GATHERED.c.person_id == bindparam("person_id")).order_by(_GATHERED.c.id)
_OF = _PART.where(_HERE, _STANDS, _GATHERED.c.bundle == bindparam("bundle")).order_by(_GATHERED.c.id)


def _one_more(into: Any) -> Prepared:
    there = {"count": _DAYS.c.count + into.excluded.count}
    adding = into.on_conflict_do_update(index_elements=("person_id", "day"), set_=there)
    return Prepared(adding.returning(_DAYS.c.count), ("person_id", "day", "workspace_id", "count"))


_ONE_MORE = {dialect.__name__.rpartition(".")[2]: _one_more(dialect.insert(_DAYS)) for dialect in (sqlite, postgresql)}
"""For every praise that somebody is told: one statement, by dialect."""


@dataclass(frozen=True)
class Part:
    """Words that are gathered, as a message of their own would show them, empty once they are forgotten; `bundle` is ""
    until they may leave."""

    id: int
    person_id: str
    leaves_at: datetime
    zone: str
    bundle: str
    message: Message


def count(session: Session, workspace_id: str, person_id: str, day: date) -> int:
    """Count one more praise, kudos or decision for somebody on a day of theirs; gives how many there are now."""
    one_more = _ONE_MORE[session.get_bind().dialect.name]
    return int(one_more.first(session, person_id=person_id, day=day, workspace_id=workspace_id, count=1)[0])


def hold(
    session: Session,
    workspace_id: str,
    person: Member,
    *,
    key: str,
    subject: str,
    message: Mapping[str, object],
    leaves_at: datetime,
    now: datetime,
) -> bool:
    """Let these words for a person wait to be gathered; False if `key` waits or was gathered already. `leaves_at` is
    reckoned in their zone, the rest is as in `storage.outbox.post`."""
    row = {
        "workspace_id": workspace_id,
        "person_id": person.id,
        "key": key,
        "subject": subject,
        "message": written(message),
        "leaves_at": leaves_at,
        "zone": person.zone,
        "came_at": now,
    }
    return insert(session, models.Gathered, row)


def ripe(session: Session, workspace_id: str, *, now: datetime, limit: int) -> list[str]:
    """Some people whose words may leave now, or who went to another zone since these came."""
    asked = {"workspace_id": workspace_id, "now": now, "most": limit}
    return list(session.execute(_RIPE, asked).scalars())


def waiting(session: Session, workspace_id: str, person_id: str) -> tuple[Part, ...]:
    """What waits for somebody, in the order in which it came."""
    return _parts(session, _WAITING, workspace_id=workspace_id, person_id=person_id)


def of(session: Session, workspace_id: str, bundle: str) -> tuple[Part, ...]:
    """The parts of a message that is or was owed, in their order."""
    return _parts(session, _OF, workspace_id=workspace_id, bundle=bundle)


def named(session: Session, workspace_id: str, *, key: str = "", subject: str = "") -> Part | None:
    """The part with this key, or else with this subject."""
    which = _GATHERED.c.key == key if key else _GATHERED.c.subject == subject
    found = _parts(session, _PART.where(_HERE, which, *([] if key else [_NAMED])), workspace_id=workspace_id)
    return next(iter(found), None)


def put(session: Session, part_id: int, bundle: str) -> None:
    """Make a part of a message of it."""
    _change(session, [part_id], bundle=bundle)


def put_off(session: Session, part_ids: Collection[int], leaves_at: datetime, zone: str) -> None:
    """Let these leave at another moment, reckoned in another zone."""
    _change(session, part_ids, leaves_at=leaves_at, zone=zone)


def reword(session: Session, part_id: int, message: Mapping[str, object]) -> None:
    """Give a part other words."""
    _change(session, [part_id], message=written(message))


def drop(session: Session, part_id: int) -> None:
    """Forget a part as if it had never come."""
    session.execute(delete(_GATHERED).where(_GATHERED.c.id == part_id))


def forget(session: Session, before: datetime) -> None:
    """Forget the words that were gathered before this moment, but not of which message they are a part, and what was
    counted on days before it."""
    kept = written({})
    old = _STANDS, _GATHERED.c.leaves_at < before, _GATHERED.c.message != kept
    session.execute(update(_GATHERED).where(*old).values(message=kept))
    session.execute(delete(_DAYS).where(_DAYS.c.day < before.date()))


def _parts(session: Session, statement: Any, **asked: str) -> tuple[Part, ...]:
    return tuple(Part(*(*row[:-1], json.loads(row.message))) for row in session.execute(statement, asked))


def _change(session: Session, part_ids: Collection[int], **values: Any) -> None:
    session.execute(update(_GATHERED).where(_GATHERED.c.id.in_(list(part_ids))).values(**values))
