"""The sealed ballot pool of a round: who took part, what is sealed behind their tags, what was mixed and has none.

Nothing here is ever readable, nothing joins an answer to a tag once it was mixed, and no table keeps the order in which
its rows came. On PostgreSQL each round has partitions of its own, which are dropped when it is over; on SQLite its rows
are deleted in pieces, with `secure_delete` on.
"""

import re
import secrets
from collections.abc import Collection, Sequence
from typing import Any, Literal

from sqlalchemy import bindparam, func, text
from sqlmodel import Session

from storage.models import Answer, Envelope, Participation
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import insert

Part = Literal["answer", "comment"]
Kept = Literal["answer", "comment", "mixed"]
"""What boxes are of: answers and comments behind their tags, answers that were mixed."""
Boxes = tuple[tuple[str, bytes], ...]
"""Sealed boxes, each behind its tag, or behind its random id if it was mixed."""
POOL = (Participation, Envelope, Answer)
PIECE = 2000
"""The most rows of one table that one transaction deletes, or gives."""
_ID = re.compile(r"[0-9a-f]{32}")


_PARTS, _ENVELOPES, _ANSWERS = table(Participation), table(Envelope), table(Answer)


def _of_part(rows: Any) -> tuple[Any, ...]:
    return rows.c.survey_id == bindparam("survey_id"), rows.c.part == bindparam("part")


_TOOK_PART = Prepared(
    columns(_PARTS.c.tag).where(*_of_part(_PARTS), _PARTS.c.tag.in_(bindparam("tags", expanding=True)))
)
_EVERYBODY = Prepared(columns(_PARTS.c.tag).where(*_of_part(_PARTS)))
_HOW_MANY = Prepared(columns(func.count().label("people")).select_from(_PARTS).where(*_of_part(_PARTS)))
_SEALED = Prepared(columns(func.count().label("envelopes")).select_from(_ENVELOPES).where(*_of_part(_ENVELOPES)))
_TAGS = Prepared(columns(_ENVELOPES.c.tag).where(*_of_part(_ENVELOPES)))
_THESE = Prepared(
    columns(_ENVELOPES.c.tag, _ENVELOPES.c.box).where(
        *_of_part(_ENVELOPES), _ENVELOPES.c.tag.in_(bindparam("tags", expanding=True))
    )
)


def _next(key: Any, box: Any, *conditions: Any) -> Prepared:
    wanted = columns(key.label("key"), box).where(*conditions, key > bindparam("after"))
    return Prepared(wanted.order_by(key).limit(bindparam("limit")))


_NEXT_SEALED = _next(_ENVELOPES.c.tag, _ENVELOPES.c.box, *_of_part(_ENVELOPES))
_NEXT_MIXED = _next(_ANSWERS.c.id, _ANSWERS.c.box, _ANSWERS.c.survey_id == bindparam("survey_id"))


def prepare(session: Session, survey_id: str) -> None:
    """Make room for a round that opens."""
    if _is_postgresql(session):
        for pool in POOL:
            name = table(pool).name
            session.execute(
                text(f"CREATE TABLE {_partition(name, survey_id)} PARTITION OF {name} FOR VALUES IN ('{survey_id}')")
            )


def has_partition(session: Session, name: str, survey_id: str) -> bool:
    """Whether one of the pool's tables has a partition for this round: PostgreSQL alone has such."""
    found = session.execute(text("SELECT to_regclass(:name)"), {"name": _partition(name, survey_id)})
    return found.scalar_one() is not None


def put(session: Session, workspace_id: str, survey_id: str, part: Part, tag: str, box: bytes) -> bool:
    """Take part, with what is sealed in `box`; False, and nothing is stored, if this tag did before."""
    who = {"survey_id": survey_id, "part": part, "tag": tag, "workspace_id": workspace_id}
    return insert(session, Participation, who) and insert(session, Envelope, {**who, "box": box})


def took_part(session: Session, survey_id: str, part: Part, tags: Collection[str]) -> set[str]:
    """Those of these tags that took part."""
    return {row.tag for row in _TOOK_PART.rows(session, survey_id=survey_id, part=part, tags=list(tags))}


