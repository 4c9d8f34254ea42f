"""Words of people that were kept long enough: found by when they were recorded, given or settled."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import Session

from bot.rules.erasing import ERASED
from storage import models
from storage.erasing import Touched, empty, empty_ideas, empty_praise
from storage.select import columns, table

_PRAISES, _KUDOS, _IDEAS = table(models.Praise), table(models.Kudos), table(models.Suggestion)
_STEPS, _REMARKS = table(models.Step), table(models.Remark)
_SURVEYS, _COMMENTS, _REPLIES = table(models.Survey), table(models.Comment), table(models.Reply)
SETTLED = ("done", "declined")
"""States in which nobody works on an idea any more."""


def _due(workspace_id: str, before: datetime, day: date) -> Iterator[tuple[str, Any, Any, Any]]:
    """What is due of each noun: its name, the column with its id, by what it is in order, and the rule."""
    praise = or_(
        and_(_PRAISES.c.state == "accepted", _PRAISES.c.accepted_at < before),
        and_(_PRAISES.c.state == "refused", _PRAISES.c.recorded_at < before),
    )
    kudos = and_(_KUDOS.c.given_at < before, _KUDOS.c.reason.not_in(["", ERASED]))
    ideas = and_(_IDEAS.c.state.in_(SETTLED), _IDEAS.c.moved_on < day, _IDEAS.c.title != ERASED)
    old = columns(_SURVEYS.c.id).where(_SURVEYS.c.workspace_id == workspace_id, _SURVEYS.c.closes_at < before)
    comments = and_(_COMMENTS.c.survey_id.in_(old), _COMMENTS.c.words != ERASED)
    for noun, rows, rule in (
        ("praise", _PRAISES, praise),
        ("kudos", _KUDOS, kudos),
        ("idea", _IDEAS, ideas),
        ("comment", _COMMENTS, comments),
    ):
        yield noun, rows.c.id, rows, and_(rows.c.workspace_id == workspace_id, rule)


def count(session: Session, workspace_id: str, before: datetime, day: date) -> dict[str, int]:
    """How much is due, by noun."""
    every = _due(workspace_id, before, day)
    return {
        noun: session.execute(columns(func.count()).select_from(rows).where(rule)).scalar_one()
        for noun, _, rows, rule in every
    }


def some(session: Session, workspace_id: str, before: datetime, day: date, most: int) -> dict[str, list[str]]:
    """The ids of the first of what is due, by noun, `most` in all."""
    found: dict[str, list[str]] = {}
    for noun, column, _, rule in _due(workspace_id, before, day):
        left = most - sum(map(len, found.values()))
        asked = columns(column).where(rule).order_by(column).limit(left)
        found[noun] = list(session.execute(asked).scalars()) if left else []
    return found


def replace(session: Session, workspace_id: str, ids: Mapping[str, Collection[str]], touched: Touched) -> None:
    """Nothing is left of the words of these; whom they are about, what they brought and where they stand stays."""
    for praise_id in ids.get("praise", ()):
        empty_praise(session, workspace_id, praise_id, touched)
    given = and_(_KUDOS.c.id.in_(list(ids.get("kudos", ()))), _KUDOS.c.reason != "")
    empty(session, _KUDOS, given, touched, reason=ERASED)
    touched.of("kudos").update(ids.get("kudos", ()))
    if ideas := list(ids.get("idea", ())):
        empty_ideas(session, workspace_id, ideas, touched)
        empty(session, _STEPS, _STEPS.c.suggestion_id.in_(ideas), touched, reason="")
        empty(session, _REMARKS, _REMARKS.c.suggestion_id.in_(ideas), touched, words=ERASED)
    if comments := list(ids.get("comment", ())):
        empty(session, _COMMENTS, _COMMENTS.c.id.in_(comments), touched, words=ERASED)
        empty(session, _REPLIES, _REPLIES.c.comment_id.in_(comments), touched, question=ERASED)
        answered = and_(_REPLIES.c.comment_id.in_(comments), _REPLIES.c.answer != "")
        empty(session, _REPLIES, answered, touched, answer=ERASED)
