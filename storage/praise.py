"""Praise and whom it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, bindparam, desc, exists, func, literal_column, or_, union_all, update
from sqlmodel import Session, col, select

from storage import models, people
from storage.models import Message, Praised
from storage.people import Member
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import insert, insert_all

State = Literal["accepted", "waiting", "refused", "erased"]


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
    """What is to be stored; `state` "waiting" says in `reason` why ("self" or "many").

    `rest` is what the customer said beside the words; a `Praise` never carries it, so that no view can show it. `whole`
    is the fingerprint of both together, "" without a rest.
    """

    words: str
    fingerprint: str
    customer: str
    source: str
    happened_on: date
    link: str
    recorder: Member | None
    people: tuple[Member, ...]
    checked: bool
    state: State
    reason: str = ""
    imported: bool = False
    rest: str = ""
    whole: str = ""


def add(session: Session, workspace_id: str, new: NewPraise, *, now: datetime) -> Praise:
    """Store a praise; gives it as `get` would."""
    told = {name: getattr(new, name) for name in _TOLD}
    praise_id, recorder_id = models.dated_id(now), new.recorder.id if new.recorder else None
    ours = {"workspace_id": workspace_id, "recorder_id": recorder_id, "recorded_at": now}
    accepted_at = now if new.state == "accepted" else None
    unseen = {"imported": new.imported, "rest": new.rest}
    row = {"id": praise_id, **ours, **told, **unseen, "accepted_at": accepted_at, "applause": 0}
    insert(session, models.Praise, row)
    prints = {"fingerprint": new.fingerprint, "whole": new.whole}
    same = {**ours, "praise_id": praise_id, **prints, "happened_on": new.happened_on}
    insert_all(
        session, Praised, [{**same, "person_id": one.id, "place": place} for place, one in enumerate(new.people)]
    )
    return Praise(
        id=praise_id,
        **told,
        recorded_at=now,
        applause=0,
        applause_read_at=None,
        recorder=new.recorder,
        decider=None,
        people=new.people,
    )


_TOLD = ("words", "customer", "source", "happened_on", "link", "checked", "state", "reason")
"""What a praise keeps of what is told of it."""
_PRAISES, _PRAISED, _HANDOVERS = table(models.Praise), table(Praised), table(models.Handover)
_THESE = Prepared(columns(*_PRAISES.c).where(_PRAISES.c.id.in_(bindparam("ids", expanding=True))))
_WHOM = Prepared(
    columns(_PRAISED.c.praise_id, _PRAISED.c.person_id)
    .where(_PRAISED.c.praise_id.in_(bindparam("ids", expanding=True)))
    .order_by(_PRAISED.c.praise_id, _PRAISED.c.place)
)
MIXED = _PRAISED.c.whole != literal_column("''")
"""Spelt as the index of mixed comments is."""
_NOT_REFUSED = (_PRAISES.c.id == _PRAISED.c.praise_id, _PRAISES.c.state != "refused")
_NEAR = columns(
    _PRAISED.c.person_id, _PRAISED.c.praise_id.label("first_id"), _PRAISED.c.recorded_at.label("came_at")
).where(
    *_NOT_REFUSED,
    _PRAISED.c.person_id.in_(bindparam("people", expanding=True)),
    _PRAISED.c.happened_on.between(bindparam("first"), bindparam("last")),
)
# Two halves, so that each engine looks into both indexes; an OR it may answer by reading all that somebody has.
_DUPLICATES = Prepared(
    union_all(
        _NEAR.where(_PRAISED.c.fingerprint.in_(bindparam("fingerprints", expanding=True))),
        _NEAR.where(_PRAISED.c.whole == bindparam("words"), MIXED),
    ).order_by(desc("came_at"), desc("first_id"))
)
_RECORDED = Prepared(
    columns(_PRAISED.c.person_id, func.count())
    .where(
        *_NOT_REFUSED,
        _PRAISED.c.person_id.in_(bindparam("people", expanding=True)),
        _PRAISED.c.recorder_id == bindparam("recorder"),
        _PRAISED.c.recorded_at > bindparam("since"),
    )
    .group_by(_PRAISED.c.person_id)
)


def get(session: Session, praise_id: str) -> Praise | None:
    """The praise with this id."""
    return next(iter(several(session, [praise_id])), None)


def several(session: Session, praise_ids: Sequence[str]) -> tuple[Praise, ...]:
    """The praises with these ids, in the order of the ids; unknown ids are left out."""
    ids = list(praise_ids)
    rows: dict[str, Any] = {row.id: row for row in _THESE.rows(session, ids=ids)}
    named: dict[str, list[str]] = {}
    for praise_id, person_id in _WHOM.rows(session, ids=ids):
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


def lock(session: Session, praise_id: str) -> None:
    """Keep others from changing this praise until the transaction ends (SQLite: it already does)."""
    session.execute(select(models.Praise.id).where(models.Praise.id == praise_id).with_for_update())


def duplicates(
    session: Session, person_ids: Iterable[str], fingerprint: str, happened_on: date, days: int, *, whole: str = ""
) -> dict[str, str]:
    """For each of these people who already has these words within `days` of that day: the first such praise's id.

    Who has the `whole` of which they are a part has them, and who has a part of a comment has the whole of it; two
    different parts of one comment are two praises, as when it lauds two things.
    """
    span = min(timedelta(days=days), happened_on - date.min)  # a date picker reaches the year 1
    first, last = happened_on - span, happened_on + span
    prints = [fingerprint, whole] if whole else [fingerprint]
    asked = {"people": list(person_ids), "fingerprints": prints, "words": fingerprint, "first": first, "last": last}
    return {row.person_id: row.first_id for row in _DUPLICATES.rows(session, **asked)}


def times_recorded(session: Session, recorder_id: str, person_ids: Iterable[str], since: datetime) -> dict[str, int]:
    """How many praises this colleague recorded for each of these people since then, refused ones not counted."""
    return dict(_RECORDED.rows(session, people=list(person_ids), recorder=recorder_id, since=since))


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


def unposted(session: Session, person_id: str, since: datetime) -> tuple[Praise, ...]:
    """Praise of this person, accepted or handed on to them since then, whose post does not stand in Slack: owed still,
    or kept private."""
    stands = select(Message.id).where(col(Message.subject) == "praise:" + _PRAISES.c.id)
    handed = _HANDOVERS.c.praise_id == _PRAISES.c.id, _HANDOVERS.c.to_id == person_id, _HANDOVERS.c.handed_at > since
    lately = and_(_PRAISED.c.recorded_at > since - timedelta(days=30), _PRAISES.c.accepted_at > since)
    ids = session.execute(
        columns(_PRAISES.c.id)
        .join(_PRAISED, _PRAISED.c.praise_id == _PRAISES.c.id)
        .where(
            _PRAISED.c.person_id == person_id,
            or_(lately, exists(select(_HANDOVERS.c.to_id).where(*handed))),
            ~exists(stands),
        )
    )
    return several(session, [row[0] for row in ids])
