"""What the errors of either engine say of the database, and what the database remembers of them."""

import asyncio
import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from psycopg import errors as psycopg
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session, func, select

from storage import trouble
from storage.database import Database
from storage.models import Inbox
from storage.postgresql import Unsure
from tests.office import TEAM, path_of

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


def of_sqlite(code: int, name: str) -> DBAPIError:
    error = sqlite3.OperationalError("no words of people")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return OperationalError("UPDATE", {}, error)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (of_sqlite(13, "SQLITE_FULL"), "full (SQLITE_FULL)"),
        (of_sqlite(8, "SQLITE_READONLY"), "read-only (SQLITE_READONLY)"),
        (of_sqlite(1032, "SQLITE_READONLY_DBMOVED"), "read-only (SQLITE_READONLY_DBMOVED)"),
        (of_sqlite(5, "SQLITE_BUSY"), "locked (SQLITE_BUSY)"),
        (of_sqlite(14, "SQLITE_CANTOPEN"), "away (SQLITE_CANTOPEN)"),
        (of_sqlite(778, "SQLITE_IOERR_WRITE"), "broken (SQLITE_IOERR_WRITE)"),
        (of_sqlite(11, "SQLITE_CORRUPT"), "broken (SQLITE_CORRUPT)"),
        (OperationalError("", {}, psycopg.DiskFull()), "full (SQLSTATE 53100)"),
        (DBAPIError("", {}, psycopg.ReadOnlySqlTransaction()), "read-only (SQLSTATE 25006)"),
        (OperationalError("", {}, psycopg.LockNotAvailable()), "locked (SQLSTATE 55P03)"),
        (OperationalError("", {}, psycopg.TooManyConnections()), "away (SQLSTATE 53300)"),
        (OperationalError("", {}, psycopg.AdminShutdown()), "away (SQLSTATE 57P01)"),
        (OperationalError("", {}, psycopg.OperationalError("refused")), "away (OperationalError)"),
        (DBAPIError("", {}, psycopg.IoError()), "broken (SQLSTATE 58030)"),
        (Unsure("the connection was lost"), "away (lost during a commit)"),
    ],
    ids=str,
)
def test_an_error_says_what_is_wrong_with_the_database(error: Exception, told: str) -> None:
    assert trouble.told(error) == told
    assert trouble.trace(error) is None


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite(1, "SQLITE_ERROR"),
        IntegrityError("", {}, sqlite3.IntegrityError("UNIQUE")),
        IntegrityError("", {}, psycopg.UniqueViolation()),
        DBAPIError("", {}, psycopg.UndefinedTable()),
        ValueError("no"),
    ],
    ids=repr,
)
def test_what_a_story_did_wrong_is_no_trouble_with_the_database(error: Exception) -> None:
    assert trouble.seen(error) is None
    assert trouble.trace(error) is error


def probe(session: Session) -> int:
    trouble.probe(session, workspace_id=TEAM, now=NOW)
    return session.exec(select(func.count()).select_from(Inbox)).one()


async def test_a_probe_writes_and_leaves_nothing(database: Database) -> None:
    database.fitness.written_at = 0.0
    assert await database.write(probe) == 0
    assert database.fitness.written_at > 0.0


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_trouble_begins_with_the_first_failure_and_ends_with_a_write_and_who_waited_behind_is_told_with_it(
    database_url: str, tmp_path: Path
) -> None:
    own = Database(database_url)
    try:
        with contextlib.closing(sqlite3.connect(path_of(own), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            first = asyncio.create_task(own.write(probe))
            await asyncio.sleep(0.05)  # the writer has taken it, and waits
            behind = [asyncio.create_task(own.write(probe)) for _ in range(3)]
            outcomes = await asyncio.gather(first, *behind, return_exceptions=True)
            assert [trouble.told(one) for one in outcomes if isinstance(one, Exception)] == ["locked (SQLITE_BUSY)"] * 4
            found = own.fitness.trouble
            with pytest.raises(OperationalError):
                await own.write(probe)
            assert found and own.fitness.trouble and own.fitness.trouble.since == found.since
            await own.read(lambda session: None)
            assert own.fitness.trouble
            holder.rollback()
        with pytest.raises(ValueError, match="no"):
            await own.write(failing)
        assert own.fitness.trouble
        await own.write(probe)
        assert own.fitness.trouble is None
    finally:
        own.close()


def failing(_: Session) -> None:
    raise ValueError("no")
