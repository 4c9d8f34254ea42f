"""INSERT … ON CONFLICT, spelt once for SQLite and PostgreSQL.

Each statement is made once and then given rows: SQLAlchemy finds it compiled, where one made for each row costs ten
times the insert itself. They name tables, not models, for the same reason: nothing here is an object to be tracked.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.select import table

Row = Mapping[str, Any]


def insert(session: Session, model: type[SQLModel], row: Row) -> bool:
    """Insert one row unless a unique key is taken; True if it was inserted."""
    result: Any = session.execute(_unless_taken(_dialect(session), model), row)
    return bool(result.rowcount)


def add_up(
    session: Session, model: type[SQLModel], rows: Sequence[Row], *, keys: tuple[str, ...], sums: tuple[str, ...]
) -> None:
    """Insert rows; where `keys` are taken, add the columns `sums` of the row to those that are there."""
    session.execute(_adding(_dialect(session), model, keys, sums), rows)


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
def _unless_taken(dialect: str, model: type[SQLModel]) -> Any:
    return _into(dialect, model).on_conflict_do_nothing()


@cache
def _adding(dialect: str, model: type[SQLModel], keys: tuple[str, ...], sums: tuple[str, ...]) -> Any:
    into = _into(dialect, model)
    added = {name: into.table.c[name] + into.excluded[name] for name in sums}
    return into.on_conflict_do_update(index_elements=keys, set_=added)
