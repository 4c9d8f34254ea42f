"""INSERT … ON CONFLICT, spelt once for SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def _statement(session: Session, model: type[SQLModel]) -> Any:
    dialect = session.get_bind().dialect.name
    return (postgresql if dialect == "postgresql" else sqlite).insert(model)


def insert(session: Session, model: type[SQLModel], row: Mapping[str, Any]) -> bool:
    """Insert one row unless a unique key is taken; True if it was inserted."""
    result: Any = session.execute(_statement(session, model).values(**row).on_conflict_do_nothing())
    return bool(result.rowcount)


def upsert(
    session: Session, model: type[SQLModel], row: Mapping[str, Any], *, keys: Sequence[str], **changes: Any
) -> None:
    """Insert one row; where `keys` are taken, set `changes` (SQL expressions allowed) on the row that is there."""
    session.execute(
        _statement(session, model).values(**row).on_conflict_do_update(index_elements=list(keys), set_=changes)
    )