def everybody(session: Session, survey_id: str, part: Part) -> set[str]:
    """The tags of all who took part."""
    return {row.tag for row in _EVERYBODY.rows(session, survey_id=survey_id, part=part)}


def how_many(session: Session, survey_id: str, part: Part) -> int:
    """How many took part."""
    return int(_HOW_MANY.first(session, survey_id=survey_id, part=part).people)


def sealed(session: Session, survey_id: str, part: Part) -> int:
    """How many envelopes are sealed still."""
    return int(_SEALED.first(session, survey_id=survey_id, part=part).envelopes)


def tags(session: Session, survey_id: str, part: Part) -> set[str]:
    """The tags of all sealed envelopes."""
    return {row.tag for row in _TAGS.rows(session, survey_id=survey_id, part=part)}


def envelopes(session: Session, survey_id: str, part: Part, tags: Collection[str]) -> Boxes:
    """Those of the sealed envelopes with these tags that are there."""
    rows = _THESE.rows(session, survey_id=survey_id, part=part, tags=sorted(tags))
    return tuple((row.tag, bytes(row.box)) for row in rows)


def boxes(session: Session, survey_id: str, kept: Kept, after: str = "") -> Boxes:
    """A piece of the boxes of that kind: the first ones behind tags or ids after that one; none at the end."""
    statement, part = (_NEXT_MIXED, {}) if kept == "mixed" else (_NEXT_SEALED, {"part": kept})
    rows = statement.rows(session, survey_id=survey_id, after=after, limit=PIECE, **part)
    return tuple((row.key, bytes(row.box)) for row in rows)


def mix(session: Session, workspace_id: str, survey_id: str, tags: Collection[str], boxes: Sequence[bytes]) -> bool:
    """Put these boxes, in this order, in place of the envelopes with these tags, all or none.

    False, and nothing is changed, if one of the envelopes is no longer there: somebody opened it before.
    """
    these = (_ENVELOPES.c.survey_id == survey_id, _ENVELOPES.c.part == "answer", _ENVELOPES.c.tag.in_(sorted(tags)))
    there = session.execute(columns(func.count()).select_from(_ENVELOPES).where(*these)).scalar_one()
    if there != len(tags):
        return False
    same = {"survey_id": survey_id, "workspace_id": workspace_id}
    _INSERT.run_all(session, [{**same, "id": secrets.token_hex(16), "box": box} for box in boxes])
    session.execute(_ENVELOPES.delete().where(*these))
    return True


_INSERT = Prepared(_ANSWERS.insert().inline(), ("survey_id", "workspace_id", "id", "box"))


def destroy(session: Session, survey_id: str) -> bool:
    """Destroy a piece of what a round stored; True if nothing is left. To be repeated until then."""
    if _is_postgresql(session):
        for each in POOL:
            session.execute(text(f"DROP TABLE IF EXISTS {_partition(table(each).name, survey_id)}"))
        return True
    left = [_destroyed(session, survey_id, table(each)) == PIECE for each in POOL]
    return not any(left)


def _destroyed(session: Session, survey_id: str, rows: Any) -> int:
    """How many rows of a table were deleted now, by their random keys: the order says nothing."""
    keys = [column for column in rows.primary_key if column.name != "survey_id"]
    ours = rows.c.survey_id == survey_id
    piece = session.execute(columns(*keys).where(ours).limit(PIECE)).all()
    for part in {key[:-1] for key in piece}:
        of_part = [column == value for column, value in zip(keys, part, strict=False)]
        these = keys[-1].in_([key[-1] for key in piece if key[:-1] == part])
        session.execute(rows.delete().where(ours, *of_part, these))
    return len(piece)


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _partition(name: str, survey_id: str) -> str:
    """The name of a partition. Raises ValueError if the id is none of ours: it stands in the statement."""
    if not _ID.fullmatch(survey_id):
        raise ValueError("the id of a survey is 32 hexadecimal digits")
    return f"{name}_{survey_id}"
