"""Rounds of the micro pulse. What a round promises is settled in its row when it opens."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import bindparam, update
from sqlmodel import Session

from bot.rules.atoms import Cut
from bot.rules.questions import Option, Past, Question
from storage import ballots, invitations, models
from storage.invitations import Invited
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import insert

State = Literal["open", "closing", "closed", "void", "few", "skipped"]
UNDER_WAY = ("open", "closing")


@dataclass(frozen=True)
class Survey:
    """A round. `population` is how many could have been asked, `asked_in` how many are asked of each segment and
    `people_in` how many of it could have been; `answered` is 0 until it closed, and if too few answered.

    A date that became no round ("few" people, or "skipped") has no question and nothing beside its times.
    """

    id: str
    local_date: date
    state: State
    opens_at: datetime
    closes_at: datetime
    question: Question
    cuts: tuple[Cut, ...]
    asked_in: Mapping[int, int]
    people_in: Mapping[int, int]
    population: int = 0
    asked: int = 0
    answered: int = 0
    least: int = 0
    least_comments: int = 0
    batch: int = 0
    public_key: str = ""
    secret: str = ""
    scrubbed: bool = False


NO_QUESTION = Question("", "", "agree", "none", {})
_PLAIN = tuple(part.name for part in fields(Survey) if part.name not in ("question", "cuts", "asked_in", "people_in"))


_SURVEYS = table(models.Survey)
_COLUMNS = columns(*_SURVEYS.c)
_BY_ID = Prepared(_COLUMNS.where(_SURVEYS.c.id == bindparam("survey_id")))
_HERE = _SURVEYS.c.workspace_id == bindparam("workspace_id")
_CURRENT = Prepared(_COLUMNS.where(_HERE, _SURVEYS.c.state.in_(UNDER_WAY)))


def open_one(session: Session, workspace_id: str, survey: Survey, invited: Sequence[Invited]) -> bool:
    """Store a round and whom it asks, in the order in which they are asked within an hour.

    False, and nothing is stored, if that date was decided before or another round is under way.
    """
    if not insert(session, models.Survey, _row(workspace_id, survey)):
        return False
    if survey.state == "open":
        ballots.prepare(session, survey.id)
    invitations.invite(session, workspace_id, survey.id, invited)
    return True


def get(session: Session, survey_id: str) -> Survey | None:
    """The round with this id."""
    return _survey(_BY_ID.first(session, survey_id=survey_id))


def current(session: Session, workspace_id: str) -> Survey | None:
    """The round that is open or closing."""
    return _survey(_CURRENT.first(session, workspace_id=workspace_id))


def unfinished(session: Session, workspace_id: str) -> Survey | None:
    """The oldest round that is over and of which something may be left in the files."""
    over = (_SURVEYS.c.workspace_id == workspace_id, _SURVEYS.c.state.in_(("closed", "void")))
    wanted = _COLUMNS.where(*over, _SURVEYS.c.scrubbed.is_(False)).order_by(_SURVEYS.c.local_date).limit(1)
    return _survey(session.execute(wanted).first())


def latest(
    session: Session, workspace_id: str, *states: State, limit: int = 1, until: date | None = None
) -> tuple[Survey, ...]:
    """The last rounds in one of these states, in any if none is named, the newest first; of dates `until` that one."""
    wanted = [_SURVEYS.c.workspace_id == workspace_id]
    if states:
        wanted.append(_SURVEYS.c.state.in_(states))
    if until:
        wanted.append(_SURVEYS.c.local_date <= until)
    rows = session.execute(_COLUMNS.where(*wanted).order_by(_SURVEYS.c.local_date.desc()).limit(limit))
    return tuple(found for row in rows if (found := _survey(row)))


def history(session: Session, workspace_id: str) -> tuple[Past, ...]:
    """Every question that was asked, the oldest first."""
    said = columns(_SURVEYS.c.question, _SURVEYS.c.driver, _SURVEYS.c.local_date)
    asked = (_SURVEYS.c.workspace_id == workspace_id, _SURVEYS.c.question != "")
    return tuple(Past(*row) for row in session.execute(said.where(*asked).order_by(_SURVEYS.c.local_date)))


def move(session: Session, survey_id: str, state: State, **also: Any) -> None:
    """Let the round be in another state; further columns by keyword."""
    session.execute(update(_SURVEYS).where(_SURVEYS.c.id == survey_id).values(state=state, **also))


def scrubbed(session: Session, survey_id: str) -> None:
    """Note that nothing of its answers is left."""
    session.execute(update(_SURVEYS).where(_SURVEYS.c.id == survey_id).values(scrubbed=True))


def _row(workspace_id: str, survey: Survey) -> dict[str, Any]:
    question = survey.question
    cuts = {
        "cuts": [[cut.name, sorted(cut.segments)] for cut in survey.cuts],
        "asked": sorted(survey.asked_in.items()),
        "people": sorted(survey.people_in.items()),
    }
    return {
        **{name: getattr(survey, name) for name in _PLAIN},
        "workspace_id": workspace_id,
        "question": question.id,
        "driver": question.driver,
        "kind": question.kind,
        "direction": question.direction,
        "words": _json(dict(question.words)),
        "options": _json([[option.id, dict(option.words)] for option in question.options]),
        "cuts": _json(cuts),
    }


def _survey(row: Any) -> Survey | None:
    if row is None:
        return None
    cuts, asked_in, people_in = _settled(row.cuts)
    return Survey(
        **{name: getattr(row, name) for name in _PLAIN},
        question=_question(row.question, row.driver, row.kind, row.direction, row.words, row.options),
        cuts=cuts,
        asked_in=asked_in,
        people_in=people_in,
    )


@lru_cache(maxsize=8)
def _settled(stored: str) -> tuple[tuple[Cut, ...], Mapping[int, int], Mapping[int, int]]:
    """What a round settled of its groups: read for each answer, the same each time, and long where teams are many."""
    told = json.loads(stored)
    cuts = tuple(Cut(name, frozenset(segments)) for name, segments in told["cuts"])
    return cuts, MappingProxyType(dict(told["asked"])), MappingProxyType(dict(told["people"]))


@lru_cache(maxsize=8)
def _question(name: str, driver: str, kind: Any, direction: Any, words: str, options: str) -> Question:
    offered = tuple(Option(*each) for each in json.loads(options))
    return Question(name, driver, kind, direction, json.loads(words), offered)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
