"""A copy of the SQLite file while the bot runs, and the way back (`golden-ear backup`, `golden-ear restore`).

The copy is made by VACUUM INTO: one reading transaction, so whatever was committed before it began is in, whole, and
what was deleted is not. A copied file without its WAL is neither (8 of 40 were broken under load). PostgreSQL has tools
of its own.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from storage import integrity, migrations
from storage.outbox import DUE, FILE, POST, SENT

BUSY_S = 60.0
LOCKS_AT, LOCKS = 0x40000000, 512
"""Where SQLite keeps its locks in every file: the pending byte, the reserved byte, the shared range."""


class Unfit(Exception):
    """A file that cannot be used; the text says why, as the second half of a sentence."""


class InUse(Exception):
    """Somebody has the database open."""


@dataclass(frozen=True)
class Copied:
    """A backup that was made: its size in bytes, and the seconds that it took with its check."""

    size: int
    seconds: float


@dataclass(frozen=True)
class Restored:
    """What `restore` did: the revision that the backup had, and where a replaced database is kept."""

    revision: str
    kept: Path | None


def back_up(database: Path, target: Path) -> Copied:
    """Copy the file `database` to the new file `target`, checked, on disk, readable for its owner alone.

    Unsent messages are marked as perhaps sent: a bot on a restored copy looks for them in Slack first. Files on their
    way are left out. Raises FileNotFoundError, FileExistsError, OSError, or Unfit if the database is damaged.
    """
    began = time.monotonic()
    _must_be_there(database)
    with _aside(target) as aside:
        try:
            with closing(_opened(database, "rw")) as live:
                revision_of(live)
                live.execute("VACUUM INTO ?", (str(aside),))
            with closing(_opened(aside, "rw")) as copy:
                copy.execute("PRAGMA secure_delete=ON")
                copy.execute("DELETE FROM outbox WHERE method = ? AND state != ? AND channel != ''", (FILE, SENT))
                unsent = "state = ? AND method = ? AND unsure_since = 0"
                copy.execute(f"UPDATE outbox SET unsure_since = ? WHERE {unsent}", (time.time(), DUE, POST))
        except sqlite3.DatabaseError as error:
            raise _failure(error) from error
        _must_be_whole(aside)
        _move(aside, target)
    return Copied(target.stat().st_size, time.monotonic() - began)


def restore(backup: Path, database: Path, *, replace: bool = False) -> Restored:
    """Put `backup`, brought to the newest schema, where `database` is or shall be.

    With `replace` a database that is there is copied beside itself first, then overwritten in one transaction that
    nobody else can enter. Raises FileNotFoundError, OSError, FileExistsError without `replace`, InUse while anything
    has it open, and Unfit if the backup is damaged, newer than this code or none of ours; nothing has changed then.
    """
    _must_be_there(backup)
    if database.exists():
        if database.samefile(backup):
            raise Unfit("is the database itself")
        if not replace:
            raise FileExistsError(database)
        with _alone(database):
            pass  # whoever is there is told before anything is copied
    with _aside(database, replace=replace) as aside:
        revision = _working_copy(backup, aside)
        kept = None
        if database.exists():
            kept = _kept_name(database)
            _replace(database, aside, kept)
        else:
            _move(aside, database)
    return Restored(revision, kept)


def revision_of(connection: sqlite3.Connection) -> str:
    """The schema's revision. Raises Unfit if the file is none of ours or newer than this code."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= migrations.OURS:
        raise Unfit("is not a database of Golden Ear")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    revision = str(found[0]) if found else "none"
    if revision not in migrations.revisions():
        raise Unfit(f"has the schema {revision}, which this version does not know: a newer Golden Ear wrote it")
    return revision


def _working_copy(backup: Path, aside: Path) -> str:
    """Copy the backup, upgrade and check the copy; gives the revision that it had."""
    try:
        with closing(_opened(backup, "ro")) as source, closing(_opened(aside, "rw")) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            revision = revision_of(copy)
        _must_be_whole(aside)
        migrations.upgrade(f"sqlite:///{aside}")
        with closing(_opened(aside, "rw")) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, to be moved or read as one
    except sqlite3.DatabaseError as error:
        raise _failure(error) from error
    _must_be_whole(aside)
    return revision


def _replace(database: Path, aside: Path, kept: Path) -> None:
    """Keep the old database as `kept`, then write the new one into its file under its own lock: a bot that starts now
    waits, and finds the old content or the new, never a file that was taken away from under it."""
    with _alone(database) as live:
        if live is None:  # no SQLite file at all: there is nothing to copy page by page
            for ending in ("-wal", ""):
                with suppress(FileNotFoundError):
                    os.rename(f"{database}{ending}", f"{kept}{ending}")
            _move(aside, database)
            return
        with _aside(kept) as copy_of_old:
            with closing(_opened(copy_of_old, "rw")) as copy:
                live.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            _move(copy_of_old, kept)
        with closing(_opened(aside, "ro")) as new:
            new.backup(live)


@contextmanager
def _alone(database: Path) -> Iterator[sqlite3.Connection | None]:
    """The only connection to the file, and nobody else gets one meanwhile; None if it is no SQLite file at all.

    A connection in WAL mode holds a shared lock on the file for as long as it lives, so an exclusive one is refused
    while a bot is up, idle or not. Raises InUse.
    """
    with closing(_opened(database, "rw", patience=1.0)) as connection:
        try:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")  # the lock stays until the connection ends
        except sqlite3.OperationalError as error:
            raise InUse if "locked" in str(error) else _failure(error) from error
        except sqlite3.DatabaseError:
            connection.close()
            _nobody_holds(database)
            yield None
            return
        yield connection


def _nobody_holds(database: Path) -> None:
    """Look for SQLite's locks without SQLite, which does not know the file any more. Raises InUse."""
    import fcntl  # where there is none, nobody gets here with a damaged file

    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKS, LOCKS_AT)
        except OSError as error:
            raise InUse from error


def _opened(path: Path, mode: str, patience: float = BUSY_S) -> sqlite3.Connection:
    """A plain connection that never makes a new file; BEGIN is ours."""
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)


def _must_be_there(path: Path) -> None:
    if not path.is_file():
        raise FileNotFoundError(path)


def _must_be_whole(path: Path) -> None:
    """Raises Unfit with what `golden-ear db check` would say of the file; leaves the file as it is."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    with Session(engine) as session:
        found = list(integrity.problems(session, real_now=0.0))  # what is on its way to Slack is no fault of a copy
    if found:
        raise Unfit(f"is not whole: {'; '.join(found[:5])}")


def _failure(error: sqlite3.DatabaseError) -> Exception:
    """What SQLite's error means: a file that is damaged or none, or trouble with disk or rights."""
    if isinstance(error, sqlite3.OperationalError):
        return OSError(0, str(error))
    return Unfit(f"cannot be read as a database: {error}")


@contextmanager
def _aside(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """An empty file beside `target`, for its owner alone, that is gone in the end unless it was moved.

    Raises FileExistsError if `target` is there and not to be replaced.
    """
    if target.exists() and not replace:
        raise FileExistsError(target)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield aside
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            Path(f"{aside}{ending}").unlink(missing_ok=True)


def _move(aside: Path, target: Path) -> None:
    """Give `aside` its name, once it is on the disk; then the name too."""
    if target.exists():
        raise FileExistsError(target)
    _sync(aside)
    os.rename(aside, target)
    _sync(target.absolute().parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _kept_name(database: Path) -> Path:
    return database.with_name(f"{database.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}")
