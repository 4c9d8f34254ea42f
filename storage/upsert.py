"""INSERT … ON CONFLICT, spelt once for SQLite and PostgreSQL.

Each statement is made once for a model and the columns that are given, and then given rows (`storage.prepared`).
They name tables, not models: nothing here is an object to be tracked.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared
from storage.select import table

Row = Mapping[str, Any]

TOGETHER = 32
"""No more rows go into one statement: a driver takes only so many values, and each number of rows has its wording."""


def insert(session: Session, model: type[SQLModel], row: Row) -> bool:
    """Insert one row unless a unique key is taken; True if it was inserted."""
    row = {**_defaults(model), **row}
    return bool(_unless_taken(_dialect(session), model, tuple(row)).run(session, row))


def insert_all(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> int:
    """As `insert`, for rows of the same columns: many at the price of a few. Gives how many were inserted."""
    defaults, dialect = _defaults(model), _dialect(session)
    rows = [{**defaults, **row} for row in rows]
    if 0 < len(rows) <= TOGETHER:
        return _unless_taken(dialect, model, tuple(rows[0]), len(rows)).run(session, rows)
    return _unless_taken(dialect, model, tuple(rows[0])).run_all(session, rows) if rows else 0


def add_up(
    session: Session,
    model: type[SQLModel],
    rows: Sequence[Row],
    *,
    keys: tuple[str, ...],
    sums: tuple[str, ...],
    where: Any = None,
) -> int:
    """Insert rows of the same columns; where `keys` are taken, add the columns `sums` of the row to those that are
    there: with `where` (made once, at import) only if that holds of them. Gives how many were inserted or added to."""
    dialect, columns = _dialect(session), tuple(rows[0])
    if len(rows) <= TOGETHER:
        return _adding(dialect, model, columns, len(rows), keys, sums, where).run(session, rows)
    return _adding(dialect, model, columns, 1, keys, sums, where).run_all(session, [[row] for row in rows])


def upsert(
    session: Session, model: type[SQLModel], row: Row, *, keys: Sequence[str], where: Any = None, **changes: Any
) -> None:
    """Insert one row; where `keys` are taken, set `changes` (SQL expressions allowed) on the row that is there.

    With `where` only if that holds of the row that is there.
    """
    into = _into(_dialect(session), model)
    statement = into.on_conflict_do_update(index_elements=list(keys), set_=changes, where=where)
    session.execute(statement, row)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _into(dialect: str, model: type[SQLModel]) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table(model)).inline()


@cache
def _defaults(model: type[SQLModel]) -> Row:
    """What columns hold that a row does not name; ids of ours are always named."""
    return {
        each.name: each.default.arg for each in table(model).c if each.default is not None and each.default.is_scalar
    }


@cache
def _unless_taken(dialect: str, model: type[SQLModel], columns: tuple[str, ...], count: int = 0) -> Prepared:
    into = _into(dialect, model).on_conflict_do_nothing()
    return _together(into, columns, count) if count else Prepared(into, columns)


@cache
def _adding(
    dialect: str,
    model: type[SQLModel],
    columns: tuple[str, ...],
    count: int,
    keys: tuple[str, ...],
    sums: tuple[str, ...],
    where: Any,
) -> Prepared:
    into = _into(dialect, model)
    added = {name: into.table.c[name] + into.excluded[name] for name in sums}
    return _together(into.on_conflict_do_update(index_elements=keys, set_=added, where=where), columns, count)


def _together(into: Any, columns: tuple[str, ...], count: int) -> Prepared:
    """For so many rows at once: one statement is sooner done than ten."""
    many = {f"{name}_{row}": (row, name) for row in range(count) for name in columns}
    kinds = {name: into.table.c[name].type for name in columns}  # SQLAlchemy gives them to the first row alone
    rows: Any = [{name: bindparam(f"{name}_{row}", type_=kinds[name]) for name in columns} for row in range(count)]
    return Prepared(into.values(rows), many=many)
