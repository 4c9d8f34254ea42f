"""The messages that tell of a praise, a kudos, an idea or a person: found by the ids in their names, whether they stand
in Slack, are owed, or wait to be gathered."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, true, update
from sqlmodel import Session

from storage import messages, models
from storage.outbox import DEAD, DUE, POST, SENT
from storage.select import columns, table

FEW = 16
_ID = re.compile(r"[0-9a-f]{32}")
_KINDS = "told|confirm|reminder|kudos|idea|solved|helped|reward|grant|project"
_TO = re.compile(rf"(?:{_KINDS}):.*:([0-9a-f]{{32}})|gathered:([0-9a-f]{{32}}):")
"""Names of messages that stand in somebody's direct messages, and whose."""
_OUTBOX, _MESSAGES, _GATHERED = table(models.Outbox), table(models.Message), table(models.Gathered)


@dataclass(frozen=True)
class Traces:
    """The names of the messages, those that are owed among them, and how many stand where nobody can say."""

    subjects: tuple[str, ...]
    lost: int


def find(
    session: Session, workspace_id: str, ids: Collection[str], *, answered: Collection[str] = frozenset()
) -> Traces:
    """The messages in whose names one of these ids stands, and those that brought answers to people of the ids
    `answered`; those without a name get one here, if it is known where they stand."""
    found = {subject for subject, _ in _named(session, workspace_id, ids) if _tells(subject, ids)}
    brought = _named(session, workspace_id, answered) if answered else ()
    found |= {one for one, _ in brought if one.startswith("pulse_replies:") and _tells(one, answered)}
    places: dict[str, str] | None = None
    lost = 0
    for row in _posts(session, workspace_id, ids):
        if row.subject or row.state != SENT:
            found.add(row.subject or _name(session, row.id, row.key))
            continue
        if row.channel[:1] in "UW" and places is None:
            every = _named(session, workspace_id, ())
            places = {person_id: channel for subject, channel in every if (person_id := _reader(subject, channel))}
        if channel := (places or {}).get(_last(row.key), "") if row.channel[:1] in "UW" else row.channel:
            messages.name(session, workspace_id=workspace_id, channel=channel, ts=row.ts, subject=row.key)
            found.add(_name(session, row.id, row.key))
        else:
            lost += 1
    found |= _gathered(session, workspace_id, ids)
    return Traces(tuple(sorted(found)), lost)


def _named(session: Session, workspace_id: str, ids: Collection[str]) -> Sequence[Any]:
    """Messages that stand in Slack, and where: those that may have one of these ids in their names, or all."""
    asked = columns(_MESSAGES.c.subject, _MESSAGES.c.channel).where(
        _MESSAGES.c.workspace_id == workspace_id, _MESSAGES.c.subject.is_not(None), _holding(_MESSAGES.c.subject, ids)
    )
    return session.execute(asked).all()


def _holding(column: Any, ids: Collection[str]) -> Any:
    """Rows that hold one of a few ids are found by the engine; of many it is sooner done to look at all."""
    return or_(*(column.contains(one) for one in ids)) if 0 < len(ids) <= FEW else true()


def _posts(session: Session, workspace_id: str, ids: Collection[str]) -> list[Any]:
    asked = columns(
        _OUTBOX.c.id, _OUTBOX.c.key, _OUTBOX.c.subject, _OUTBOX.c.channel, _OUTBOX.c.state, _OUTBOX.c.ts
    ).where(
        _OUTBOX.c.workspace_id == workspace_id,
        _OUTBOX.c.method == POST,
        or_(_holding(_OUTBOX.c.key, ids), _holding(_OUTBOX.c.subject, ids)),
    )
    return [row for row in session.execute(asked).all() if _tells(row.key, ids) or _tells(row.subject, ids)]


def _gathered(session: Session, workspace_id: str, ids: Collection[str]) -> set[str]:
    rows = session.execute(
        columns(_GATHERED.c.id, _GATHERED.c.key, _GATHERED.c.subject).where(_GATHERED.c.workspace_id == workspace_id)
    ).all()
    told = [row for row in rows if _tells(row.key, ids)]
    for row in told:
        if not row.subject:
            session.execute(update(_GATHERED).where(_GATHERED.c.id == row.id).values(subject=row.key))
    return {row.subject or row.key for row in told}


def bundles(session: Session, workspace_id: str, keys: Iterable[str]) -> set[str]:
    """The gathered messages of which these are parts."""
    here = _GATHERED.c.workspace_id == workspace_id, _GATHERED.c.key.in_(list(keys)), _GATHERED.c.bundle != ""
    return set(session.execute(columns(_GATHERED.c.bundle).where(*here)).scalars())


def bury(session: Session, workspace_id: str, subjects: Iterable[str]) -> None:
    """Forget the words of messages that were given up, and what waits for one that is owed no longer."""
    for subject in subjects:
        here = _OUTBOX.c.workspace_id == workspace_id
        dead = here, _OUTBOX.c.subject == subject, _OUTBOX.c.state == DEAD
        session.execute(update(_OUTBOX).where(*dead).values(payload=""))
        if messages.by_subject(session, workspace_id=workspace_id, subject=subject) is None:
            session.execute(delete(_OUTBOX).where(here, _OUTBOX.c.thread == subject, _OUTBOX.c.state.in_((DUE, DEAD))))


def _name(session: Session, row_id: int, key: str) -> str:
    session.execute(update(_OUTBOX).where(_OUTBOX.c.id == row_id).values(subject=key))
    return key


def _tells(name: str, ids: Collection[str]) -> bool:
    """Whether one of these ids is in a name; of the pulse only answers name anybody, never what is asked or shown."""
    if name.startswith("pulse") and not name.startswith(("pulse_said:", "pulse_replies:")):
        return False
    return any(one in ids for one in _ID.findall(name))


def _last(key: str) -> str:
    return next(iter(reversed(_ID.findall(key))), "")


def _reader(subject: str, channel: str) -> str:
    """Whose direct message it is, "" for a post in a channel."""
    return reader(subject) if channel.startswith("D") else ""


def reader(subject: str) -> str:
    """The id of a person that ends the name of a direct message to them; "" if none does."""
    found = _TO.match(subject)
    return (found[1] or found[2]) if found else ""
