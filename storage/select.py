"""SELECT of columns, without the types that SQLModel gives up to four of them."""

from typing import Any

from sqlmodel import select

columns: Any = select
"""As `sqlmodel.select`, for more columns, mixed ones, or all of a table (`table.c`)."""
