"""What is restored is what was backed up, and nothing is lost on the way."""

import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import integrity
from storage.backup import InUse, Unfit, restore
from storage.database import Database
from storage.migrations import revisions, upgrade
from tests.storage.contents import dump, words
from tests.stores import Store


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """SQLite alone: PostgreSQL has pg_dump."""
    return sqlite_store


@contextlib.contextmanager
def opened_by_another(path: Path, *statements: str) -> Iterator[None]:
    """Another process has the file open, as an idle bot has."""
    code = (
        f"import sqlite3, sys\nc = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        f"for s in {statements!r}: c.execute(s).fetchall()\nprint('open', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"open\n"
        yield
        other.communicate()


def test_a_restored_database_is_as_it_was_and_works(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "new.db"

    done = restore(saved, place)

    assert dump(place) == dump(saved)
    assert done.kept is None and done.revision == revisions()[-1]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    database = Database(f"sqlite:///{place}")
    assert database.read_now(lambda session: list(integrity.problems(session, real_now=0.0))) == []
    database.close()


def test_a_database_is_replaced_only_when_told_to_and_is_kept(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "golden.db"
    upgrade(f"sqlite:///{place}")

    with pytest.raises(FileExistsError):
        restore(saved, place)
    assert words(place) == []
    done = restore(saved, place, replace=True)

    assert words(place) == ["She found my ring!"]
    assert done.kept and done.kept.name.startswith("golden.db.before-restore-") and words(done.kept) == []
    assert stat.S_IMODE(done.kept.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*"))


def test_what_was_only_in_the_wal_of_the_replaced_database_is_kept_too(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "golden.db"
    restore(saved, place)
    leave = "import os, sqlite3; c = sqlite3.connect({!r}, isolation_level=None); c.execute('PRAGMA journal_mode=WAL');"
    leave += "c.execute(\"UPDATE praise SET words = 'in the WAL'\"); os._exit(0)"
    subprocess.run([sys.executable, "-c", leave.format(str(place))], check=True)
    assert Path(f"{place}-wal").stat().st_size

    done = restore(saved, place, replace=True)

    assert done.kept and words(done.kept) == ["in the WAL"] and words(place) == ["She found my ring!"]


@pytest.mark.parametrize(
    "statements",
    [("PRAGMA journal_mode=WAL",), ("SELECT * FROM praise",), ("PRAGMA query_only=ON", "SELECT 1 FROM praise")],
    ids=["opened", "has read", "reads only"],
)
def test_nothing_is_restored_under_a_running_bot(saved: Path, tmp_path: Path, statements: tuple[str, ...]) -> None:
    place = tmp_path / "golden.db"
    upgrade(f"sqlite:///{place}")

    with opened_by_another(place, *statements), pytest.raises(InUse):
        restore(saved, place, replace=True)

    assert words(place) == []
    assert [path.name for path in tmp_path.glob("*restore*")] == []


def test_a_database_that_is_no_database_any_more_is_replaced_and_kept(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "golden.db"
    place.write_bytes(b"scrambled" * 1000)

    done = restore(saved, place, replace=True)

    assert words(place) == ["She found my ring!"]
    assert done.kept and done.kept.read_bytes() == b"scrambled" * 1000


def test_locks_are_seen_on_a_database_that_is_no_database_any_more(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "golden.db"
    restore(saved, place)

    with opened_by_another(place, "PRAGMA journal_mode=WAL", "SELECT 1 FROM praise"):
        with place.open("r+b") as file:
            file.write(b"scrambled" * 1000)
        with pytest.raises(InUse):
            restore(saved, place, replace=True)

    assert not list(tmp_path.glob("*restore*"))


def _newer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _foreign(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
        connection.commit()


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _false(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE total SET amount = amount + 1")
        connection.commit()


@pytest.mark.parametrize(
    "spoil, why",
    [
        (_newer, "newer Golden Ear"),
        (_foreign, "not a database of Golden Ear"),
        (_cut, "cannot be read|not whole"),
        (_false, "a total is"),
        (lambda path: path.write_bytes(b"tar" * 5000), "cannot be read as a database"),
        (lambda path: path.write_bytes(b""), "not a database of Golden Ear"),
    ],
    ids=["newer", "foreign", "cut", "false", "garbage", "empty"],
)
def test_an_unfit_backup_is_refused_and_changes_nothing(
    saved: Path, tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    place = tmp_path / "golden.db"
    upgrade(f"sqlite:///{place}")
    before = dump(place)
    spoil(saved)

    with pytest.raises(Unfit, match=why):
        restore(saved, place, replace=True)
    with pytest.raises(Unfit, match=why):
        restore(saved, tmp_path / "new.db")

    assert dump(place) == before
    assert not (tmp_path / "new.db").exists() and not list(tmp_path.glob("*restore*"))


def test_an_old_backup_is_upgraded(tmp_path: Path) -> None:
    old, place = tmp_path / "old.db", tmp_path / "golden.db"
    upgrade(f"sqlite:///{old}", revisions()[0])

    assert restore(old, place).revision == revisions()[0]

    with contextlib.closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (revisions()[-1],)
    with contextlib.closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (revisions()[0],)


def test_a_bot_that_has_just_started_is_seen(saved: Path, tmp_path: Path) -> None:
    """`open_database` alone leaves no lock; `bot.running` reads once, so that there is one from then on."""
    place = tmp_path / "golden.db"
    restore(saved, place)
    database = Database(f"sqlite:///{place}")
    database.read_now(lambda session: session.connection().exec_driver_sql("SELECT 1 FROM praise").all())

    with pytest.raises(InUse):  # the same process counts as well: SQLite keeps its own account of it
        restore(saved, place, replace=True)

    database.close()
    restore(saved, place, replace=True)
