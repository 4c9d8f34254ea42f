"""Similar ideas while somebody writes one: what the database and the weighing take among a hundred thousand."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import similar
from storage import models
from storage import similar as storage
from storage.database import Database, open_database
from storage.select import table
from tests.bench import engines, figures
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.similar_pairs import KINDS, background

MOST_MS = 50
FEW, LEAST = 400, 0.8
"""Ideas among which the hundred pairs are found, and how many of them must be."""
_TEAM = "T1"
_TOGETHER = 1000
_WARM = 5


@dataclass(frozen=True)
class _Idea:
    id: str
    number: int
    title: str
    what: str
    terms: tuple[str, ...]


def measure(folder: Path, on: Sequence[Engine], count: int) -> Iterator[str | Finding]:
    """Each of a hundred questions asked of so many ideas, and how many find the idea that means the same among a few
    hundred, which is what a company has."""
    rows = []
    for engine in on:
        _, found = yield from _measured(folder, engine, FEW)
        yield Finding(f"recall at 5 of 100 fixed pairs, {engine.name}", f">= {LEAST}", f"{found:.2f}", found >= LEAST)
        taken, found = yield from _measured(folder, engine, count)
        rows.append([engine.name, f"{count:,}", *figures.halves(taken), f"{found:.2f}"])
        median = figures.percentile(taken, 0.5)
        figure = f"similar ideas among {count:,}, p50 ms, {engine.name}"
        yield Finding(figure, f"< {MOST_MS}", figures.ms(median), median * 1000 < MOST_MS)
    head = ("similar ideas", "ideas", "p50 ms", "p99 ms", "recall at 5 beside as many made of the same words")
    yield figures.table(head, rows) + "\n"


def _measured(folder: Path, engine: Engine, count: int) -> Generator[str, None, tuple[list[float], float]]:
    """Seconds of each question to so many ideas, and the share that found what means the same."""
    with engines.database(engine, folder, f"similar-{count}") as (_, url):
        database = open_database(url)
        began = perf_counter()
        _fill(database, count)
        yield f"<!-- {engine.name}: {count:,} ideas made in {perf_counter() - began:.0f} s -->\n"
        told = _asked(database)
        database.close()
    return told


def _fill(database: Database, count: int) -> None:
    """Store so many ideas, and the hundred that are looked for among them, as they are stored one by one."""
    pairs = [(title, what) for kind in KINDS.values() for _, title, what in kind]
    ideas = _made([*pairs, *background(count - len(pairs))])
    counts: Counter[str] = Counter()
    while some := list(islice(ideas, _TOGETHER)):
        for one in some:
            counts.update((storage.IN_ALL, *one.terms))
        database.write_now(lambda session, some=some: _store(session, some))  # type: ignore[misc]
    terms = ({"workspace_id": _TEAM, "term": term, "ideas": ideas} for term, ideas in sorted(counts.items()))
    while rows := list(islice(terms, _TOGETHER)):
        database.write_now(lambda session, rows=rows: session.execute(table(models.IdeaTerm).insert(), rows))  # type: ignore[misc]
    _tidy(database)


def _made(texts: Iterable[tuple[str, str]]) -> Iterator[_Idea]:
    for number, (title, what) in enumerate(texts):
        spread = number * 0x9E3779B97F4A7C15 % 2**62  # each once, in no order, as random numbers are
        yield _Idea(models.new_id(), spread, title, what, similar.terms(title, what))


def _store(session: Session, ideas: Sequence[_Idea]) -> None:
    day = datetime.now(UTC).date()
    same: dict[str, Any] = {
        "workspace_id": _TEAM, "gains": "both", "state": "new", "why": "", "wall": "", "team": "", "arrived": True,
        "receipt": "", "sent_on": day, "moved_on": day,
    }  # fmt: skip
    told = [{"id": one.id, "title": one.title, "what": one.what, **same} for one in ideas]
    session.execute(table(models.Suggestion).insert(), told)
    texts = [
        {"suggestion_id": one.id, "workspace_id": _TEAM, "number": one.number, "terms": " ".join(one.terms)}
        for one in ideas
    ]
    session.execute(table(models.IdeaText).insert(), texts)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(storage.PUT, texts)


def _tidy(database: Database) -> None:
    """What the engine's own upkeep does sooner or later."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("VACUUM ANALYZE")  # type: ignore[union-attr]


def _asked(database: Database) -> tuple[list[float], float]:
    """Seconds of each question, and the share of them whose idea was among the first five."""
    company = Company(workspace_id=_TEAM, praise_channel="C1", zone=ZoneInfo("UTC"))
    questions = [(question, title) for kind in KINDS.values() for question, title, _ in kind]
    taken, hits = [], 0
    for number, (question, title) in enumerate(questions[-_WARM:] + questions):
        began = perf_counter()
        found = database.read_now(lambda session, asked=question: similar.find(session, company, asked))  # type: ignore[misc]
        if number >= _WARM:
            taken.append(perf_counter() - began)
            hits += title in [idea.title for idea in found]
    return taken, hits / len(questions)
