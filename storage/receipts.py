"""Ideas without a name behind their receipt codes: words between author and reviewers, sealed addresses, the claim."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session

from storage import models, people
from storage.models import Backing, Credit, Person, Solver, Step, Suggestion
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

_IDEAS, _REMARKS, _BACKINGS, _PEOPLE = table(Suggestion), table(models.Remark), table(Backing), table(Person)
_HANDS = (
    (table(Step), "moved_by"),
    (table(models.Remark), "said_by"),
    (table(Solver), "confirmed_by"),
    (table(Credit), "linked_by"),
)
"""Where it stands who had a hand in what became of an idea."""


@dataclass(frozen=True)
class Remark:
    """A word about an idea; `by_author`: of whoever holds its code, else of `person`, None if they are gone."""

    by_author: bool
    person: Member | None
    words: str
    said_on: date


@dataclass(frozen=True)
class Addressed:
    """An idea with a sealed return address, and whether there is news that nobody was told."""

    suggestion_id: str
    address: bytes
    state: str
    sent_on: date
    news: bool


def by_digest(session: Session, workspace_id: str, digest: str) -> str | None:
    """The id of the idea whose code has this digest."""
    here = _IDEAS.c.workspace_id == workspace_id, _IDEAS.c.receipt == digest, _IDEAS.c.receipt != ""
    found = session.execute(columns(_IDEAS.c.id).where(*here)).scalar()
    return str(found) if found else None


def say(
    session: Session, workspace_id: str, suggestion_id: str, words: str, *, by: str | None, today: date
) -> tuple[Remark, int]:
    """Keep a word about an idea, of a person or of its author (None); gives it, and its place among all."""
    mine = columns(func.count()).select_from(_REMARKS).where(_REMARKS.c.suggestion_id == suggestion_id)
    place = int(session.execute(mine).scalar_one()) + 1
    row = {"suggestion_id": suggestion_id, "place": place, "workspace_id": workspace_id, "said_by": by}
    insert(session, models.Remark, {**row, "words": words, "said_on": today})
    if by:
        stir(session, suggestion_id)
    return remarks(session, suggestion_id)[-1], place


def stir(session: Session, suggestion_id: str) -> None:
    """Note that there is news of an idea, if anybody left an address to be told."""
    here = _IDEAS.c.id == suggestion_id, _IDEAS.c.address.is_not(None)
    session.execute(update(_IDEAS).where(*here).values(news=True))


def remarks(session: Session, suggestion_id: str) -> tuple[Remark, ...]:
    """What was said about an idea, the first word first."""
    asked = columns(_REMARKS.c.said_by, _REMARKS.c.words, _REMARKS.c.said_on)
    rows = session.execute(asked.where(_REMARKS.c.suggestion_id == suggestion_id).order_by(_REMARKS.c.place)).all()
    known = people.by_id(session, {row.said_by for row in rows if row.said_by})
    return tuple(Remark(by is None, known.get(by or ""), words, day) for by, words, day in rows)


def hands(session: Session, suggestion_id: str) -> frozenset[str]:
    """The ids of those who had a hand in what became of an idea: moved it, wrote to its author, confirmed or linked
    what came of it."""
    found: set[str] = set()
    for rows, name in _HANDS:
        mine = columns(rows.c[name]).where(rows.c.suggestion_id == suggestion_id)
        found |= {one for one in session.execute(mine).scalars() if one}
    return frozenset(found)


def claim(session: Session, workspace_id: str, suggestion_id: str, person_id: str) -> bool:
    """Put somebody's name to an idea that has none; False, and nothing changes, if it has one."""
    here = _IDEAS.c.workspace_id == workspace_id, _IDEAS.c.id == suggestion_id, _IDEAS.c.author_id.is_(None)
    values = {"author_id": person_id, "address": None, "news": False}
    result: Any = session.execute(update(_IDEAS).where(*here, _IDEAS.c.receipt != "").values(**values))
    if not result.rowcount:
        return False
    own = _BACKINGS.c.suggestion_id == suggestion_id, _BACKINGS.c.person_id == person_id
    session.execute(_BACKINGS.delete().where(*own))
    return True


def addressed(session: Session, workspace_id: str) -> tuple[Addressed, ...]:
    """The ideas with a return address, in the random order of their ids."""
    asked = columns(_IDEAS.c.id, _IDEAS.c.address, _IDEAS.c.state, _IDEAS.c.sent_on, _IDEAS.c.news)
    here = _IDEAS.c.workspace_id == workspace_id, _IDEAS.c.address.is_not(None)
    rows = session.execute(asked.where(*here).order_by(_IDEAS.c.id))
    return tuple(Addressed(id_, bytes(address), *rest) for id_, address, *rest in rows)


def told(session: Session, suggestion_ids: Collection[str]) -> None:
    """Note that the news of these ideas was told."""
    session.execute(update(_IDEAS).where(_IDEAS.c.id.in_(list(suggestion_ids))).values(news=False))


def drop(session: Session, suggestion_ids: Collection[str]) -> None:
    """Destroy the return addresses of these ideas."""
    session.execute(update(_IDEAS).where(_IDEAS.c.id.in_(list(suggestion_ids))).values(address=None, news=False))


def team_of(session: Session, workspace_id: str, team: str) -> tuple[Member, ...]:
    """The full, present members of a team, however it is spelt."""
    spelt = people.spellings(session, workspace_id, team) if team else ()
    here = _PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.team.in_(spelt)
    ids = list(session.execute(columns(_PEOPLE.c.id).where(*here)).scalars())
    return tuple(one for one in people.by_id(session, ids).values() if one.absence is None)
