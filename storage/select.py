"""SELECT of columns, without the types that SQLModel gives up to four of them; and the tables behind the models."""

from typing import Any

from sqlmodel import SQLModel, select

columns: Any = select
"""As `sqlmodel.select`, for more columns, mixed ones, or all of a table (`table.c`)."""


def table(model: type[SQLModel]) -> Any:
    """The table of a model. What every praise runs is stated on tables, once, with parameters: a statement that is made
    anew costs ten times as much, one on a model three times."""
    return model.__table__  # type: ignore[attr-defined]
