"""All rows that name a person, for themselves: read table by table, so that no table is forgotten."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, SQLModel

from storage import models, people
from storage.erasing import APPOINTING, whose
from storage.outbox import FILE
from storage.people import Member
from storage.select import columns, table
from storage.sent_files import ACTS

Row = Mapping[str, object]
_NOT_TOLD = ("workspace_id", "fingerprint", "whole", "digest", "receipt", "address", "payload", "owner", "lease_until")
"""Columns that say nothing to a person, or are how something is kept safe."""
_CONTEXT: dict[str, tuple[str, type[SQLModel], tuple[str, ...]]] = {
    "praise_id": ("praise", models.Praise, ("words", "customer", "source", "happened_on", "state")),
    "kudos_id": ("kudos", models.Kudos, ("reason", "value", "given_at")),
    "suggestion_id": ("idea", models.Suggestion, ("title", "state")),
}
"""What a row is about, by the column that names it."""
_HELD_BACK: Mapping[str, tuple[str, Callable[[Row, str], bool]]] = {
    "praise": ("rest", lambda row, person_id: row["recorder_id"] == person_id),
    "reply": ("answer", lambda row, _: bool(row["told"])),
}
"""Words in a row that names somebody which are not for everybody it names, or not yet, and when they are: nobody but
the recorder is shown the rest of a mixed comment, and an answer by a receipt code comes once a working day, so that
nobody can tell when it was given. Until then the row looks as if there were none."""
_ACTS = {"audit": ("by", "subject"), "setting": ("set_by",)}
"""Columns of administrative acts that can name a person and need not: a command line has no id, and dates have none."""


@dataclass(frozen=True)
class Held:
    """What is held of somebody: the rows that name them, by table, and what waits to be sent to them; `about` are the
    ids of those whom it names."""

    tables: dict[str, tuple[Row, ...]]
    about: frozenset[str] = frozenset()


def held(session: Session, workspace_id: str, person_id: str, slack_id: str) -> Held:
    """Everything about a person. Other people are in it by name, where they act in what the person takes part in."""
    found: dict[str, tuple[Row, ...]] = {}
    about = {person_id}
    for each in SQLModel.metadata.sorted_tables:
        named = [each.c.id] if each.name == "person" else naming(each)
        if named and "workspace_id" in each.c:
            here = columns(*each.c).where(or_(*(one == person_id for one in named)))
            if session.get_bind().dialect.name != "sqlite":  # which would go by the workspace, and read all that it has
                here = here.where(each.c.workspace_id == workspace_id)
            rows = [dict(row) for row in session.execute(here).mappings() if row["workspace_id"] == workspace_id]
            about |= _people(session, each, rows)
            found[each.name] = tuple(_told(session, each, rows, person_id))
    found["outbox"] = _owed(session, workspace_id, slack_id)
    tables = {name: rows for name, rows in sorted(found.items()) if rows}
    return Held(tables, frozenset(about | ({ACTS} if _ACTS.keys() & tables else set())))


def naming(each: Any) -> list[Any]:
    """The columns of a table that name a person by our id, those of administrative acts as well."""
    return [*whose(each), *(each.c[name] for name in _ACTS.get(each.name, ()))]


def _people(session: Session, each: Any, rows: list[dict[str, Any]]) -> set[str]:
    """The ids of those whom these rows of a table name."""
    ids = {row[column.name] for row in rows for column in naming(each) if row[column.name]}
    listed = [row for row in rows if each.name == "setting" and row["name"] in APPOINTING]
    return set(people.by_id(session, ids)) | {one.id for row in listed for one in _appointed(session, row)}


def _told(session: Session, each: Any, rows: list[dict[str, Any]], person_id: str) -> list[Row]:
    ids = {row[column.name] for row in rows for column in naming(each) if row[column.name]} - {person_id}
    names = {one.id: one.name for one in people.by_id(session, ids).values()} | {person_id: "you"}
    about = {column: _about(session, column, {row[column] for row in rows if row[column]})
             for column in _CONTEXT if column in each.c}  # fmt: skip
    by_name = {column.name for column in whose(each)}
    held_back, may_have = _HELD_BACK.get(each.name, ("", _always))
    told: list[Row] = []
    for row in rows:
        if held_back and not may_have(row, person_id):
            row[held_back] = ""
        row |= {name: names.get(row[name], row[name]) for name in _ACTS.get(each.name, ())}
        if each.name == "setting" and row["name"] in APPOINTING:
            row["value"] = ", ".join(sorted(one.name for one in _appointed(session, row)))
        plain: dict[str, object] = {
            name: names.get(value, "a former colleague") if name in by_name and value else value
            for name, value in row.items()
            if name not in _NOT_TOLD and not isinstance(value, bytes)
        }
        for column, found in about.items():
            plain |= found.get(row[column], {})
        told.append(plain)
    return told


def _always(*_: object) -> bool:
    return True


def _appointed(session: Session, row: Row) -> list[Member]:
    """Those whom a setting lists, who are told by name: a Slack id of somebody else is nobody's to have."""
    slack_ids = [one.strip() for one in str(row["value"]).split(",")]
    return list(people.by_slack(session, str(row["workspace_id"]), slack_ids).values())


def _about(session: Session, column: str, ids: set[str]) -> dict[str, Row]:
    noun, model, wanted = _CONTEXT[column]
    rows = table(model)
    found = session.execute(columns(rows.c.id, *(rows.c[name] for name in wanted)).where(rows.c.id.in_(ids)))
    return {row.id: {f"{noun}_{name}": getattr(row, name) for name in wanted} for row in found}


def _owed(session: Session, workspace_id: str, slack_id: str) -> tuple[Row, ...]:
    """Messages to them that are owed or were sent in the last month; what stands in one, only Slack has after that.

    Nothing is owed to whoever has no account; updates of every message wait at a channel without a name."""
    if not slack_id:
        return ()
    rows = table(models.Outbox)
    here = rows.c.workspace_id == workspace_id, rows.c.channel == slack_id, rows.c.method != FILE
    asked = columns(rows.c.key, rows.c.state, rows.c.created_at, rows.c.sent_at, rows.c.payload).where(*here)
    return tuple(dict(row) for row in session.execute(asked.order_by(rows.c.id)).mappings())
