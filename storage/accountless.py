"""People without a Slack account: they stand on the list of people by name, until Slack knows them too."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, update
from sqlmodel import Session, select

from storage import models, people
from storage.models import Person, new_id
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

_PEOPLE, _PRAISED, _HELPERS = table(Person), table(models.Praised), table(models.Helper)
_PRAISES = table(models.Praise)


@dataclass(frozen=True)
class Listed:
    """Somebody without an account as the list has them; who got one since is `retired`."""

    id: str
    name: str
    email: str
    team: str
    listed: str
    retired: bool = False


def _here(workspace_id: str) -> tuple[Any, ...]:
    return (_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.slack_id.is_(None))


def these(session: Session, workspace_id: str, person_ids: Iterable[str]) -> dict[str, Member]:
    """Those of this workspace with these ids of ours, by id."""
    here = select(_PEOPLE.c.id).where(*_here(workspace_id), _PEOPLE.c.id.in_(list(person_ids)))
    return people.by_id(session, session.execute(here).scalars())


def some(session: Session, workspace_id: str, text: str, limit: int) -> tuple[Member, ...]:
    """The first by name whose name holds this text; of letters beyond ASCII SQLite knows no other case."""
    spelt, lower = _PEOPLE.c.name, func.lower(_PEOPLE.c.name)
    holding = or_(spelt.contains(text, autoescape=True), lower.contains(text.lower(), autoescape=True))
    staying = (*_here(workspace_id), _PEOPLE.c.is_gone.is_(False))
    first = select(_PEOPLE.c.id).where(*staying, holding).order_by(_PEOPLE.c.name, _PEOPLE.c.id).limit(limit)
    found = people.by_id(session, session.execute(first).scalars())
    return tuple(sorted(found.values(), key=lambda member: (member.name, member.id)))


def exist(session: Session, workspace_id: str) -> bool:
    """Whether anybody is without an account."""
    staying = select(_PEOPLE.c.id).where(*_here(workspace_id), _PEOPLE.c.is_gone.is_(False))
    return session.execute(staying.limit(1)).first() is not None


def listed(session: Session, workspace_id: str, names: Iterable[str], emails: Iterable[str]) -> tuple[Listed, ...]:
    """Those with one of these names or one of these addresses (lower case), retired ones too."""
    rows = columns(
        _PEOPLE.c.id, _PEOPLE.c.name, _PEOPLE.c.email, _PEOPLE.c.team, _PEOPLE.c.listed, _PEOPLE.c.is_gone
    ).where(*_here(workspace_id), or_(_PEOPLE.c.name.in_(list(names)), _PEOPLE.c.email.in_(list(emails))))
    return tuple(Listed(*row) for row in session.execute(rows.order_by(_PEOPLE.c.id)))


def add(session: Session, workspace_id: str, one: Listed, *, now: datetime) -> Listed:
    """Write somebody down who has no account; gives them with our id."""
    told = {"name": one.name, "email": one.email, "team": one.team, "listed": one.listed, "seen_at": now}
    added = replace(one, id=new_id())
    insert(session, Person, {"id": added.id, "workspace_id": workspace_id, "slack_id": None, **told})
    return added


def retire(session: Session, person_id: str) -> None:
    """They have a Slack account now, which is another row."""
    session.execute(update(_PEOPLE).where(_PEOPLE.c.id == person_id).values(is_gone=True))


def recorded_by(session: Session, person_id: str, recorder_id: str) -> frozenset[str]:
    """The ids of the praises of one person that another recorded and that stand without a lead's word."""
    undecided = (_PRAISES.c.state == "accepted", _PRAISES.c.decided_by.is_(None))
    theirs = (_PRAISED.c.person_id == person_id, _PRAISES.c.recorder_id == recorder_id)
    ids = select(_PRAISES.c.id).join(_PRAISED, _PRAISED.c.praise_id == _PRAISES.c.id).where(*theirs, *undecided)
    return frozenset(session.execute(ids).scalars())


def hand_over(session: Session, from_id: str, to_id: str, *, besides: Iterable[str] = ()) -> None:
    """All praise and thanks of one person, `besides` these praises, are another's; where both are named once is
    enough."""
    staying = list(besides)
    for owned in (_PRAISED, _HELPERS):
        theirs = select(owned.c.praise_id).where(owned.c.person_id == to_id)
        old = (owned.c.person_id == from_id, owned.c.praise_id.not_in(staying))
        session.execute(owned.delete().where(*old, owned.c.praise_id.in_(theirs)))
        session.execute(update(owned).where(*old).values(person_id=to_id))
