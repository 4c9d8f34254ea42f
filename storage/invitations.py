"""Who is asked in a round, when, and where that stands; never who answered."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from storage.models import Invitation, Survey
from storage.prepared import Prepared
from storage.select import columns, table

WAITING, OWED, LATER, TOLD, SPARED = "waiting", "owed", "later", "told", "spared"
"""Where an invitation stands: not asked yet, asked, put off by the person, told that the round is void; or not asked
after all, for the person left or did not want it any more when their hour came."""
_ASKED = (OWED, LATER)


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked: as one of which segment, when, and when once more (None: not)."""

    person_id: str
    segment: int
    ask_at: datetime
    again_at: datetime | None = None


@dataclass(frozen=True)
class Due:
    """Somebody whose hour has come, which was `wanted`; `again_at` as in Invited, `put_off` if they asked for it."""

    person_id: str
    wanted: datetime
    again_at: datetime | None = None
    put_off: bool = False


_INVITATIONS = table(Invitation)
_SEGMENT = Prepared(
    columns(_INVITATIONS.c.segment).where(
        _INVITATIONS.c.survey_id == bindparam("survey_id"), _INVITATIONS.c.person_id == bindparam("person_id")
    )
)
_SEGMENTS = Prepared(
    columns(_INVITATIONS.c.person_id, _INVITATIONS.c.segment).where(_INVITATIONS.c.survey_id == bindparam("survey_id"))
)


def invite(session: Session, workspace_id: str, survey_id: str, invited: Sequence[Invited]) -> None:
    """Note that these people are asked, in this order within an hour."""
    same = {"survey_id": survey_id, "workspace_id": workspace_id, "state": WAITING}
    rows = [{**one.__dict__, **same, "place": place} for place, one in enumerate(invited)]
    if rows:
        Prepared(_INVITATIONS.insert().inline(), tuple(rows[0])).run_all(session, rows)


def segment_of(session: Session, survey_id: str, person_id: str) -> int | None:
    """As one of which segment this person is asked; None if they are not asked."""
    found = _SEGMENT.first(session, survey_id=survey_id, person_id=person_id)
    return found.segment if found else None


def segments(session: Session, survey_id: str) -> Iterator[tuple[str, int]]:
    """Everybody who is asked, and as one of which segment."""
    for row in _SEGMENTS.rows(session, survey_id=survey_id):
        yield row.person_id, row.segment


def to_ask(session: Session, survey_id: str, *, now: datetime, limit: int) -> tuple[Due, ...]:
    """The next people whose hour has come."""
    own = (_INVITATIONS.c.person_id, _INVITATIONS.c.ask_at, _INVITATIONS.c.again_at)
    rows = session.execute(_next(own, survey_id, (WAITING,), _INVITATIONS.c.ask_at <= now, limit=limit))
    return tuple(Due(*row) for row in rows)


def to_tell(session: Session, survey_id: str, *, limit: int) -> tuple[str, ...]:
    """The ids of the next people who were asked and have not heard that the round is void."""
    return tuple(session.execute(_next((_INVITATIONS.c.person_id,), survey_id, _ASKED, limit=limit)).scalars())


def _next(own: Sequence[Any], survey_id: str, states: Sequence[str], *conditions: Any, limit: int) -> Any:
    these = (_INVITATIONS.c.survey_id == survey_id, _INVITATIONS.c.state.in_(states), *conditions)
    return columns(*own).where(*these).order_by(_INVITATIONS.c.ask_at, _INVITATIONS.c.place).limit(limit)


def mark(session: Session, survey_id: str, person_ids: Collection[str], state: str) -> None:
    """Note where these invitations stand."""
    _change(session, survey_id, person_ids, state=state)


def _change(session: Session, survey_id: str, person_ids: Collection[str], **changes: Any) -> None:
    these = (_INVITATIONS.c.survey_id == survey_id, _INVITATIONS.c.person_id.in_(list(person_ids)))
    if person_ids:
        session.execute(update(_INVITATIONS).where(*these).values(changes))


def take_back(session: Session, survey_id: str, person_ids: Collection[str]) -> None:
    """Those of these people who count as asked, and have not put it off, were not: they wait as before."""
    these = (_INVITATIONS.c.survey_id == survey_id, _INVITATIONS.c.person_id.in_(list(person_ids)))
    if person_ids:
        session.execute(update(_INVITATIONS).where(*these, _INVITATIONS.c.state == OWED).values(state=WAITING))


def postpone(session: Session, survey_id: str, person_id: str, at: datetime) -> None:
    """Ask this person, who has not been asked yet, at another time."""
    _change(session, survey_id, [person_id], ask_at=at)


def to_ask_again(session: Session, survey_id: str, *, now: datetime, limit: int) -> tuple[Due, ...]:
    """Those who were asked and whose hour to be asked once more has come."""
    due = (_INVITATIONS.c.survey_id == survey_id, _INVITATIONS.c.again_at <= now, _INVITATIONS.c.state.in_(_ASKED))
    wanted = columns(_INVITATIONS.c.person_id, _INVITATIONS.c.again_at, _INVITATIONS.c.state).where(*due)
    rows = session.execute(wanted.order_by(_INVITATIONS.c.again_at, _INVITATIONS.c.place).limit(limit))
    return tuple(Due(person_id, at, put_off=state == LATER) for person_id, at, state in rows)


def remind_at(session: Session, survey_id: str, person_id: str, at: datetime | None) -> None:
    """Ask this person once more at another time, or not."""
    _change(session, survey_id, [person_id], again_at=at)


def asked_again(session: Session, survey_id: str, person_ids: Collection[str]) -> None:
    """Note that these people are not to be asked once more."""
    _change(session, survey_id, person_ids, again_at=None, state=OWED)


def put_off(session: Session, survey_id: str, person_id: str, at: datetime) -> None:
    """Ask this person once more at that time, as they wished."""
    _change(session, survey_id, [person_id], again_at=at, state=LATER)


def waiting(session: Session, survey_id: str) -> tuple[int, datetime | None]:
    """How many have not been asked yet, and when the last of them is to be."""
    these = (_INVITATIONS.c.survey_id == survey_id, _INVITATIONS.c.state == WAITING)
    count, last = session.execute(columns(func.count(), func.max(_INVITATIONS.c.ask_at)).where(*these)).one()
    return count, last


def forget(session: Session, workspace_id: str, before: date) -> None:
    """Drop who was asked in rounds before that date; those that are under way keep it."""
    over = select(Survey.id).where(
        Survey.workspace_id == workspace_id,
        Survey.local_date < before,
        col(Survey.state).not_in(("open", "closing")),
    )
    session.execute(_INVITATIONS.delete().where(_INVITATIONS.c.survey_id.in_(over)))
