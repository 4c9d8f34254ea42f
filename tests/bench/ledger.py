"""A ledger as years of use leave it, made in seconds: entries, accounts and totals that agree with one another."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

from sqlalchemy import insert
from sqlmodel import Session

from bot.rules import periods, points
from bot.rules.points import Deed
from storage import migrations
from storage.database import connect
from storage.models import Person, new_id
from storage.select import table
from tests.bench.signed import TEAM, user

DAYS = 365

_DRAWN = f"""
CREATE TEMP TABLE drawn AS
WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < :entries),
     chances AS MATERIALIZED (
         SELECT abs(random()) % :persons AS place, abs(random()) % {DAYS} AS ago, abs(random()) % 10 AS luck
         FROM numbers
     )
SELECT place, ago, iif(luck < 4, 'praise', 'kudos') AS deed,
       iif(luck < 4, {points.PRAISE}, 1 + 4 * (luck = 9)) AS amount
FROM chances
"""
_ENTRIES = f"""
INSERT INTO entry (workspace_id, key, person_id, deed, amount, counts_on, entered_at)
SELECT '{TEAM}', deed || ':' || lower(hex(randomblob(16))), whose.id, deed, amount, day, day || ' 09:00:00.000000'
FROM drawn JOIN whose USING (place) JOIN (SELECT DISTINCT ago, day FROM start) USING (ago)
"""
_FINE = """
CREATE TEMP TABLE fine AS
SELECT place, deed, period, starts_on, sum(amount) AS amount, count(*) AS events
FROM drawn JOIN start USING (ago) WHERE period IN ('week', 'month') GROUP BY 1, 2, 3, 4
"""
_SUMS = """
CREATE TEMP TABLE sums AS
SELECT place, board, start.period, start.starts_on, sum(amount) AS amount, sum(events) AS events
FROM fine JOIN board USING (deed)
JOIN start ON start.day = fine.starts_on AND (start.period = 'week') = (fine.period = 'week')
GROUP BY 1, 2, 3, 4
"""
"""Quarters, years and all time are sums of months, each counted where its first day lies."""
_TOTALS = f"""
INSERT INTO total (workspace_id, person_id, board, period, starts_on, amount, events)
SELECT '{TEAM}', whose.id, board, period, starts_on, amount, events FROM sums JOIN whose USING (place)
"""
_ACCOUNTS = f"""
INSERT INTO account (person_id, workspace_id, spendable, held, debt)
SELECT whose.id, '{TEAM}', sum(amount), 0, 0 FROM drawn JOIN whose USING (place) GROUP BY place
"""


def fill(path: Path, *, entries: int, persons: int, today: date) -> None:
    """Make a database at `path` with so many entries of the year before `today`, for people of whom each is as likely
    as the other, four praises to six kudos."""
    url = f"sqlite:///{path}"
    migrations.upgrade(url)
    ids = _enrol(url, persons, datetime.fromisoformat(f"{today}T00:00:00+00:00"))
    with closing(sqlite3.connect(path)) as database:
        for pragma in ("synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
            database.execute(f"PRAGMA {pragma}")
        _prepare(database, ids, today)
        database.execute(_DRAWN, {"entries": entries, "persons": persons})
        for statement in (_ENTRIES, _FINE, _SUMS, _TOTALS, _ACCOUNTS):
            database.execute(statement)
        database.commit()


def _prepare(database: sqlite3.Connection, ids: list[str], today: date) -> None:
    """Tables of who is who, which deed counts on which board, and in which periods a day lies."""
    starts = [(ago, today - timedelta(days=ago)) for ago in range(DAYS + 31)]  # back to the first day of every month
    spans = [(ago, f"{day}", period, f"{first}") for ago, day in starts for period, first in periods.starts(day)]
    boards = [(deed, board) for deed in get_args(Deed) for board in points.boards_of(deed)]
    for name, columns, rows in (
        ("whose", "place INTEGER PRIMARY KEY, id", list(enumerate(ids))),
        ("start", "ago, day, period, starts_on, PRIMARY KEY (ago, period)", spans),
        ("board", "deed, board", boards),
    ):
        database.execute(f"CREATE TEMP TABLE {name} ({columns})")
        places = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
    database.execute("CREATE INDEX temp.start_day ON start (day)")


def _enrol(url: str, persons: int, now: datetime) -> list[str]:
    ids = sorted(new_id() for _ in range(persons))  # in order, so that the totals come in the order of their key
    rows = [
        {"id": id_, "workspace_id": TEAM, "slack_id": user(place), "name": f"Person {place}", "seen_at": now}
        for place, id_ in enumerate(ids)
    ]
    engine = connect(url)
    with Session(engine) as session, session.begin():
        session.execute(insert(table(Person)), rows)
    engine.dispose()
    return ids
