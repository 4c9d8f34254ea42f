"""What is shown of rounds that closed: figures of groups, comments. Nothing else is left of their answers."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import and_
from sqlmodel import Session

from bot.rules.showing import Figures
from storage import models
from storage.models import Result
from storage.select import columns, table
from storage.upsert import insert_all

_RESULTS, _COMMENTS, _SURVEYS = table(Result), table(models.Comment), table(models.Survey)


@dataclass(frozen=True)
class Comment:
    """A comment, and the group as whose it is shown; `receipt` is the digest of a code, "" without one."""

    id: str
    cut: str
    words: str
    receipt: str = ""


def keep(
    session: Session, workspace_id: str, survey_id: str, figures: Sequence[Figures], comments: Sequence[Comment]
) -> None:
    """Store what is shown of a round."""
    same = {"survey_id": survey_id, "workspace_id": workspace_id}
    told = [(one.cut, json.dumps(asdict(one), separators=(",", ":"))) for one in figures]
    insert_all(session, Result, [{**same, "cut": cut, "figures": stored} for cut, stored in told])
    insert_all(session, models.Comment, [{**same, **asdict(each)} for each in comments])


def figures(session: Session, survey_id: str, cuts: Collection[str] | None = None) -> dict[str, Figures]:
    """What is shown of each group that is shown, by the group's name; of these groups alone if any are named."""
    wanted = [_RESULTS.c.survey_id == survey_id]
    if cuts is not None:
        wanted.append(_RESULTS.c.cut.in_(list(cuts)))
    rows = session.execute(columns(_RESULTS.c.figures).where(*wanted)).scalars()
    return {one.cut: one for one in map(_figures, rows)}


def trend(
    session: Session, workspace_id: str, question: str, cut: str, *, until: date, limit: int
) -> tuple[tuple[date, Figures], ...]:
    """What was shown of a group whenever it was asked this question, the last times up to that date, oldest first."""
    same = and_(_RESULTS.c.survey_id == _SURVEYS.c.id, _RESULTS.c.cut == cut)
    asked = (_SURVEYS.c.workspace_id == workspace_id, _SURVEYS.c.question == question, _SURVEYS.c.local_date <= until)
    rows = session.execute(
        columns(_SURVEYS.c.local_date, _RESULTS.c.figures)
        .join(_RESULTS, same)
        .where(*asked)
        .order_by(_SURVEYS.c.local_date.desc())
        .limit(limit)
    ).all()
    return tuple((day, _figures(stored)) for day, stored in reversed(rows))


def before(session: Session, workspace_id: str, question: str, day: date, cuts: Collection[str]) -> dict[str, Figures]:
    """What was shown of these groups when this question was asked the last time before that date."""
    asked = (_SURVEYS.c.workspace_id == workspace_id, _SURVEYS.c.question == question, _SURVEYS.c.local_date < day)
    shown = columns(_SURVEYS.c.id).join(_RESULTS, _RESULTS.c.survey_id == _SURVEYS.c.id).where(*asked)
    last = session.execute(shown.order_by(_SURVEYS.c.local_date.desc()).limit(1)).scalar_one_or_none()
    return figures(session, last, cuts) if last else {}


def of_cut(session: Session, survey_ids: Sequence[str], cut: str) -> dict[str, Figures]:
    """What is shown of one group in each of these rounds, by their ids."""
    wanted = (_RESULTS.c.survey_id.in_(list(survey_ids)), _RESULTS.c.cut == cut)
    rows = session.execute(columns(_RESULTS.c.survey_id, _RESULTS.c.figures).where(*wanted))
    return {survey_id: _figures(stored) for survey_id, stored in rows}


def comments(session: Session, survey_id: str, cut: str | None = None) -> tuple[Comment, ...]:
    """The comments that are shown as this group's, or all of a round, in the random order of their ids."""
    wanted = [_COMMENTS.c.survey_id == survey_id]
    if cut is not None:
        wanted.append(_COMMENTS.c.cut == cut)
    said = (_COMMENTS.c.id, _COMMENTS.c.cut, _COMMENTS.c.words, _COMMENTS.c.receipt)
    return tuple(Comment(*row) for row in session.execute(columns(*said).where(*wanted).order_by(_COMMENTS.c.id)))


def _figures(stored: str) -> Figures:
    return Figures(**json.loads(stored))
