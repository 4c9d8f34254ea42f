"""Ids of ours, and the names of constraints: set before the first table is declared."""

import os
from datetime import UTC, datetime, timedelta
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


def dated_id(at: datetime) -> str:
    """An id for what is written all day and tells its moment anyway: 32 hexadecimal characters, the first twelve its
    milliseconds since 1970, the rest random (UUIDv7, RFC 9562). Rows that follow one another stand side by side in
    every index, so that a commit writes few pages, however large the tables have grown."""
    chance = int.from_bytes(os.urandom(10), "big") & ~_SAYS_WHICH
    return f"{((at - _BEGINNING) // _MILLISECOND & _FORTY_EIGHT) << 80 | chance | _VERSION_7:032x}"


_BEGINNING, _MILLISECOND, _FORTY_EIGHT = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1), (1 << 48) - 1
_SAYS_WHICH = 0xF << 76 | 0b11 << 62
"""The bits of a UUID that are its version and its variant."""
_VERSION_7 = 7 << 76 | 0b10 << 62
