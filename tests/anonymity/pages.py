"""The places of rows inside SQLite's pages: a row is put before those that came earlier, whatever its key.

For tables of a single page: sqlite.org/fileformat2.html.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.anonymity.polls import Copy, Poll
from tests.office import path_of

LEAF_OF_INDEX = 0x0A
LARGEST = 65536


def insertion_order(poll: Poll) -> Copy:
    """A copy of the round with its rows in the order in which they were put into the file."""
    assert poll.round.scrub()  # all is in the file itself
    file = path_of(poll.round.office.database)
    tags = [row for row in _rows(file, "participation") if row[1] == "answer"]
    mixed = tuple((str(row[1]), bytes(row[3])) for row in _rows(file, "answer"))  # type: ignore[arg-type]
    return Copy(tuple(str(row[2]) for row in tags), poll.last.sealed, mixed)


def large_pages(file: Path) -> None:
    """Let a database have pages of the largest size, that a table of many boxes has a single one."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA page_size={LARGEST}")
        connection.execute("VACUUM")


def _rows(file: Path, table: str) -> list[list[str | int | bytes]]:
    with closing(sqlite3.connect(file)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        keys = connection.execute(f"PRAGMA table_info({table})").fetchall()
    content = file.read_bytes()
    page = content[(root - 1) * size : root * size]
    assert page[0] == LEAF_OF_INDEX, "the table has outgrown its page"
    count = int.from_bytes(page[3:5], "big")
    places = sorted((int.from_bytes(page[8 + 2 * at : 10 + 2 * at], "big") for at in range(count)), reverse=True)
    in_key = [name for _, name, *_, key in sorted(keys, key=lambda each: each[-1] or 99) if key]
    assert in_key[0] == "survey_id"  # a row without number begins with its key
    return [_record(page, place) for place in places]


def _record(page: bytes, place: int) -> list[str | int | bytes]:
    """Texts, small numbers and bytes of a row."""
    _, place = _varint(page, place)
    header, at = _varint(page, place)
    end, found = place + header, list[str | int | bytes]()
    values = end
    while at < end:
        kind, at = _varint(page, at)
        length = (kind - 12) // 2 if kind >= 12 else {0: 0, 1: 1, 2: 2, 8: 0, 9: 0}[kind]
        raw = page[values : values + length]
        number = {8: 0, 9: 1}.get(kind, int.from_bytes(raw, "big"))
        found.append(number if kind < 12 else raw.decode() if kind % 2 else raw)
        values += length
    return found


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        byte = page[at]
        value, at = value << 7 | byte & 0x7F, at + 1
        if not byte & 0x80:
            return value, at
