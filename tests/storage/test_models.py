"""The schema: what every table has, what the database itself refuses, and what PostgreSQL will be told."""

import contextlib
import re
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Column, DateTime, Table, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Session, SQLModel

from storage import models
from storage.database import Database, connect
from storage.migrations import is_model, upgrade
from tests.office import Office, image, migrated
from tests.stores import Store

TABLES: list[Table] = SQLModel.metadata.sorted_tables
COLUMNS: list[Column[Any]] = [column for table in TABLES for column in table.columns]
assert models


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_carries_the_workspace(table: Table) -> None:
    assert "workspace_id" in table.columns and not table.columns["workspace_id"].nullable


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_constraint_has_the_name_of_the_convention(table: Table) -> None:
    names = [str(constraint.name) for constraint in table.constraints] + [str(index.name) for index in table.indexes]

    assert all(re.fullmatch(rf"(pk|uq|fk|ck|ix)_{table.name}(_\w+)?", name) for name in names), names


def test_times_are_aware() -> None:
    """A naive time raises instead of being stored as somebody's local one."""
    for column in COLUMNS:
        if column.type.python_type.__name__ == "datetime":
            assert isinstance(column.type, DateTime) or "UTC" in type(column.type).__name__, column


@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect()], ids=["postgresql", "sqlite"])
@pytest.mark.parametrize("table", TABLES, ids=str)
def test_each_table_and_index_can_be_made_on_both_engines(table: Table, dialect: Any) -> None:
    assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")
    for index in table.indexes:
        assert str(CreateIndex(index).compile(dialect=dialect)).startswith(("CREATE INDEX", "CREATE UNIQUE INDEX"))


def test_no_name_is_longer_than_postgresql_keeps() -> None:
    names = [str(each.name) for table in TABLES for each in table.constraints | table.indexes]

    assert max(map(len, names)) <= 63


# --- the migrations


def schema(url: str) -> dict[str, str]:
    """Every table, index and trigger of a database, blanks evened out."""
    if url.startswith("postgresql"):
        return _schema_of_postgresql(url)
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: re.sub(r"\s+", " ", sql) for name, sql in rows if not name.startswith("alembic")}


def _schema_of_postgresql(url: str) -> dict[str, str]:
    engine = connect(url, read_only=True)
    with engine.connect() as connection:
        rows = connection.execute(text(
            "SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            " UNION ALL SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " UNION ALL SELECT 'column ' || table_name || '.' || column_name, concat_ws(' ', data_type, is_nullable,"
            " column_default) FROM information_schema.columns WHERE table_schema = 'public'"
        )).all()  # fmt: skip
    engine.dispose()
    return {name: definition for name, definition in rows}


def test_the_migrated_schema_equals_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": is_model}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_migrated_schema_has_every_constraint_of_the_models(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    """Alembic compares no CHECK constraints and no primary keys; the database's own account of both does."""
    made, migrated = connect(store.blank_url(tmp_path)), connect(database_url)
    SQLModel.metadata.create_all(made)
    for name in [table.name for table in TABLES]:
        for of in ("get_pk_constraint", "get_check_constraints", "get_foreign_keys", "get_unique_constraints"):
            migrated_one, made_one = (getattr(inspect(engine), of)(name) for engine in (migrated, made))
            assert _sorted(migrated_one) == _sorted(made_one), (name, of)
    made.dispose()
    migrated.dispose()


def _sorted(found: Any) -> Any:
    return sorted(found, key=lambda each: str(each["name"])) if isinstance(found, list) else found


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    before = schema(database_url)

    upgrade(database_url)

    assert schema(database_url) == before


def test_an_upgrade_keeps_what_is_stored(office: Office) -> None:
    office.praise("ann", "bo", "So kind!")

    upgrade(office.database.engine.url.render_as_string(hide_password=False))

    assert office.points("bo") == 10 and office.is_sound()


def test_an_upgrade_waits_for_whoever_is_upgrading(tmp_path: Path) -> None:
    """Longer than a writer waits: a big migration takes its time. This is about the lock of a SQLite file."""
    path = tmp_path / "new.db"
    path.touch()
    with contextlib.closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(3.5, other.execute, ["ROLLBACK"])
        release.start()
        upgrade(f"sqlite:///{path}")
        release.join()

    assert image(path)[:16] == migrated()[:16]
    assert "entry" in schema(f"sqlite:///{path}")


# --- what the database itself refuses


@pytest.fixture
def ledger(office: Office) -> Session:
    office.praise("ann", "bo", "So kind!")
    session = Session(office.database.engine)
    session.begin()
    return session


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET amount = 11",
        "UPDATE entry SET key = 'another'",
        "DELETE FROM entry",
    ],
)
def test_the_ledger_is_append_only(ledger: Session, statement: str) -> None:
    with ledger, pytest.raises(DBAPIError, match="append-only"):
        ledger.connection().execute(text(statement))


@pytest.mark.parametrize(
    ("store", "statement"),
    [
        ("sqlite", "INSERT OR REPLACE INTO entry SELECT * FROM entry"),
        ("postgresql", "INSERT INTO entry SELECT * FROM entry ON CONFLICT (id) DO UPDATE SET amount = 11"),
        ("postgresql", "TRUNCATE entry"),
    ],
    indirect=["store"],
)
def test_the_ledger_is_append_only_for_the_ways_of_one_engine(ledger: Session, statement: str) -> None:
    with ledger, pytest.raises(DBAPIError, match=r"append-only|UNIQUE"):
        ledger.connection().execute(text(statement))


@pytest.mark.parametrize("part", ["spendable", "held", "debt"])
def test_no_part_of_an_account_is_ever_negative(ledger: Session, part: str) -> None:
    with ledger, pytest.raises(IntegrityError, match=r"(?i)check"):
        ledger.connection().execute(text(f"UPDATE account SET {part} = -1"))


def test_each_account_part_is_checked_by_name() -> None:
    checks = {
        str(check.name)
        for check in SQLModel.metadata.tables["account"].constraints
        if isinstance(check, CheckConstraint)
    }

    assert checks == {"ck_account_spendable", "ck_account_held", "ck_account_debt"}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO praised (praise_id, person_id, workspace_id, place, fingerprint, happened_on, recorded_at)"
        " SELECT praise_id, 'nobody', workspace_id, place, fingerprint, happened_on, recorded_at FROM praised",
        "DELETE FROM person",
        "DELETE FROM praise",
    ],
)
def test_a_row_refers_to_rows_that_are_there(ledger: Session, statement: str) -> None:
    with ledger, pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        ledger.connection().execute(text(statement))
