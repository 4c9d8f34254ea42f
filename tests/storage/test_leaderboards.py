"""Boards are read from the totals by their index; the ledger is never summed (architecture.md, Ledger)."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from bot.rules.points import Board
from storage import leaderboards, models, people, points, prepared
from storage.database import Database
from storage.leaderboards import Score, Span
from storage.people import Profile
from tests.office import TEAM
from tests.stores import behind_its_back

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = NOW.date()
MONTH = Span(TEAM, "points", "month", date(2026, 3, 1))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session:
        yield session


def enrol(session: Session, name: str, **facts: Any) -> str:
    """The id of a new person."""
    people.enrol(session, TEAM, [Profile(slack_id=name, name=name, **facts)], now=NOW)
    return session.exec(select(models.Person.id).where(models.Person.slack_id == name)).one()


def earn(session: Session, person_id: str, *amounts: int, board: Board = "points") -> None:
    for amount in amounts:
        points.count(session, TEAM, person_id, (board,), DAY, amount, 1)


def top(session: Session, *, least_events: int = 1, limit: int = 10, span: Span = MONTH) -> list[tuple[int, str, int]]:
    scores = leaderboards.top(session, span, least_events=least_events, limit=limit)
    known = people.by_id(session, [score.person_id for score in scores])
    return [(score.rank, known[score.person_id].name, score.amount) for score in scores]


def test_those_with_the_same_amount_share_a_rank_and_the_next_is_counted_past_them(session: Session) -> None:
    for name, amount in (("a", 9), ("b", 5), ("c", 5), ("d", 5), ("e", 1)):
        earn(session, enrol(session, name), amount)

    assert [line[0] for line in top(session)] == [1, 2, 2, 2, 5]
    assert [line[2] for line in top(session)] == [9, 5, 5, 5, 1]


def test_ones_own_rank_is_the_same_as_on_the_board(session: Session) -> None:
    ids = {name: enrol(session, name) for name in "abcde"}
    for name, amount in (("a", 9), ("b", 5), ("c", 5), ("d", 5), ("e", 1)):
        earn(session, ids[name], amount)

    board = {name: rank for rank, name, _ in top(session)}
    for name, person_id in ids.items():
        score = leaderboards.own(session, MONTH, person_id, least_events=1)
        assert score is not None and score.rank == board[name]


def test_nobody_is_ranked_for_nothing(session: Session) -> None:
    ann = enrol(session, "ann")
    earn(session, ann, 5, -5)

    assert top(session) == []
    assert leaderboards.own(session, MONTH, ann, least_events=1) == Score(0, ann, 0, 2)
    assert leaderboards.own(session, MONTH, enrol(session, "bo"), least_events=1) is None


def test_who_has_too_few_events_is_not_ranked_and_costs_nobody_a_rank(session: Session) -> None:
    ann, bo = enrol(session, "ann"), enrol(session, "bo")
    earn(session, ann, 50, 50)
    earn(session, bo, 1, 1, 1)

    assert top(session, least_events=3) == [(1, "bo", 3)]
    assert leaderboards.own(session, MONTH, ann, least_events=3) == Score(0, ann, 100, 2)
    assert leaderboards.own(session, MONTH, bo, least_events=3) == Score(1, bo, 3, 3)


def test_who_hides_or_left_is_not_shown(session: Session) -> None:
    hidden, gone = enrol(session, "hidden"), enrol(session, "gone", is_gone=True)
    people.prefer(session, hidden, hides_rank=True)
    for person_id in (hidden, gone):
        earn(session, person_id, 50)
    earn(session, enrol(session, "ann"), 1)

    assert top(session) == [(1, "ann", 1)]
    assert leaderboards.own(session, MONTH, hidden, least_events=1) == Score(1, hidden, 50, 1)


def test_another_board_period_or_workspace_is_another_board(session: Session) -> None:
    ann = enrol(session, "ann")
    earn(session, ann, 5)
    earn(session, ann, 7, board="given")

    assert top(session, span=Span(TEAM, "given", "month", date(2026, 3, 1))) == [(1, "ann", 7)]
    assert top(session, span=Span(TEAM, "points", "month", date(2026, 4, 1))) == []
    assert top(session, span=Span("T2", "points", "month", date(2026, 3, 1))) == []
    assert top(session, span=Span(TEAM, "points", "week", date(2026, 3, 2))) == [(1, "ann", 5)]


# --- how it is read


def plans(engine: Engine, query: Callable[[], object]) -> list[str]:
    """What the database says it does for each statement of a query."""
    asked: list[tuple[str, Any]] = []

    def note(statement: str, parameters: Any) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "WITH")):
            asked.append((statement, parameters))

    def heard(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: object) -> None:
        note(statement, parameters)

    def run(hand: Any, sql: str, arguments: Any, **rest: bool) -> None:
        note(sql, arguments)
        execute(hand, sql, arguments, **rest)

    execute = prepared._execute  # of what is prepared, the engine's events hear nothing
    event.listen(engine, "before_cursor_execute", heard)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prepared, "_execute", run)
        query()
    event.remove(engine, "before_cursor_execute", heard)
    assert asked
    raw = engine.raw_connection()
    cursor = raw.cursor()
    explain = "EXPLAIN QUERY PLAN"
    if engine.dialect.name == "postgresql":
        explain = "EXPLAIN"
        cursor.execute("SET enable_seqscan=off")  # it reads a small table whole if it may
    found = [
        str(row[-1])
        for statement, parameters in asked
        for row in cursor.execute(f"{explain} {statement}", parameters).fetchall()
    ]
    raw.invalidate()  # its settings are not for others
    return found


@pytest.fixture
def crowded(database: Database) -> Database:
    """So many totals that PostgreSQL finds the indexes worth while; SQLite takes them anyway."""
    if database.engine.dialect.name == "postgresql":
        behind_its_back(
            database,
            "INSERT INTO total (workspace_id, person_id, board, period, starts_on, amount, events)"
            " SELECT 'T1', md5(n::text), board, 'month', '2026-03-01', n % 500, 9"
            " FROM generate_series(1, 4000) n, unnest(ARRAY['points', 'given']) board",
            "VACUUM ANALYZE total",
        )
    return database


LINES = "SEARCH total USING PRIMARY KEY (workspace_id=? AND board=? AND period=? AND starts_on=?)"
"""How SQLite reads the lines of one board, which stand side by side."""


def reads_the_board_alone(steps: list[str]) -> bool:
    """No other line of the totals, no line of the ledger, and no table from end to end."""
    assert LINES in steps or any("Index Only Scan" in step and "ix_total_board" in step for step in steps), steps
    return not touches_the_ledger(steps)


def touches_the_ledger(steps: list[str]) -> bool:
    """Or reads some table from end to end."""
    return any("entry" in step or step.startswith("SCAN") or "Seq Scan" in step for step in steps)


def test_a_board_is_read_alone_and_touches_no_ledger(crowded: Database) -> None:
    with Session(crowded.engine) as session:
        steps = plans(crowded.engine, lambda: leaderboards.top(session, MONTH, least_events=3, limit=10))

    assert reads_the_board_alone(steps), steps


def test_ones_own_rank_is_read_from_the_board_and_touches_no_ledger(crowded: Database) -> None:
    with Session(crowded.engine) as session:
        ann = enrol(session, "ann")
        earn(session, ann, 1, 1, 1)
        steps = plans(crowded.engine, lambda: leaderboards.own(session, MONTH, ann, least_events=3))

    assert LINES in steps or any("ix_total_board" in step or "pk_total" in step for step in steps), steps
    assert not touches_the_ledger(steps), steps


def test_entering_a_line_reads_no_other_line(database: Database) -> None:
    """A write that sums the ledger is what makes others slow at a million entries."""
    line = points.Line("k", "ann", "praise", 10, DAY, NOW)
    with Session(database.engine) as session:
        steps = plans(database.engine, lambda: points.enter(session, TEAM, line))

    assert not [step for step in steps if re.search("(SCAN|SEARCH|Scan .*on) entry|Seq Scan", step)], steps
