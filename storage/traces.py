"""The messages that tell of a praise, a kudos, an idea or a person: found by the ids in their names, whether they stand
in Slack, are owed, or wait to be gathered."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, or_, true, update
from sqlmodel import Session

from storage import messages, models
from storage.outbox import DEAD, DUE, POST, SENT
from storage.select import columns, table

FEW = 16
SAID, BROUGHT, BURIED = "pulse_said:", "pulse_replies:", "pulse_gone:"
"""How the names of messages of the pulse begin: of public answers, of answers that came back to those who asked, by the
day and whoever asked, and of those of which nothing is left."""
_ID = re.compile(r"[0-9a-f]{32}")
_KINDS = "told|confirm|reminder|kudos|idea|solved|helped|reward|grant|project"
_TO = re.compile(rf"(?:{_KINDS}):.*:([0-9a-f]{{32}})|(?:gathered|(?:{BROUGHT}|{BURIED})[\d-]+):([0-9a-f]{{32}}):")
"""Names of messages that stand in somebody's direct messages, and whose."""
_OUTBOX, _MESSAGES, _GATHERED = table(models.Outbox), table(models.Message), table(models.Gathered)


@dataclass(frozen=True)
class Traces:
    """The names of the messages, those that are owed among them, and how many stand where nobody can say."""

    subjects: tuple[str, ...]
    lost: int


@dataclass(frozen=True)
class Known:
    """Where many ids stand in names, looked up beforehand: by id the names of messages in Slack, the rows of the outbox
    and those of what is gathered; in which channel people have their direct messages; and the last row of the outbox
    and of what is gathered that was looked at."""

    places: Mapping[str, str]
    last_post: int
    last_gathered: int
    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    posts: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    gathered: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def of(self, found: Mapping[str, set[Any]], ids: Iterable[str]) -> set[Any]:
        """What one of the three has of these ids."""
        return set().union(*(found.get(one, ()) for one in ids))


def look(session: Session, workspace_id: str, ids: Collection[str]) -> Known:
    """Look where these ids stand, for `find` to go by: many are looked for once, and nobody who writes waits for it.
    A name that is older than the look stays as it is; `find` itself looks at what came since."""
    wanted, every = frozenset(ids), _named(session, workspace_id, ())
    post, gathered = (session.execute(columns(func.max(rows.c.id))).scalar() or 0 for rows in (_OUTBOX, _GATHERED))
    known = Known(_places(every), post, gathered)
    for subject, _ in every:
        for one in wanted.intersection(_told(subject)):
            known.names[one].add(subject)
    for row in session.execute(columns(_OUTBOX.c.id, _OUTBOX.c.key, _OUTBOX.c.subject).where(*_owed(workspace_id))):
        for one in wanted.intersection((*_told(row.key), *_told(row.subject))):
            known.posts[one].add(row.id)
    kept = columns(_GATHERED.c.id, _GATHERED.c.key).where(_GATHERED.c.workspace_id == workspace_id)
    for row in session.execute(kept):
        for one in wanted.intersection(_told(row.key)):
            known.gathered[one].add(row.id)
    return known


def find(
    session: Session,
    workspace_id: str,
    ids: Collection[str],
    *,
    answered: Collection[str] = frozenset(),
    known: Known | None = None,
) -> Traces:
    """The messages in whose names one of these ids stands, and those that brought answers to people of the ids
    `answered`; those without a name get one here, if it is known where they stand. With what is `known` of these ids
    not all names are looked through."""
    if known:
        found = known.of(known.names, ids)
    else:
        found = {subject for subject, _ in _named(session, workspace_id, ids) if _tells(subject, ids)}
    brought = _named(session, workspace_id, answered) if answered else ()
    found |= {one for one, _ in brought if one.startswith(BROUGHT) and _tells(one, answered)}
    places = known.places if known else None
    lost = 0
    for row in _posts(session, workspace_id, ids, known):
        if row.subject or row.state != SENT:
            found.add(row.subject or _name(session, row.id, row.key))
            continue
        if row.channel[:1] in "UW" and places is None:
            places = _places(_named(session, workspace_id, ()))
        if channel := (places or {}).get(_last(row.key), "") if row.channel[:1] in "UW" else row.channel:
            messages.name(session, workspace_id=workspace_id, channel=channel, ts=row.ts, subject=row.key)
            found.add(_name(session, row.id, row.key))
        else:
            lost += 1
    found |= _gathered(session, workspace_id, ids, known)
    return Traces(tuple(sorted(found)), lost)


def _places(every: Iterable[Any]) -> dict[str, str]:
    """In which channel people have their direct messages, as far as the names of messages tell."""
    return {person_id: channel for subject, channel in every if (person_id := _reader(subject, channel))}


def _named(session: Session, workspace_id: str, ids: Collection[str]) -> Sequence[Any]:
    """Messages that stand in Slack, and where: those that may have one of these ids in their names, or all."""
    asked = columns(_MESSAGES.c.subject, _MESSAGES.c.channel).where(
        _MESSAGES.c.workspace_id == workspace_id, _MESSAGES.c.subject.is_not(None), _holding(_MESSAGES.c.subject, ids)
    )
    return session.execute(asked).all()


def _holding(column: Any, ids: Collection[str]) -> Any:
    """Rows that hold one of a few ids are found by the engine; of many it is sooner done to look at all."""
    return or_(*(column.contains(one) for one in ids)) if 0 < len(ids) <= FEW else true()


def _owed(workspace_id: str) -> tuple[Any, ...]:
    return _OUTBOX.c.workspace_id == workspace_id, _OUTBOX.c.method == POST


def _posts(session: Session, workspace_id: str, ids: Collection[str], known: Known | None) -> list[Any]:
    if known:
        these = or_(_OUTBOX.c.id.in_(known.of(known.posts, ids)), _OUTBOX.c.id > known.last_post)
    else:
        these = or_(_holding(_OUTBOX.c.key, ids), _holding(_OUTBOX.c.subject, ids))
    said = (_OUTBOX.c[name] for name in ("id", "key", "subject", "channel", "state", "ts"))
    rows = session.execute(columns(*said).where(*_owed(workspace_id), these)).all()
    return [row for row in rows if _tells(row.key, ids) or _tells(row.subject, ids)]


def _gathered(session: Session, workspace_id: str, ids: Collection[str], known: Known | None) -> set[str]:
    kept = columns(_GATHERED.c.id, _GATHERED.c.key, _GATHERED.c.subject).where(_GATHERED.c.workspace_id == workspace_id)
    if known:
        these = known.of(known.gathered, ids)
        kept = kept.where(or_(_GATHERED.c.id.in_(these), _GATHERED.c.id > known.last_gathered))
    told = [row for row in session.execute(kept).all() if _tells(row.key, ids)]
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
    """Whether one of these ids is in a name."""
    return any(one in ids for one in _told(name))


def _told(name: str) -> Sequence[str]:
    """The ids in a name; of the pulse only answers name anybody, never what is asked or shown."""
    if name.startswith("pulse") and not name.startswith((SAID, BROUGHT)):
        return ()
    return _ID.findall(name)


def _last(key: str) -> str:
    return next(iter(reversed(_ID.findall(key))), "")


def _reader(subject: str, channel: str) -> str:
    """Whose direct message it is, "" for a post in a channel."""
    return reader(subject) if channel.startswith("D") else ""


def reader(subject: str) -> str:
    """The id of a person that ends the name of a direct message to them; "" if none does."""
    found = _TO.match(subject)
    return (found[1] or found[2]) if found else ""
