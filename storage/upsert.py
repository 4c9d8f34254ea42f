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


def add_up(
    session: Session, model: type[SQLModel], rows: Sequence[Row], *, keys: tuple[str, ...], sums: tuple[str, ...]
) -> None:
    """Insert rows of the same columns; where `keys` are taken, add the columns `sums` of the row to those that are
    there."""
    together = len(rows) if len(rows) <= TOGETHER else 1
    adding = _adding(_dialect(session), model, tuple(rows[0]), together, keys, sums)
    if together == len(rows):
        adding.run(session, _placed(rows))
    else:
        adding.run_all(session, [_placed([row]) for row in rows])


def upsert(
    session: Session, model: type[SQLModel], row: Row, *, keys: Sequence[str], where: Any = None, **changes: Any
) -> None:
    """Insert one row; where `keys` are taken, set `changes` (SQL expressions allowed) on the row that is there.

    With `where` only if that holds of the row that is there.
    """
    into = _into(_dialect(session), model)
    statement = into.on_conflict_do_update(index_elements=list(keys), set_=changes, where=where)
    session.execute(statement, row)


def _placed(rows: Sequence[Row]) -> Row:
    """The values of rows by the names that `_adding` gives them."""
    return {f"{name}_{place}": value for place, row in enumerate(rows) for name, value in row.items()}


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
def _unless_taken(dialect: str, model: type[SQLModel], columns: tuple[str, ...]) -> Prepared:
    return Prepared(_into(dialect, model).on_conflict_do_nothing(), columns)


@cache
def _adding(
    dialect: str,
    model: type[SQLModel],
    columns: tuple[str, ...],
    count: int,
    keys: tuple[str, ...],
    sums: tuple[str, ...],
) -> Prepared:
    """For so many rows at once: one statement is sooner done than ten."""
    into = _into(dialect, model)
    added = {name: into.table.c[name] + into.excluded[name] for name in sums}
    rows: Any = [{name: bindparam(f"{name}_{place}") for name in columns} for place in range(count)]
    return Prepared(into.values(rows).on_conflict_do_update(index_elements=keys, set_=added))
