"""What was erased and when, whom the roster must not write down again, and what an erasure must know beforehand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, text, update
from sqlmodel import Session

from storage import models, people
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

_ERASED, _ERASURES, _PEOPLE = table(models.Erased), table(models.Erasure), table(models.Person)


@dataclass(frozen=True)
class Unscrubbed:
    """An erasure after which something may be left in a file."""

    id: str
    kind: str


def take_time(session: Session) -> None:
    """Let PostgreSQL wait while all names of messages are looked through: it ends a transaction that stands still."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL idle_in_transaction_session_timeout = '60s'"))


def note(session: Session, workspace_id: str, kind: str, *, by: str | None, now: datetime, rows: int) -> str:
    """Remember an erasure, without a word of what it was; gives its id."""
    erasure_id = models.new_id()
    row = {"id": erasure_id, "workspace_id": workspace_id, "kind": kind, "done_by": by, "done_at": now, "rows": rows}
    insert(session, models.Erasure, row)
    return erasure_id


def count(session: Session, erasure_id: str, *, messages: int, beyond: int) -> None:
    """Remember how many messages an erasure changes, and how many stand beyond reach."""
    values = {"messages": messages, "beyond": beyond}
    session.execute(update(_ERASURES).where(_ERASURES.c.id == erasure_id).values(**values))


def unscrubbed(session: Session, workspace_id: str) -> tuple[Unscrubbed, ...]:
    """The erasures after which the files were not cleaned yet."""
    here = _ERASURES.c.workspace_id == workspace_id, _ERASURES.c.scrubbed.is_(False)
    return tuple(Unscrubbed(*row) for row in session.execute(columns(_ERASURES.c.id, _ERASURES.c.kind).where(*here)))


def scrubbed(session: Session, erasure_ids: Collection[str]) -> None:
    """Nothing is left of these in any file."""
    session.execute(update(_ERASURES).where(_ERASURES.c.id.in_(list(erasure_ids))).values(scrubbed=True))


def bar(session: Session, workspace_id: str, digest: str, *, today: date) -> None:
    """Remember that the roster must not write down again whose Slack id has this digest."""
    insert(session, models.Erased, {"workspace_id": workspace_id, "digest": digest, "erased_on": today})


def barred(session: Session, workspace_id: str, digests: Iterable[str]) -> frozenset[str]:
    """Those of these digests that are of somebody who was erased."""
    here = _ERASED.c.workspace_id == workspace_id, _ERASED.c.digest.in_(list(digests))
    return frozenset(session.execute(columns(_ERASED.c.digest).where(*here)).scalars())


def readmit(session: Session, workspace_id: str, digest: str) -> bool:
    """Let the roster write somebody down again; False if it might already."""
    here = _ERASED.c.workspace_id == workspace_id, _ERASED.c.digest == digest
    result: Any = session.execute(delete(_ERASED).where(*here))
    return bool(result.rowcount)


def by_name(session: Session, workspace_id: str, name: str) -> tuple[Member, ...]:
    """Those whom the roster has by just this name."""
    here = _PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.name == name, _PEOPLE.c.is_erased.is_(False)
    ids = session.execute(columns(_PEOPLE.c.id).where(*here)).scalars().all()
    return tuple(people.by_id(session, ids).values())


def addresses(session: Session, person_id: str) -> tuple[str, str]:
    """Somebody's e-mail address and handle, "" for what nobody knows."""
    row = session.execute(columns(_PEOPLE.c.email, _PEOPLE.c.handle).where(_PEOPLE.c.id == person_id)).one()
    return row.email, row.handle


def gifts(session: Session, kudos_ids: Iterable[str]) -> frozenset[str]:
    """The names of the messages that brought these kudos to those who have an account."""
    given = table(models.KudosGift)
    rows = session.execute(
        columns(given.c.kudos_id, given.c.receiver_id)
        .join(_PEOPLE, _PEOPLE.c.id == given.c.receiver_id)
        .where(given.c.kudos_id.in_(list(kudos_ids)), _PEOPLE.c.slack_id.is_not(None))
    )
    return frozenset(f"kudos:{kudos_id}:dm:{person_id}" for kudos_id, person_id in rows)


def askers(session: Session, survey_ids: Iterable[str]) -> frozenset[str]:
    """The ids of those who asked back to comments of these rounds."""
    replies = table(models.Reply)
    asked = columns(replies.c.asked_by).where(replies.c.survey_id.in_(list(survey_ids)))
    return frozenset(session.execute(asked).scalars())
