"""Praise and whom it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage import models, people
from storage.models import Praised
from storage.people import Member
from storage.select import columns
from storage.upsert import insert

_TABLE: Any = models.Praise.__table__  # type: ignore[attr-defined]

State = Literal["accepted", "waiting", "refused"]


@dataclass(frozen=True)
class Praise:
    """A praise with the people it is about, in the order in which they were named."""

    id: str
    words: str
    customer: str
    source: str
    happened_on: date
    link: str
    checked: bool
    state: State
    reason: str
    recorded_at: datetime
    applause: int
    applause_read_at: datetime | None
    recorder: Member | None
    decider: Member | None
    people: tuple[Member, ...]

    @property
    def shown(self) -> tuple[Member, ...]:
        """Those of the praised who do not keep praise of them private."""
        return tuple(person for person in self.people if not person.keeps_private)


@dataclass(frozen=True)
class NewPraise:
    """What is to be stored; `state` "waiting" says in `reason` why ("self" or "many")."""

    words: str
    fingerprint: str
    customer: str
    source: str
    happened_on: date
    link: str
    recorder_id: str | None
    checked: bool
    state: State
    reason: str = ""
    imported: bool = False


def add(session: Session, workspace_id: str, new: NewPraise, person_ids: Sequence[str], *, now: datetime) -> str:
    """Store a praise of these people; gives its id."""
    praise_id = models.new_id()
    row = {key: value for key, value in new.__dict__.items() if key != "fingerprint"}
    accepted_at = now if new.state == "accepted" else None
    unset = {"applause": 0}
    insert(
        session,
        models.Praise,
        {"id": praise_id, "workspace_id": workspace_id, "recorded_at": now, "accepted_at": accepted_at, **unset, **row},
    )
    for place, person_id in enumerate(person_ids):
        insert(
            session,
            Praised,
            {
                "praise_id": praise_id,
                "person_id": person_id,
                "workspace_id": workspace_id,
                "place": place,
                "fingerprint": new.fingerprint,
                "happened_on": new.happened_on,
                "recorder_id": new.recorder_id,
                "recorded_at": now,
            },
        )
    return praise_id


def get(session: Session, praise_id: str) -> Praise | None:
    """The praise with this id."""
    return next(iter(several(session, [praise_id])), None)


def several(session: Session, praise_ids: Sequence[str]) -> tuple[Praise, ...]:
    """The praises with these ids, in the order of the ids; unknown ids are left out."""
    rows: dict[str, Any] = {
        row.id: row for row in session.execute(columns(*_TABLE.c).where(_TABLE.c.id.in_(praise_ids)))
    }
    named: dict[str, list[str]] = {}
    for praise_id, person_id in session.exec(
        select(Praised.praise_id, Praised.person_id)
        .where(col(Praised.praise_id).in_(praise_ids))
        .order_by(Praised.praise_id, col(Praised.place))
    ):
        named.setdefault(praise_id, []).append(person_id)
    wanted = {person_id for ids in named.values() for person_id in ids}
    wanted |= {person_id for row in rows.values() for person_id in (row.recorder_id, row.decided_by) if person_id}
    members = people.by_id(session, wanted)
    return tuple(_praise(rows[id_], named.get(id_, ()), members) for id_ in praise_ids if id_ in rows)


def _praise(row: Any, named: Iterable[str], members: dict[str, Member]) -> Praise:
    return Praise(
        id=row.id,
        words=row.words,
        customer=row.customer,
        source=row.source,
        happened_on=row.happened_on,
        link=row.link,
        checked=row.checked,
        state=row.state,
        reason=row.reason,
        recorded_at=row.recorded_at,
        applause=row.applause,
        applause_read_at=row.applause_read_at,
        recorder=members.get(row.recorder_id or ""),
        decider=members.get(row.decided_by or ""),
        people=tuple(members[person_id] for person_id in named if person_id in members),
    )


def duplicates(
    session: Session, person_ids: Iterable[str], fingerprint: str, happened_on: date, days: int
) -> dict[str, str]:
    """For each of these people who already has these words within `days` of that day: the first such praise's id."""
    span = timedelta(days=days)
    since = happened_on - min(span, happened_on - date.min)  # the calendar has a first day
    rows = session.exec(
        select(Praised.person_id, Praised.praise_id)
        .join(models.Praise, col(models.Praise.id) == col(Praised.praise_id))
        .where(
            col(Praised.person_id).in_(list(person_ids)),
            Praised.fingerprint == fingerprint,
            col(Praised.happened_on).between(since, happened_on + span),
            models.Praise.state != "refused",
        )
        .order_by(col(Praised.recorded_at).desc(), col(Praised.praise_id).desc())
    )
    return dict(rows.all())


def times_recorded(session: Session, recorder_id: str, person_id: str, since: datetime) -> int:
    """How many praises this colleague recorded for this person since then, refused ones not counted."""
    return session.exec(
        select(func.count())
        .select_from(Praised)
        .join(models.Praise, col(models.Praise.id) == col(Praised.praise_id))
        .where(
            Praised.person_id == person_id,
            Praised.recorder_id == recorder_id,
            Praised.recorded_at > since,
            models.Praise.state != "refused",
        )
    ).one()


def decide(session: Session, praise_id: str, *, accepted: bool, by: str, reason: str, now: datetime) -> bool:
    """Settle a waiting praise; False if somebody did before."""
    result: Any = session.execute(
        update(models.Praise)
        .where(col(models.Praise.id) == praise_id, col(models.Praise.state) == "waiting")
        .values(
            state="accepted" if accepted else "refused",
            checked=accepted,
            accepted_at=now if accepted else None,
            decided_by=by,
            decided_at=now,
            reason=reason,
        )
    )
    return bool(result.rowcount)


def waiting_unreminded(session: Session, workspace_id: str, before: datetime) -> list[str]:
    """Praises that wait since before then and about which nobody was reminded."""
    return list(
        session.exec(
            select(models.Praise.id).where(
                models.Praise.workspace_id == workspace_id,
                models.Praise.state == "waiting",
                models.Praise.recorded_at <= before,
                col(models.Praise.reminded_at).is_(None),
            )
        )
    )


def reminded(session: Session, praise_id: str, *, now: datetime) -> None:
    """Note that the leads were reminded of it."""
    session.execute(update(models.Praise).where(col(models.Praise.id) == praise_id).values(reminded_at=now))
