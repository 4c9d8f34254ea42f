"""SQLite: an engine whose connections keep what was acknowledged, whatever happens to the machine."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import create_engine

BUSY_MS = 2500
"""How long a writer waits for another process; below Slack's three seconds for an acknowledgement."""
CACHE_KB = 4096
"""What the writer's connection keeps of the file; the rest is in the system's cache, and costs a praise nothing that
could be measured: the bot's memory is that much smaller than with 16 MB."""
READER_CACHE_KB = 64
"""The same for each of the readers, of which there are several, and which forget it all at every commit: with 512 kB
neither boards nor Home were faster, and the heap had holes where it had been."""
CHECKPOINT_PAGES = 8000
"""How long the write-ahead log becomes before it is copied into the file: 32 MB, not SQLite's own 4. Each copy waits
for the disk twice, and a page that was changed many times meanwhile is copied once."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged rows when the power goes
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA recursive_triggers=ON",  # else REPLACE deletes ledger entries past their trigger
)


def connect(url: str, *, read_only: bool = False) -> Engine:
    """An engine for sqlite:///PATH; a missing file is made. `read_only` connections refuse to write."""
    if not read_only:
        _keep_private(Path(url.removeprefix("sqlite:///")))
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA cache_size=-{READER_CACHE_KB if read_only else CACHE_KB}")
        # In memory: the pages as they were before a writer's savepoints, else a file made for each group, in which what
        # was deleted may still be read. So are its sorts: long ones are for readers, who sort on disk.
        connection.execute("PRAGMA query_only=ON" if read_only else "PRAGMA temp_store=MEMORY")

    def begin(connection: PoolProxiedConnection) -> None:
        connection.cursor().execute("BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    # The dialect's hook, not the engine's begin event: an engine with events looks for listeners at every statement.
    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]
    return engine


def _keep_private(file: Path) -> None:
    """Make a new file readable for its owner alone, with people's words in it; SQLite gives its companions the same
    rights. Where it cannot be made, SQLite will say why."""
    with suppress(OSError):
        file.touch(mode=0o600, exist_ok=True)
