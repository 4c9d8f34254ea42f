"""Ideas, who backs them, and how their states changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import Session

from bot.rules.suggestions import State
from storage import models, people
from storage.models import Backing, Step
from storage.people import Member
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import insert


@dataclass(frozen=True)
class NewSuggestion:
    """An idea that is to be stored. `author` None: an anonymous one, with the digest of its `receipt` code and perhaps
    a sealed return `address`; `arrived` False keeps it from everybody until `arrive`."""

    title: str
    what: str
    gains: str
    author: Member | None
    why: str = ""
    wall: str = ""
    team: str = ""
    praise_id: str | None = None
    arrived: bool = True
    receipt: str = ""
    address: bytes | None = None


@dataclass(frozen=True)
class Suggestion:
    """An idea as it stands. `author` None: nobody knows whose it is, or the person is gone from the roster; `named`
    says which. `backers` counts those who back it; `praise_id` is the praise whose comment has it as its other part;
    `reachable` says that its author has a receipt code, and no name."""

    id: str
    title: str
    what: str
    why: str
    gains: str
    wall: str
    state: State
    team: str
    named: bool
    author: Member | None
    praise_id: str | None
    arrived: bool
    sent_on: date
    moved_on: date
    backers: int
    reachable: bool = False

    @property
    def author_id(self) -> str | None:
        return self.author.id if self.author else None


@dataclass(frozen=True)
class Moved:
    """One change of an idea's state."""

    was: State
    became: State
    mover: Member | None
    reason: str
    moved_on: date


@dataclass(frozen=True)
class Filter:
    """Which ideas are wanted; what is left empty does not matter."""

    states: tuple[State, ...] = ()
    wall: str = ""
    team: str = ""
    author_id: str = ""


_IDEAS, _BACKINGS, _STEPS = table(models.Suggestion), table(Backing), table(Step)
_THESE = Prepared(columns(*_IDEAS.c).where(_IDEAS.c.id.in_(bindparam("ids", expanding=True))))
_BACKERS = Prepared(
    columns(_BACKINGS.c.suggestion_id, func.count())
    .where(_BACKINGS.c.suggestion_id.in_(bindparam("ids", expanding=True)))
    .group_by(_BACKINGS.c.suggestion_id)
)


def add(session: Session, workspace_id: str, new: NewSuggestion, *, today: date) -> str:
    """Store an idea; gives its id."""
    told = {name: value for name, value in new.__dict__.items() if name != "author"}
    suggestion_id, author_id = models.new_id(), new.author.id if new.author else None
    days = {"sent_on": today, "moved_on": today}
    row = {"id": suggestion_id, "workspace_id": workspace_id, "author_id": author_id, "state": "new", **told, **days}
    insert(session, models.Suggestion, row)
    return suggestion_id


def get(session: Session, workspace_id: str, suggestion_id: str) -> Suggestion | None:
    """The idea with this id."""
    return next(iter(several(session, workspace_id, [suggestion_id])), None)


def several(session: Session, workspace_id: str, suggestion_ids: Sequence[str]) -> tuple[Suggestion, ...]:
    """The ideas with these ids, in the order of the ids; unknown ids are left out."""
    ids = list(suggestion_ids)
    rows: dict[str, Any] = {row.id: row for row in _THESE.rows(session, ids=ids) if row.workspace_id == workspace_id}
    backers = dict(_BACKERS.rows(session, ids=ids))
    members = people.by_id(session, {row.author_id for row in rows.values() if row.author_id})
    return tuple(_suggestion(rows[id_], members, backers.get(id_, 0)) for id_ in ids if id_ in rows)


_KEPT = ("id", "title", "what", "why", "gains", "wall", "state", "team", "praise_id", "arrived", "sent_on", "moved_on")


def _suggestion(row: Any, members: dict[str, Member], backers: int) -> Suggestion:
    told = {name: getattr(row, name) for name in _KEPT}
    author = members.get(row.author_id or "")
    named = row.author_id is not None
    return Suggestion(**told, named=named, author=author, backers=backers, reachable=bool(row.receipt) and not named)


def list_ids(
    session: Session, workspace_id: str, wanted: Filter, *, most: int, first: int = 0, oldest: bool = False
) -> tuple[list[str], int]:
    """The ids of some of the ideas that are wanted, the newest or the `oldest` first, from number `first` on, and how
    many there are in all."""
    here = [_IDEAS.c.workspace_id == workspace_id, _IDEAS.c.arrived.is_(True)]
    if wanted.states:
        here.append(_IDEAS.c.state.in_(wanted.states))
    here += [_IDEAS.c[name] == getattr(wanted, name) for name in ("wall", "author_id") if getattr(wanted, name)]
    if wanted.team:
        here.append(_IDEAS.c.team.in_(people.spellings(session, workspace_id, wanted.team) or (wanted.team,)))
    day = _IDEAS.c.sent_on if oldest else _IDEAS.c.sent_on.desc()
    asked = columns(_IDEAS.c.id).where(*here).order_by(day, _IDEAS.c.id).limit(most).offset(first)
    found = list(session.execute(asked).scalars())
    if len(found) < most and (found or not first):
        return found, first + len(found)
    return found, session.execute(columns(func.count()).select_from(_IDEAS).where(*here)).scalar_one()


