"""Leave nothing in the files of what was deleted from the database.

SQLite overwrites what it deletes (`secure_delete`), but its write-ahead log keeps it until it is emptied. PostgreSQL
keeps what must go in files of its own, which are gone when the tables are. No program can scrub a disk, or a copy.
"""

import sqlite3
from contextlib import closing

from sqlalchemy import Engine

PATIENCE_S = 0.2
"""How long writers may be kept waiting by one try."""


def scrub(engine: Engine) -> bool:
    """Empty the write-ahead log; False if readers or writers were in the way: it is to be tried again soon."""
    if engine.dialect.name != "sqlite":
        return True
    path = str(engine.url.database)
    with closing(sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)) as connection:
        try:
            busy, left, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # somebody is writing
            return False
    return not busy and left == 0
