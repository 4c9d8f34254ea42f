"""What a SQLite file holds."""

import contextlib
import sqlite3
from pathlib import Path


def words(path: Path) -> list[str]:
    """The customers' words in it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT words FROM praise ORDER BY words")]


def dump(path: Path) -> list[str]:
    """All of it, as SQL."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
