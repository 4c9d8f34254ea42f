"""The two engines as tests meet them: one database for all tests of a process, put back to a known state in no time.

Its engines have compiled the queries already. A test that breaks or closes its database asks for a fresh one.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import event
from sqlmodel import SQLModel

from storage.database import Database
from storage.migrations import upgrade
from tests.office import fresh_url, image, migrated, path_of, restore
from tests.servers import Server, server

Fill = Callable[[Database], None]


class Store(Protocol):
    """One engine with a warm database."""

    database: Database

    def empty(self) -> None:
        """Put the database back to the newest schema and no row."""

    def fill(self, fill: Fill) -> None:
        """Put it back to what `fill` made of an empty one, when it was first asked."""

    def fresh_url(self, folder: Path) -> str:
        """The address of another database, migrated and empty."""

    def blank_url(self, folder: Path) -> str:
        """The address of a database with nothing in it."""


class SqliteStore:
    """A file; its states are images of it."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(fresh_url(folder))
        event.listen(self.database.engine, "connect", _careless)
        self._images: dict[Fill, bytes] = {}

    def empty(self) -> None:
        restore(self.database, migrated())

    def fill(self, fill: Fill) -> None:
        if fill not in self._images:
            self.empty()
            fill(self.database)
            self._images[fill] = image(path_of(self.database))
        restore(self.database, self._images[fill])

    def fresh_url(self, folder: Path) -> str:
        return fresh_url(folder)

    def blank_url(self, folder: Path) -> str:
        return f"sqlite:///{folder}/blank.db"


TABLES = [table.name for table in SQLModel.metadata.sorted_tables]
CLEAR = "; ".join(f"DELETE FROM {name}" for name in TABLES)
"""Ten times as fast as TRUNCATE, which makes new files of each table and index."""
NO_PARTITIONS = """DO $$ DECLARE partition regclass; BEGIN
    FOR partition IN SELECT oid FROM pg_class WHERE relispartition AND relkind = 'r' LOOP
        EXECUTE 'DROP TABLE ' || partition;
    END LOOP;
END $$"""
"""Of rounds that a test left open."""


class PostgresqlStore:
    """A database of a server of the tests' own; its states are schemas that hold copies of the tables with rows."""

    def __init__(self, running: Server) -> None:
        self.server = running
        self._query(running.url(), "CREATE DATABASE template")
        upgrade(running.url("template"))
        self._made = 0
        url = self.fresh_url()
        self.database = Database(url)
        event.listen(self.database.engine, "connect", _patient)
        self._copied: dict[Fill, list[str]] = {}
        self._admin = _plain(url)

    def empty(self) -> None:
        self._put("")

    def fill(self, fill: Fill) -> None:
        if fill not in self._copied:
            self.empty()
            fill(self.database)
            self._copied[fill] = self._keep(f"state_{len(self._copied)}")
        schema = f"state_{list(self._copied).index(fill)}"
        self._put("; ".join(f"INSERT INTO {name} SELECT * FROM {schema}.{name}" for name in self._copied[fill]))

    def fresh_url(self, folder: Path | None = None) -> str:
        return self._create("template")

    def blank_url(self, folder: Path) -> str:
        return self._create("template0")

    def _create(self, template: str) -> str:
        self._made += 1
        name = f"database_{self._made}"
        self._query(self.server.url(), f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.server.url(name)

    def close(self) -> None:
        self._admin.close()
        self.database.close()

    def _put(self, rows: str) -> None:
        """Empty every table, past triggers and references, and put these rows in."""
        cleared = f"{NO_PARTITIONS}; {CLEAR}"
        self._admin.execute(f"SET session_replication_role=replica; BEGIN; {cleared}; {rows or 'SELECT 1'}; COMMIT")

    def _keep(self, schema: str) -> list[str]:
        """Copy every table that has rows; gives their names."""
        self._admin.execute(f"CREATE SCHEMA {schema}")
        filled = [name for name in TABLES if self._admin.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
        for name in filled:
            self._admin.execute(f"CREATE TABLE {schema}.{name} AS SELECT * FROM {name}")
        return filled

    @staticmethod
    def _query(url: str, statement: str) -> None:
        with _plain(url) as connection:
            connection.execute(statement)


def _plain(url: str) -> Any:
    import psycopg

    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def patient(database: Database) -> Database:
    """The same, for a database that a test has opened just now."""
    if database.engine.dialect.name == "postgresql":
        event.listen(database.engine, "connect", _patient)
    return database


def _patient(connection: Any, _record: object) -> None:
    """A test that holds a transaction open may be kept waiting for a processor; the bot itself would begin anew."""
    connection.execute("SET idle_in_transaction_session_timeout=60000; SET lock_timeout=60000")


def _careless(connection: Any, _record: object) -> None:
    """No test cuts the power of this file, as none crashes the machine under the PostgreSQL of `FAST`; those that ask
    what a connection of the bot asks for open one of their own."""
    connection.execute("PRAGMA synchronous=OFF")


def behind_its_back(database: Database, *statements: str) -> None:
    """Change a database past the bot, past its triggers and references; each statement must change something."""
    if database.engine.dialect.name == "postgresql":
        with _plain(database.engine.url.render_as_string(hide_password=False)) as connection:
            connection.execute("SET session_replication_role=replica")
            for statement in statements:
                assert connection.execute(statement).rowcount, statement
        return
    with contextlib.closing(sqlite3.connect(path_of(database))) as connection:
        connection.execute("DROP TRIGGER entry_refuses_delete")
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        connection.commit()


@contextmanager
def sqlite(folder: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(folder)
    yield store
    store.database.close()


@contextmanager
def postgresql() -> Iterator[PostgresqlStore]:
    """Raises `tests.servers.NotToBeHad`."""
    with server() as running:
        store = PostgresqlStore(running)
        yield store
        store.close()
