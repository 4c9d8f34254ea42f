"""Who did what when, of all that only admins and leads may do. Nothing of it is changed or deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session

from storage import models, people
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert


@dataclass(frozen=True)
class Act:
    """An administrative act; `by` is None for the command line, and for somebody who is not known any more."""

    id: int
    at: datetime
    by: Member | None
    act: str
    subject: str
    before: str
    after: str
    by_command_line: bool = False


_ACTS = table(models.Audit)


def note(
    session: Session,
    workspace_id: str,
    *,
    by: str,
    act: str,
    subject: str = "",
    before: str = "",
    after: str = "",
    now: datetime,
) -> None:
    """Write an act down, in the transaction in which it is done. `by` is the id of a person, "" for the operator's
    command line; the rest is ids, names of ours, dates and values of settings, never words of people."""
    told = {"by": by, "act": act, "subject": subject, "before": before, "after": after}
    insert(session, models.Audit, {"workspace_id": workspace_id, "at": now, **told})


def newest(
    session: Session,
    workspace_id: str,
    *,
    acts: Collection[str] = (),
    by: str = "",
    below: int | None = None,
    limit: int,
) -> tuple[Act, ...]:
    """The newest acts first: of these kinds if some are named, of this person (an id of ours) if one is, and older
    than the one with the id `below`."""
    asked = columns(*(_ACTS.c[name] for name in ("id", "at", "by", "act", "subject", "before", "after")))
    asked = asked.where(*_wanted(workspace_id, acts, by))
    if below is not None:
        asked = asked.where(_ACTS.c.id < below)
    rows = session.execute(asked.order_by(_ACTS.c.id.desc()).limit(limit)).all()
    known = people.by_id(session, {row.by for row in rows if row.by})
    return tuple(
        Act(row.id, row.at, known.get(row.by), row.act, row.subject, row.before, row.after, not row.by) for row in rows
    )


def noted(session: Session, workspace_id: str, act: str, *, subject: str = "") -> bool:
    """Whether there ever was an act of this kind, about this subject if one is named."""
    about = [_ACTS.c.subject == subject] if subject else []
    return bool(session.execute(columns(exists().where(*_wanted(workspace_id, (act,), ""), *about))).scalar())


def note_run(session: Session, workspace_id: str, run: str, *, act: str, after: str = "", now: datetime) -> None:
    """Write down what a `run` of the operator's command line does: once, in the first of its transactions that changes
    something, however many it takes and however it ends."""
    if not noted(session, workspace_id, act, subject=run):
        note(session, workspace_id, by="", act=act, subject=run, after=after, now=now)


def _wanted(workspace_id: str, acts: Collection[str], by: str) -> tuple[Any, ...]:
    wanted: list[Any] = [_ACTS.c.workspace_id == workspace_id]
    if acts:
        wanted.append(_ACTS.c.act.in_(list(acts)))
    if by:
        wanted.append(_ACTS.c.by == by)
    return tuple(wanted)
