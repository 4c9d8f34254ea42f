"""What is wrong with a database that does not do its work, and since when."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Literal

from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, col

from storage.models import Inbox, new_id
from storage.postgresql import Unsure
from storage.upsert import insert

Kind = Literal["full", "read-only", "locked", "away", "broken"]

_SQLITE: dict[int, Kind] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_CANTOPEN: "away",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_IOERR: "broken",  # a file system that turned read-only answers so
    sqlite3.SQLITE_CORRUPT: "broken",
    sqlite3.SQLITE_NOTADB: "broken",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_NOMEM: "broken",
}
_POSTGRESQL: tuple[tuple[str, Kind], ...] = (
    ("53100", "full"),  # disk_full
    ("25006", "read-only"),  # read_only_sql_transaction: a standby, or default_transaction_read_only
    ("55P03", "locked"),  # lock_not_available
    ("53", "away"),  # too many connections, out of memory
    ("08", "away"),
    ("57P", "away"),
    ("28", "away"),  # it does not let us in
    ("3D", "away"),  # the database is not there
    ("58", "broken"),  # its own disk failed
    ("XX", "broken"),
)
"""SQLSTATEs by how they begin, the first that fits (PostgreSQL's appendix A)."""


@dataclass(frozen=True)
class Trouble:
    """One outage as this process sees it: its kind, the engine's own word for it, and when it began (monotonic)."""

    kind: Kind
    word: str
    since: float

    @property
    def age_s(self) -> float:
        """Seconds since the first write that failed."""
        return monotonic() - self.since

    def __str__(self) -> str:
        return f"{self.kind} ({self.word})"


def seen(error: BaseException) -> Trouble | None:
    """The trouble that an error tells of, as of now; None if the error is about a story and not about the database."""
    if isinstance(error, Unsure):
        return Trouble("away", "lost during a commit", monotonic())
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)
        kind = _SQLITE.get(code & 0xFF)  # the rest of the code says which of its calls failed
        return Trouble(kind, error.orig.sqlite_errorname, monotonic()) if kind else None
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the client's own words: it could not connect, or lost the connection
        away = isinstance(error, OperationalError)
        return Trouble("away", type(error.orig).__name__, monotonic()) if away else None
    found = next((kind for beginning, kind in _POSTGRESQL if state.startswith(beginning)), None)
    return Trouble(found, f"SQLSTATE {state}", monotonic()) if found else None


def told(error: BaseException) -> str:
    """An error in a word or two for the log: the trouble, else its type."""
    return str(seen(error) or type(error).__name__)


def trace(error: BaseException) -> BaseException | None:
    """What the log shows beside: nothing for trouble, of which a traceback tells no more."""
    return None if seen(error) else error


def probe(session: Session, *, workspace_id: str, now: datetime) -> None:
    """Write a row and take it away again: a transaction that has changed something must reach the disk."""
    key = new_id()
    insert(session, Inbox, {"workspace_id": workspace_id, "kind": "probe", "key": key, "received_at": now})
    here = (col(Inbox.workspace_id) == workspace_id, col(Inbox.kind) == "probe", col(Inbox.key) == key)
    session.execute(delete(Inbox).where(*here))


class Fitness:
    """Whether a database does its work: there is `trouble` from the first transaction that failed by its fault to the
    next write that it took, which was at `written_at` (monotonic)."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        self.written_at = 0.0

    @contextmanager
    def tried(self, *, writes: bool) -> Iterator[None]:
        """Around a transaction; a story that fails for reasons of its own says nothing either way."""
        try:
            yield
        except Exception as error:
            if found := seen(error):
                self.trouble = replace(found, since=self.trouble.since) if self.trouble else found
            raise
        if writes:
            self.trouble, self.written_at = None, monotonic()
