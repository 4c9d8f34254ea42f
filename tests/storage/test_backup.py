"""A backup is one file, whole and private, of what was committed before it began."""

import contextlib
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from storage.backup import Unfit, back_up
from tests.storage.contents import words
from tests.stores import Store


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """SQLite alone: PostgreSQL has pg_dump."""
    return sqlite_store


def test_a_backup_is_one_file_for_its_owner_alone_and_holds_everything(live: Path, saved: Path) -> None:
    assert words(saved) == words(live) == ["She found my ring!"]
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in saved.parent.iterdir() if "saved" in path.name] == ["saved.db"]


def test_a_backup_overwrites_nothing(live: Path, saved: Path) -> None:
    before = saved.read_bytes()

    with pytest.raises(FileExistsError):
        back_up(live, saved)

    assert saved.read_bytes() == before


def test_a_backup_holds_nothing_that_was_deleted(live: Path, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(live)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE scratch (words)")
        connection.execute("INSERT INTO scratch VALUES ('the words that were erased')")
        connection.execute("DELETE FROM scratch")
        connection.commit()

    back_up(live, tmp_path / "clean.db")

    assert b"the words that were erased" not in (tmp_path / "clean.db").read_bytes()


def test_a_damaged_database_gives_no_backup_and_leaves_nothing_behind(live: Path, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(live)) as connection:
        connection.execute("UPDATE account SET spendable = spendable + 1")
        connection.commit()

    with pytest.raises(Unfit, match="the account of person"):
        back_up(live, tmp_path / "bad.db")

    assert not list(tmp_path.glob("*bad.db*"))


def test_messages_that_were_unsent_are_looked_for_before_a_restored_bot_sends_them(live: Path, saved: Path) -> None:
    """They may have left since: the sender looks in Slack for whatever is unsure."""
    with contextlib.closing(sqlite3.connect(saved)) as copy, contextlib.closing(sqlite3.connect(live)) as source:
        query = "SELECT unsure_since FROM outbox WHERE method = 'post'"
        assert copy.execute(query).fetchall() and source.execute(query).fetchall()
        assert all(abs(since - time.time()) < 600 for (since,) in copy.execute(query))
        assert all(since == 0 for (since,) in source.execute(query))


def test_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")

    assert not list(tmp_path.iterdir())


def test_a_file_on_its_way_is_in_no_backup(live: Path, tmp_path: Path) -> None:
    """It holds what one person asked for; and by the time of a restoration it has been sent."""
    with contextlib.closing(sqlite3.connect(live)) as source:
        source.execute(
            "INSERT INTO outbox (workspace_id, key, method, channel, subject, thread, payload, state, version, "
            "not_before, attempts, owner, lease_until, unsure_since, error, created_at) VALUES ('T1', 'f', 'file', "
            "'U1', '', '', 'canary-of-a-file', 'due', 0, '2026-11-22', 0, '', 0, 0, '', '2026-11-22')"
        )
        source.commit()
    back_up(live, tmp_path / "copy.db")
    assert b"canary-of-a-file" not in (tmp_path / "copy.db").read_bytes()
