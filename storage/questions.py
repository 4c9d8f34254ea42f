"""What a company changed about the bank: questions of its own, other words, questions that rest, one-offs."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col

from bot.rules.questions import Option, Question
from storage.models import OneOff, OwnQuestion
from storage.select import columns, table
from storage.upsert import upsert


@dataclass(frozen=True)
class Kept:
    """A question as the company wants it; of one of the bank `question` has only the words that were changed."""

    question: Question
    retired: bool


_QUESTIONS, _ONE_OFFS = table(OwnQuestion), table(OneOff)
_EVERY = (
    columns(*(_QUESTIONS.c[name] for name in ("id", "driver", "kind", "direction", "words", "options", "retired")))
    .where(_QUESTIONS.c.workspace_id == bindparam("workspace_id"))
    .order_by(_QUESTIONS.c.id)
)
_COMING = (
    columns(_ONE_OFFS.c.local_date, _ONE_OFFS.c.question)
    .where(_ONE_OFFS.c.workspace_id == bindparam("workspace_id"), _ONE_OFFS.c.local_date >= bindparam("since"))
    .order_by(_ONE_OFFS.c.local_date)
)


def every(session: Session, workspace_id: str) -> dict[str, Kept]:
    """All that was changed, by the id of the question."""
    return {row.id: _kept(row) for row in session.execute(_EVERY, {"workspace_id": workspace_id})}


def _kept(row: Any) -> Kept:
    options = tuple(Option(*each) for each in json.loads(row.options or "[]"))
    return Kept(Question(row.id, row.driver, row.kind, row.direction, json.loads(row.words), options), row.retired)


def keep(session: Session, workspace_id: str, kept: Kept, *, by: str | None, now: datetime) -> None:
    """Keep a question from now on; `by` is the id of a person, None for the command line."""
    question = kept.question
    told = {
        "words": json.dumps(dict(question.words), ensure_ascii=False),
        "options": json.dumps([[option.id, dict(option.words)] for option in question.options], ensure_ascii=False),
        "retired": kept.retired,
        "changed_by": by,
        "changed_at": now,
    }
    row = {
        "workspace_id": workspace_id,
        "id": question.id,
        "driver": question.driver,
        "kind": question.kind,
        "direction": question.direction,
        **told,
    }
    upsert(session, OwnQuestion, row, keys=("workspace_id", "id"), **told)


def one_offs(session: Session, workspace_id: str, since: date) -> dict[date, str]:
    """The ids of the questions that were chosen for dates from `since` on, in their order."""
    rows = session.execute(_COMING, {"workspace_id": workspace_id, "since": since})
    return {day: question for day, question in rows}


def schedule(session: Session, workspace_id: str, day: date, question: str, *, by: str | None, now: datetime) -> None:
    """Choose the question of a date; the newest word on it stands."""
    told = {"question": question, "set_by": by, "set_at": now}
    row = {"workspace_id": workspace_id, "local_date": day}
    upsert(session, OneOff, {**row, **told}, keys=("workspace_id", "local_date"), **told)


def strike(session: Session, workspace_id: str, day: date) -> None:
    """Let a date have the question whose turn it is."""
    here = (col(OneOff.workspace_id) == workspace_id, col(OneOff.local_date) == day)
    session.execute(delete(OneOff).where(*here))
