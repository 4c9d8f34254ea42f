"""What is set on every connection, what read-only ones refuse, and several processes on one file."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from storage import models
from storage.database import Database, Story, connect, open_database
from storage.upsert import insert
from tests.office import TEAM, path_of
from tests.stores import Store

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
OPEN = Path("/proc/self/fd")
"""Where Linux lists the files that a process has open."""


def channel(name: str) -> Story[str]:
    """A story that writes one row."""

    def story(session: Session) -> str:
        row = {"workspace_id": TEAM, "slack_id": name, "locale": "", "is_member": True, "checked_at": NOW}
        assert insert(session, models.Channel, row)
        return name

    return story


def names(database: Database) -> set[str]:
    rows = database.read_now(lambda session: session.connection().execute(text("SELECT slack_id FROM channel")).all())
    return {row[0] for row in rows}


SETTINGS = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0,
    "wal_autocheckpoint": 8000,
}  # fmt: skip


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # test_postgresql.py has the other
@pytest.mark.parametrize("read_only", [False, True])
def test_every_connection_is_set_up(database_url: str, read_only: bool) -> None:
    engine = connect(database_url, read_only=read_only)
    held = [engine.raw_connection() for _ in range(6)]  # more than the pool keeps
    for connection in held:
        cursor = connection.cursor()
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS}
        assert found == SETTINGS
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] > 0
        assert cursor.execute("PRAGMA query_only").fetchone()[0] == read_only
        assert cursor.execute("PRAGMA temp_store").fetchone()[0] == (0 if read_only else 2)
    for connection in held:
        connection.close()
    engine.dispose()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_writing_transaction_takes_the_lock_before_it_reads(database: Database) -> None:
    def story(session: Session) -> None:
        session.connection().execute(text("SELECT 1")).all()
        with (
            contextlib.closing(sqlite3.connect(path_of(database), timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")

    database.write_now(story)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.skipif(not OPEN.exists(), reason="the system does not list what is open")
async def test_no_page_goes_to_a_file_of_no_name(database: Database) -> None:
    """What a savepoint keeps may hold what is deleted after it, and nobody scrubs a file that SQLite makes for that."""
    found: list[str] = []

    def fill(session: Session) -> None:
        for place in range(2000):
            channel(f"C{place}")(session)

    def change(session: Session) -> None:
        session.connection().execute(text("UPDATE channel SET locale = 'en'"))
        for each in OPEN.iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile, as this list is
                found.append(os.readlink(each))

    await database.write(fill)
    await asyncio.gather(*(database.write(change) for _ in range(4)))
    assert str(path_of(database)) in found
    assert not [each for each in found if "etilqs" in each]  # SQLite's name for such a file


def test_a_read_only_transaction_refuses_to_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        database.read_now(channel("C1"))
    assert names(database) == set()


def test_parameters_are_kept_out_of_error_messages(database: Database) -> None:
    """They hold words of people, and messages reach the log."""
    database.write_now(channel("C1"))

    def twice(session: Session) -> None:
        session.connection().execute(
            text("INSERT INTO channel SELECT * FROM channel WHERE slack_id = :words"), {"words": "C1"}
        )

    with pytest.raises(IntegrityError) as caught:
        database.write_now(twice)
    assert "C1" not in str(caught.value)


def test_a_new_database_is_brought_to_the_newest_schema(store: Store, tmp_path: Path) -> None:
    url = store.blank_url(tmp_path)
    first = open_database(url)
    first.write_now(channel("C1"))
    first.close()

    again = open_database(url)

    assert names(again) == {"C1"}
    again.close()


# --- several processes

WORKER = """
import asyncio, sys
from sqlalchemy import event, text
from storage.database import Database

def add(session):
    connection = session.connection()
    count = int(connection.execute(text("SELECT locale FROM channel WHERE slack_id = 'C1'")).scalar_one())
    connection.execute(text("UPDATE channel SET locale = :count WHERE slack_id = 'C1'"), {"count": str(count + 1)})

async def work():
    database = Database(sys.argv[1])
    wait = "SET idle_in_transaction_session_timeout=60000; SET lock_timeout=60000"
    if database.engine.dialect.name == "sqlite":  # whose turn it is there, chance decides
        wait = "PRAGMA busy_timeout=60000"
    event.listen(database.engine, "connect", lambda raw, _: raw.execute(wait))
    for _ in range(40):
        await asyncio.gather(*(database.write(add) for _ in range(5)))
    database.close()

asyncio.run(work())
"""


def test_two_processes_that_write_at_once_lose_nothing(database_url: str) -> None:
    engine = connect(database_url)
    with Session(engine) as session, session.begin():
        row = {"workspace_id": TEAM, "slack_id": "C1", "locale": "0", "is_member": True, "checked_at": NOW}
        insert(session, models.Channel, row)
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, database_url]) for _ in range(2)]

    assert [worker.wait(120) for worker in workers] == [0, 0]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT locale FROM channel")).scalar_one() == "400"
    engine.dispose()