def teams(session: Session, workspace_id: str, states: Iterable[State]) -> tuple[str, ...]:
    """The teams from which ideas in these states came, by name."""
    here = _IDEAS.c.workspace_id == workspace_id, _IDEAS.c.team != "", _IDEAS.c.state.in_(list(states))
    found = session.execute(columns(_IDEAS.c.team).where(*here, _IDEAS.c.arrived.is_(True)).distinct())
    return tuple(sorted(found.scalars()))


def move(session: Session, workspace_id: str, suggestion_id: str, step: Moved) -> int:
    """Change an idea's state and write down who did; gives how many changes it has had now: 0, and nothing changes, if
    the idea is in another state by now."""
    these = _IDEAS.c.id == suggestion_id, _IDEAS.c.state == step.was, _IDEAS.c.workspace_id == workspace_id
    news = _IDEAS.c.address.is_not(None)
    values = {"state": step.became, "moved_on": step.moved_on, "reminded_on": None, "news": news}
    result: Any = session.execute(update(_IDEAS).where(*these).values(**values))
    if not result.rowcount:
        return 0
    before = session.execute(columns(func.count()).where(_STEPS.c.suggestion_id == suggestion_id)).scalar_one()
    row = {
        "suggestion_id": suggestion_id,
        "place": before + 1,
        "workspace_id": workspace_id,
        "was": step.was,
        "became": step.became,
        "moved_by": step.mover.id if step.mover else "",
        "reason": step.reason,
        "moved_on": step.moved_on,
    }
    insert(session, Step, row)
    return int(before + 1)


def steps(session: Session, suggestion_id: str) -> tuple[Moved, ...]:
    """How an idea's state changed, the first change first."""
    asked = columns(_STEPS.c.was, _STEPS.c.became, _STEPS.c.moved_by, _STEPS.c.reason, _STEPS.c.moved_on)
    rows = session.execute(asked.where(_STEPS.c.suggestion_id == suggestion_id).order_by(_STEPS.c.place)).all()
    members = people.by_id(session, {row.moved_by for row in rows})
    return tuple(Moved(was, became, members.get(by), reason, day) for was, became, by, reason, day in rows)


def back(session: Session, workspace_id: str, suggestion_id: str, person_id: str, *, stands: bool) -> None:
    """Note that a person backs an idea, or no longer does."""
    row = {"suggestion_id": suggestion_id, "person_id": person_id}
    if stands:
        insert(session, Backing, {**row, "workspace_id": workspace_id})
    else:
        session.execute(_BACKINGS.delete().where(*(_BACKINGS.c[name] == value for name, value in row.items())))


def backers(session: Session, suggestion_id: str) -> tuple[Member, ...]:
    """Those who back an idea, in the order of their ids, which says nothing."""
    ids = session.execute(columns(_BACKINGS.c.person_id).where(_BACKINGS.c.suggestion_id == suggestion_id)).scalars()
    return tuple(member for _, member in sorted(people.by_id(session, list(ids)).items()))


def backed_by(session: Session, person_id: str, suggestion_ids: Collection[str]) -> frozenset[str]:
    """Those of these ideas that this person backs."""
    here = _BACKINGS.c.person_id == person_id, _BACKINGS.c.suggestion_id.in_(list(suggestion_ids))
    return frozenset(session.execute(columns(_BACKINGS.c.suggestion_id).where(*here)).scalars())


def of_praise(session: Session, praise_id: str) -> str | None:
    """The id of the idea that the other part of this praise's comment has become."""
    found = session.execute(columns(_IDEAS.c.id).where(_IDEAS.c.praise_id == praise_id)).scalar_one_or_none()
    return str(found) if found else None


def unanswered(session: Session, workspace_id: str, states: Iterable[State], until: date) -> list[str]:
    """Ideas that wait in these states since that day or longer, and of which nobody was reminded."""
    here = _IDEAS.c.workspace_id == workspace_id, _IDEAS.c.arrived.is_(True), _IDEAS.c.reminded_on.is_(None)
    late = _IDEAS.c.state.in_(list(states)), _IDEAS.c.moved_on <= until
    return list(session.execute(columns(_IDEAS.c.id).where(*here, *late).order_by(_IDEAS.c.id)).scalars())


def reminded(session: Session, suggestion_id: str, today: date) -> None:
    """Note that the reviewers were reminded of it."""
    session.execute(update(_IDEAS).where(_IDEAS.c.id == suggestion_id).values(reminded_on=today))
