"""How a guard is taken out: something else stands in its place for a while."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sqlmodel import Session, SQLModel

from storage import points, upsert
from storage.database import Database
from storage.points import Line

Without = Callable[[Database], AbstractContextManager[object]]
"""Takes a guard out as long as it is entered."""

_insert, _enter = upsert.insert, points.enter


def instead(owner: object, **replacements: Any) -> Without:
    """Something else in place of some names of a module or class."""
    return lambda _: patch.multiple(owner, **replacements)


def always(session: Session, model: type[SQLModel], row: Mapping[str, Any]) -> bool:
    """An insert that never says that the row was there."""
    return _insert(session, model, row) or True


def afresh(deed: str) -> Callable[..., bool]:
    """Lines of a deed are entered under keys that nobody had, where theirs is taken."""

    def enter(session: Session, workspace_id: str, line: Line) -> bool:
        other = replace(line, key=f"{line.key}:{uuid4().hex}")
        return _enter(session, workspace_id, line) or (
            line.key.startswith(f"{deed}:") and _enter(session, workspace_id, other)
        )

    return enter
