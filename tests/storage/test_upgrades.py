"""Every earlier schema, filled, upgraded and checked: no row is lost, and nothing tells it from a fresh one."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Column, Engine, MetaData, Table, event, inspect, select
from sqlmodel import Session, SQLModel

from bot.rules import periods, points
from storage import integrity
from storage.database import connect
from storage.migrations import SEARCH, configuration, is_model, revisions, upgrade
from tests.office import TEAM
from tests.stores import Store

Rows = dict[str, list[dict[str, Any]]]

DAY, MOMENT = dt.date(2026, 3, 3), dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)
PEOPLE = ("a" * 32, "b" * 32)
WORDS = "她把整張床拆了，找到了我的戒指。\r\n\ttwice 'quoted' 😀"
MEANT: dict[str, Any] = {
    "workspace_id": TEAM, "words": WORDS, "reason": "for the ring", "state": "accepted", "deed": "praise",
    "payload": '{"text": "hello"}', "reverses": None,
}  # fmt: skip
"""What columns of these names hold; all others get a value of their type that names their table, column and row."""

POOL = {"answer", "envelope", "participation"}
TAKEN_OUT = {"praise": {"featured_on"}}
"""Columns that a migration took out on purpose: the occurrences of the rituals know when a praise opened a day."""


@pytest.fixture(params=revisions()[:-1])
def earlier(request: pytest.FixtureRequest) -> str:
    """Each revision but the newest."""
    return str(request.param)


@pytest.fixture
def empty_url(store: Store, tmp_path: Path) -> str:
    """The address of a database that holds nothing."""
    return store.blank_url(tmp_path)


def reflected(engine: Engine) -> MetaData:
    """The tables as the database has them, whatever the models say now; what searches is none of them, and on
    PostgreSQL the pool of sealed ballots has no place for rows without an open round."""
    left_out = POOL if engine.dialect.name == "postgresql" else set()
    found = MetaData()
    found.reflect(engine, only=lambda name, _: not name.startswith(SEARCH) and name not in left_out)
    found.remove(found.tables["alembic_version"])
    return found


def filled(engine: Engine, tables: MetaData) -> None:
    """Two rows or more in every table, each reference to a row that is there; ledger, accounts and totals agree."""
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            for number in (0, 1):
                row = {name: _value(table, column, number) for name, column in _given(table).items()}
                for more in _totals() if table.name == "total" else [{}]:
                    connection.execute(table.insert().values({**row, **more}))


def _given(table: Table) -> dict[str, Column[Any]]:
    """The columns of a table that the database does not number by itself."""
    return {one.name: one for one in table.columns if one.name != "id" or one.type.python_type is not int}


def _totals() -> Iterator[dict[str, Any]]:
    """Ten points on each board of their deed in each period of their day."""
    for board in points.boards_of("praise"):
        for period, starts_on in periods.starts(DAY):
            yield {"board": board, "period": period, "starts_on": starts_on, "amount": 10, "events": 1}


def _value(table: Table, column: Column[Any], number: int) -> Any:
    for key in column.foreign_keys:
        if key.column.table is table:
            return None  # it follows no other
        return _value(key.column.table, key.column, number)
    if column.name == "person_id" or (table.name, column.name) == ("person", "id"):
        return PEOPLE[number]
    if (table.name, column.name) in _BOOKS:
        return _BOOKS[table.name, column.name]
    if column.name in MEANT:
        return MEANT[column.name]
    return _of_type(table, column, number)


_BOOKS = {
    ("account", "spendable"): 10, ("account", "held"): 0, ("account", "debt"): 0, ("entry", "amount"): 10,
    ("entry", "counts_on"): DAY, ("kudosgift", "taken_back"): True,
}  # fmt: skip
"""What makes the books balance: each has one entry of ten points, and no kudos stand."""


def _of_type(table: Table, column: Column[Any], number: int) -> Any:
    if isinstance(column.type, Boolean) or column.type.python_type is bool:
        return bool(number)
    match column.type.python_type.__name__:
        case "int":
            return number + 1
        case "bytes":
            return f"{table.name} {column.name} {number}".encode()
        case "float":
            return 0.0
        case "date":
            return DAY + dt.timedelta(days=number)
        case "datetime":
            return MOMENT + dt.timedelta(seconds=number)
        case _:
            return f"{table.name} {column.name} {number}"


def rows(engine: Engine, tables: MetaData) -> Rows:
    """Every row, with the columns that these tables have and no migration took out."""
    found: Rows = {}
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            kept = [column for column in table.columns if column.name not in TAKEN_OUT.get(table.name, ())]
            found[table.name] = [dict(row) for row in connection.execute(select(*kept).order_by(*kept)).mappings()]
    return found


def shape(engine: Engine) -> dict[str, Any]:
    """Tables with columns, keys, checks and indexes, whatever the order of the columns."""
    look = inspect(engine)
    found: dict[str, Any] = {}
    for name in look.get_table_names():
        columns = {one["name"]: (str(one["type"]), one["nullable"], one["default"]) for one in look.get_columns(name)}
        found[name] = {"columns": columns}
        for what in ("pk_constraint", "foreign_keys", "unique_constraints", "check_constraints", "indexes"):
            told = getattr(look, f"get_{what}")(name)
            found[name][what] = sorted(map(_words, told if isinstance(told, list) else [told]))
    return found


def _words(told: Any) -> str:
    """What SQLAlchemy tells of a key or an index, conditions written out."""
    return str({key: {name: str(value) for name, value in part.items()} if isinstance(part, dict) else str(part)
                for key, part in sorted(told.items())})  # fmt: skip


def triggers(engine: Engine) -> list[Any]:
    """The triggers that make the ledger append-only."""
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.fixture
def before(empty_url: str, earlier: str) -> Iterator[tuple[Engine, MetaData, Rows]]:
    """A database as an earlier version left it, with rows in every table."""
    upgrade(empty_url, earlier)
    engine = connect(empty_url)
    if engine.dialect.name == "postgresql":  # between two looks at so many tables a busy machine may take a while
        event.listen(engine, "connect", lambda raw, _: raw.execute("SET idle_in_transaction_session_timeout=0"))
    tables = reflected(engine)
    filled(engine, tables)
    yield engine, tables, rows(engine, tables)
    engine.dispose()


def test_every_table_of_an_earlier_version_is_filled(before: tuple[Engine, MetaData, Rows]) -> None:
    _, tables, kept = before

    assert {"praise", "entry", "outbox", "person"} <= tables.tables.keys()
    assert all(len(found) >= 2 for found in kept.values()) and kept.keys() == tables.tables.keys()


def test_an_upgrade_keeps_every_row_and_leaves_sound_books(
    before: tuple[Engine, MetaData, Rows], empty_url: str
) -> None:
    engine, tables, kept = before
    engine.dispose()

    upgrade(empty_url)

    assert rows(engine, tables) == kept
    with Session(engine) as session:
        assert list(integrity.problems(session, real_now=0.0)) == []


def test_an_upgraded_schema_is_the_fresh_one(
    before: tuple[Engine, MetaData, Rows], empty_url: str, database_url: str
) -> None:
    engine, *_ = before
    engine.dispose()
    upgrade(empty_url)
    fresh = connect(database_url)

    assert shape(engine) == shape(fresh)
    assert triggers(engine) == triggers(fresh) != []
    with engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": is_model}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []
    fresh.dispose()


def test_rows_can_be_added_after_an_upgrade(before: tuple[Engine, MetaData, Rows], empty_url: str) -> None:
    """New columns have defaults, and a table that a migration made anew still counts its ids."""
    engine, tables, _ = before
    engine.dispose()
    upgrade(empty_url)
    entry = tables.tables["entry"]

    with engine.begin() as connection:
        row = {name: _value(entry, column, 1) for name, column in _given(entry).items()}
        connection.execute(entry.insert().values({**row, "key": "another"}))

    assert len(rows(engine, tables)["entry"]) == 3


def test_the_files_of_the_history_are_named_as_alembic_tells_it() -> None:
    told = ScriptDirectory.from_config(configuration("")).walk_revisions()
    assert [script.revision for script in told][::-1] == list(revisions())


def test_a_bot_on_a_current_database_never_imports_alembic(tmp_path: Path) -> None:
    code = "import sys, storage.database as d; d.open_database(sys.argv[1]).close(); print('alembic' in sys.modules)"
    told = [
        subprocess.run([sys.executable, "-c", code, f"sqlite:///{tmp_path}/new.db"], check=True, capture_output=True)
        for _ in range(2)
    ]
    assert [each.stdout.strip() for each in told] == [b"True", b"False"]
