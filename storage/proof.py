"""What a round of the micro pulse has stored, as it lies there: for `golden-ear pulse prove`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Date, DateTime, Time, func, inspect, literal, text
from sqlmodel import Session

from storage import ballots, models
from storage.ballots import POOL
from storage.select import columns, table

OF_A_ROUND = (
    models.Invitation, *POOL, models.Result, models.Comment, models.Reply, models.PublicAnswer,
)  # fmt: skip
"""The tables with rows of one round, beside the round's own."""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """How many rows of a round a table has, and one of them, if any."""

    table: str
    rows: int
    example: Mapping[str, object]


def stored(session: Session, survey_id: str) -> tuple[Stored, ...]:
    """What each table has of a round, the round's own row first."""
    survey = table(models.Survey)
    (row,) = session.execute(columns(*survey.c).where(survey.c.id == survey_id)).all()
    return (Stored("survey", 1, dict(row._mapping)), *(_of(session, each, survey_id) for each in OF_A_ROUND))


def _of(session: Session, model: Any, survey_id: str) -> Stored:
    rows = table(model)
    ours = rows.c.survey_id == survey_id
    count = session.execute(columns(func.count()).select_from(rows).where(ours)).scalar_one()
    first = session.execute(columns(*rows.c).where(ours).limit(1)).first()
    return Stored(rows.name, count, dict(first._mapping) if first else {})


def messages(session: Session, survey_id: str) -> Stored:
    """The messages that ask in a round, as far as they are kept."""
    outbox = table(models.Outbox)
    ours = outbox.c.key.like(f"pulse:{survey_id}%")
    count = session.execute(columns(func.count()).select_from(outbox).where(ours)).scalar_one()
    first = session.execute(columns(outbox.c.key, outbox.c.channel).where(ours).limit(1)).first()
    return Stored("outbox", count, dict(first._mapping) if first else {})


def wordings(session: Session, survey_id: str) -> int:
    """How many different messages asked in a round."""
    outbox = table(models.Outbox)
    ours = outbox.c.key.like(f"pulse:{survey_id}#%") & (outbox.c.payload != "")  # what was sent is forgotten
    return int(session.execute(columns(func.count(outbox.c.payload.distinct())).where(ours)).scalar_one())


def sizes(session: Session, survey_id: str) -> dict[str, set[int]]:
    """The sizes of the boxes of answers, mixed or not, and of comments, in bytes."""
    boxes, mixed = table(models.Envelope), table(models.Answer)
    sealed = columns(boxes.c.part, func.length(boxes.c.box)).where(boxes.c.survey_id == survey_id).distinct()
    again = columns(literal("answer"), func.length(mixed.c.box)).where(mixed.c.survey_id == survey_id).distinct()
    found: dict[str, set[int]] = {}
    for part, size in (*session.execute(sealed), *session.execute(again)):
        found.setdefault(part, set()).add(size)
    return found


def strays(session: Session, survey_id: str) -> int:
    """How many envelopes nobody took part with, and how many answers that were mixed bear a tag."""
    parts, boxes, answers = (table(each) for each in POOL)
    tags = columns(parts.c.tag).where(parts.c.survey_id == survey_id)
    without = columns(func.count()).where(boxes.c.survey_id == survey_id, boxes.c.tag.not_in(tags))
    bearing = columns(func.count()).where(answers.c.survey_id == survey_id, answers.c.id.in_(tags))
    return int(session.execute(without).scalar_one()) + int(session.execute(bearing).scalar_one())


def times_and_links(session: Session) -> tuple[str, ...]:
    """Columns of the pool that could say when, or whose: times, and keys to other tables."""
    look = inspect(session.connection())
    found = []
    for name in (table(each).name for each in POOL):
        timed = (each["name"] for each in look.get_columns(name) if isinstance(each["type"], Date | DateTime | Time))
        linked = (column for key in look.get_foreign_keys(name) for column in key["constrained_columns"])
        found += [f"{name}.{column}" for column in (*timed, *linked)]
    return tuple(found)


def ordered(session: Session, survey_id: str) -> tuple[str, ...]:
    """The tables of the pool whose rows have hidden numbers, or on PostgreSQL no partition for this round alone."""
    names = [table(each).name for each in POOL]
    if session.get_bind().dialect.name == "postgresql":
        there = {name for name in names if ballots.has_partition(session, name, survey_id)}
        return tuple(name for name in names if name not in there)
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    created = {name: str(session.connection().execute(query, {"name": name}).scalar_one()) for name in names}
    return tuple(name for name, sql in created.items() if "WITHOUT ROWID" not in sql.upper())


def overwrites(session: Session) -> bool | None:
    """Whether the database overwrites what it deletes; None of PostgreSQL, which drops whole files instead."""
    if session.get_bind().dialect.name == "postgresql":
        return None
    return bool(session.connection().execute(text("PRAGMA secure_delete")).scalar_one() == 1)


def remains(session: Session, survey_id: str) -> int | None:
    """How many tags of a round stand in the file and its write-ahead log, deleted or not; None of PostgreSQL."""
    bind = session.get_bind()
    if bind.dialect.name == "postgresql":
        return None
    file = str(session.connection().engine.url.database)
    row = re.compile(rb"%b(?:answer|comment)[0-9a-f]{32}" % survey_id.encode())
    longest = len(survey_id) + len("comment") + 32
    return sum(_matches(Path(f"{file}{suffix}"), row, longest) for suffix in ("", "-wal"))


def _matches(file: Path, pattern: re.Pattern[bytes], longest: int) -> int:
    found, kept = 0, b""
    for chunk in _chunks(file):
        window = kept + chunk
        ends = [match.end() for match in pattern.finditer(window)]
        found += len(ends)
        kept = window[max([len(window) - longest + 1, *ends]) :]
    return found


def _chunks(file: Path) -> Iterator[bytes]:
    if file.is_file():
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK):
                yield chunk
