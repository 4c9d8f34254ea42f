"""Leave nothing in the files of what was deleted from the database.

SQLite overwrites what it deletes (`secure_delete`), but its write-ahead log keeps it until it is emptied. PostgreSQL
keeps what must go in files of its own, which are gone when the tables are. No program can scrub a disk, or a copy.
"""

import sqlite3
from contextlib import closing

from sqlalchemy import Engine

from storage.erasable import COLUMNS

PATIENCE_S = 0.2
"""How long writers may be kept waiting by one try."""


def scrub(engine: Engine, *, vacuum: bool = False) -> bool:
    """Empty the write-ahead log; False if readers or writers were in the way: it is to be tried again soon.

    `vacuum`: what was changed was part of tables that stay. PostgreSQL is told to take the old versions of their rows
    away; it does not overwrite the room that they had, and its own write-ahead log is the operator's.
    """
    if engine.dialect.name != "sqlite":
        return not vacuum or _vacuum(engine)
    path = str(engine.url.database)
    with closing(sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)) as connection:
        try:
            busy, left, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # somebody is writing
            return False
    return not busy and left == 0


def _vacuum(engine: Engine) -> bool:
    """Have PostgreSQL take away what no transaction can see any more, of all our tables; nobody waits for it."""
    connection = engine.raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            for each in sorted(name for name in COLUMNS if name not in ("participation", "envelope", "answer")):
                cursor.execute(f"VACUUM {each}")
    finally:
        connection.close()
    return True
