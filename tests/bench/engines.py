"""The engines that are measured, each with databases of its own: SQLite, and a PostgreSQL server that runs as it comes.

The server has PostgreSQL's own defaults: what it commits is on the disk, as with SQLite.
"""

import contextlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.servers import NotToBeHad, Server, server

NAMES = ("sqlite", "postgresql")


class Engine(Protocol):
    """Where databases are made; `name` as people write it."""

    name: str

    def fresh(self, folder: Path) -> str:
        """The address of a database with nothing in it, for what has this folder."""

    def drop(self, url: str) -> None:
        """Give back the disk that a database takes."""


class Sqlite:
    """A file in the folder."""

    name = "SQLite"

    def fresh(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'bench.db'}"

    def drop(self, url: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + end).unlink(missing_ok=True)


class Postgresql:
    """A database of the server."""

    name = "PostgreSQL"

    def __init__(self, running: Server) -> None:
        self._server = running
        self._made = 0

    def fresh(self, folder: Path) -> str:
        self._made += 1
        self._query(f"CREATE DATABASE bench_{self._made} TEMPLATE template0")
        return self._server.url(f"bench_{self._made}")

    def drop(self, url: str) -> None:
        self._query(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")

    def version(self) -> str:
        """Such as 18.1."""
        with self._connection() as connection:
            return str(connection.execute("SHOW server_version").fetchone()[0])

    def _query(self, statement: str) -> None:
        with self._connection() as connection:
            connection.execute(statement)

    def _connection(self) -> Any:
        import psycopg

        return psycopg.connect(self._server.url().replace("+psycopg", ""), autocommit=True)


@contextmanager
def engines(names: list[str]) -> Iterator[list[Engine]]:
    """Those of them that are to be had; the server ends with this."""
    with ExitStack() as stack:
        found: list[Engine] = []
        if "sqlite" in names:
            found.append(Sqlite())
        if "postgresql" in names:
            try:
                found.append(postgresql := Postgresql(stack.enter_context(server({}))))
                print(f"PostgreSQL {postgresql.version()}, its settings as it comes.\n", flush=True)
            except NotToBeHad as error:
                print(f"PostgreSQL is not measured: {error}\n", flush=True)
        yield found


@contextmanager
def database(engine: Engine, folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """A new database and a folder for it, both gone afterwards."""
    at = folder / f"{name}-{engine.name}"
    at.mkdir()
    url = engine.fresh(at)
    try:
        yield at, url
    finally:
        with contextlib.suppress(Exception):  # what went wrong before is what is to be told
            engine.drop(url)
