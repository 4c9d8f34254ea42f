"""A ledger as years of use leave it, made in a minute: entries, accounts and totals that agree with one another.

The same statements on both engines, but for a few words. What a person gave (the board `given`) stands in the totals
alone, without kudos behind it: boards read nothing else.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, get_args

from sqlalchemy import create_engine, insert
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex, UniqueConstraint
from sqlmodel import Session

from bot.rules import periods, points
from bot.rules.points import Deed
from storage import migrations
from storage.database import connect
from storage.models import Entry, Person, new_id
from storage.select import table
from tests.bench.signed import TEAM, user

DAYS = 365
BYTES_AN_ENTRY = 800
"""Disk for an entry with its three indexes and what is needed while they are made, rounded up."""
BATCH = 5_000
_GIFTS = "kudos"


@dataclass(frozen=True)
class _Words:
    """What the engines spell differently; `mark` stands for a value."""

    mark: str
    numbers: str
    dice: Callable[[int], str]
    padded: str
    morning: str


_SQLITE = _Words(
    mark="?",
    numbers="WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {})",
    dice="abs(random()) % {}".format,
    padded="printf('%032d', number)",
    morning="day || ' 09:00:00.000000'",
)
_POSTGRESQL = _Words(
    mark="%s",
    numbers="WITH numbers(number) AS (SELECT * FROM generate_series(1, {}))",
    dice="floor(random() * {})::integer".format,
    padded="lpad(number::text, 32, '0')",
    morning="day::timestamp AT TIME ZONE 'UTC' + interval '9 hours'",
)


def fill(url: str, *, entries: int, persons: int, today: date) -> None:
    """Make a database with so many entries of the year before `today`, for people of whom each is as likely as the
    other, four praises to six kudos; its schema is the newest."""
    migrations.upgrade(url)
    ids = _enrol(url, persons, datetime.fromisoformat(f"{today}T00:00:00+00:00"))
    if url.startswith("sqlite"):
        _into_sqlite(url.removeprefix("sqlite:///"), ids, entries, today)
    else:
        _into_postgresql(url, ids, entries, today)


def _into_sqlite(path: str, ids: Sequence[str], entries: int, today: date) -> None:
    with closing(sqlite3.connect(path)) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):  # nobody needs half of it
            database.execute(f"PRAGMA {pragma}")
        _prepare(database.cursor(), _SQLITE, ids, today)
        for statement in _statements(_SQLITE, entries, len(ids)):
            database.execute(statement)
        database.commit()


def _into_postgresql(url: str, ids: Sequence[str], entries: int, today: date) -> None:
    """Without the write-ahead log and, until all rows are there, without indexes."""
    ledger = table(Entry)
    unique = [each for each in ledger.constraints if isinstance(each, UniqueConstraint)]
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE entry SET UNLOGGED")
        connection.exec_driver_sql("SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'")
        drops: list[Any] = [*map(DropConstraint, unique), *map(DropIndex, ledger.indexes)]
        for drop in drops:
            connection.execute(drop)
        cursor: Any = connection.connection.cursor()
        _prepare(cursor, _POSTGRESQL, ids, today)
        for statement in _statements(_POSTGRESQL, entries, len(ids)):
            cursor.execute(statement)
        adds: list[Any] = [*map(AddConstraint, unique), *map(CreateIndex, ledger.indexes)]
        for add in adds:
            connection.execute(add)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for later in ("VACUUM ANALYZE", "CHECKPOINT"):  # as the server does by itself, when what is asked is measured
            connection.exec_driver_sql(later)
    engine.dispose()


def _prepare(cursor: Any, words: _Words, ids: Sequence[str], today: date) -> None:
    """Tables of who is who, which deed counts on which board, and in which periods a day lies."""
    starts = [(ago, today - timedelta(days=ago)) for ago in range(DAYS + 31)]  # back to the first day of every month
    spans = [(ago, f"{day}", period, f"{first}") for ago, day in starts for period, first in periods.starts(day)]
    boards = [(deed, board) for deed in get_args(Deed) for board in points.boards_of(deed)]
    for name, columns, rows in (
        ("whose", "place INTEGER PRIMARY KEY, id TEXT", list(enumerate(ids))),
        ("day", "ago INTEGER PRIMARY KEY, day DATE", [(ago, f"{day}") for ago, day in starts]),
        ("start", "ago INTEGER, day DATE, period TEXT, starts_on DATE, PRIMARY KEY (ago, period)", spans),
        ("board", "deed TEXT, board TEXT", boards),
    ):
        cursor.execute(f"CREATE TEMP TABLE {name} ({columns})")
        marks = ", ".join([words.mark] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def _statements(words: _Words, entries: int, persons: int) -> Iterator[str]:
    """Draw, enter, and add up. Quarters, years and all time are sums of months, each counted where its first day lies;
    keys ascend, so that their index grows at its end."""
    yield f"""
        CREATE TEMP TABLE drawn AS
        {words.numbers.format(entries)},
             chances AS MATERIALIZED (
                 SELECT number, {words.dice(persons)} AS place, {words.dice(DAYS)} AS ago, {words.dice(10)} AS luck
                 FROM numbers)
        SELECT number, place, ago, CASE WHEN luck < 4 THEN 'praise' ELSE 'kudos' END AS deed,
               CASE WHEN luck < 4 THEN {10} WHEN luck = 9 THEN 5 ELSE 1 END AS amount
        FROM chances"""
    yield f"""
        INSERT INTO entry (workspace_id, key, person_id, deed, amount, counts_on, entered_at)
        SELECT '{TEAM}', deed || ':' || {words.padded} || ':' || whose.id, whose.id, deed, amount, day, {words.morning}
        FROM drawn JOIN whose USING (place) JOIN day USING (ago)"""
    yield """
        CREATE TEMP TABLE daily AS
        SELECT place, deed, ago, sum(amount) AS amount, count(*) AS events FROM drawn GROUP BY 1, 2, 3"""
    yield """
        CREATE TEMP TABLE fine AS
        SELECT place, deed, period, starts_on, sum(amount) AS amount, sum(events) AS events
        FROM daily JOIN start USING (ago) WHERE period IN ('week', 'month') GROUP BY 1, 2, 3, 4"""
    yield """
        CREATE TEMP TABLE sums AS
        SELECT place, board, start.period, start.starts_on, sum(amount) AS amount, sum(events) AS events
        FROM fine JOIN board USING (deed)
        JOIN start ON start.day = fine.starts_on AND (start.period = 'week') = (fine.period = 'week')
        GROUP BY 1, 2, 3, 4"""
    into = "INSERT INTO total (workspace_id, person_id, board, period, starts_on, amount, events)"
    yield f"""
        {into} SELECT '{TEAM}', whose.id, board, period, starts_on, amount, events FROM sums JOIN whose USING (place)"""
    yield f"""
        {into} SELECT '{TEAM}', whose.id, 'given', period, starts_on, events, events
        FROM sums JOIN whose ON whose.place = (sums.place + 1) % {persons} WHERE board = '{_GIFTS}'"""
    yield f"""
        INSERT INTO account (person_id, workspace_id, spendable, held, debt)
        SELECT whose.id, '{TEAM}', sum(amount), 0, 0 FROM daily JOIN whose USING (place) GROUP BY whose.id"""


def _enrol(url: str, persons: int, now: datetime) -> list[str]:
    ids = [new_id() for _ in range(persons)]
    rows = [
        {"id": id_, "workspace_id": TEAM, "slack_id": user(place), "name": f"Person {place}", "seen_at": now}
        for place, id_ in enumerate(ids)
    ]
    engine = connect(url)
    for first in range(0, persons, BATCH):  # no transaction waits for longer than the bot lets one wait
        with Session(engine) as session, session.begin():
            session.execute(insert(table(Person)), rows[first : first + BATCH])
    engine.dispose()
    return ids
