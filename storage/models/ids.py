"""Ids of ours, and the names of constraints: set before the first table is declared."""

from uuid import uuid4

from sqlalchemy import false, text
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


EMPTY = {"server_default": text("''")}
"""For text columns that were added later: what rows have that were there before."""
NO = {"server_default": false()}
"""The same for yes or no."""
ZERO = {"server_default": text("0")}
"""The same for numbers."""


def new_id() -> str:
    """A random id: 32 hexadecimal characters."""
    return uuid4().hex
