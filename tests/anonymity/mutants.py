"""Each defence of the ballot pool, to be taken out: the attack that it is there for must succeed.

Production code has no switches for this: the defence is replaced here, in this process, and put back.
"""

import json
import random
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from bot.rules import atoms
from bot.rules.atoms import Cut
from bot.rules.showing import Figures
from bot.sealing import Key, Keys
from bot.services import closing, mixing, voting
from bot.services.mixing import Batch
from storage import ballots, models, results, sqlite, surveys
from storage.ballots import Boxes, Kept
from storage.database import Database
from storage.select import table
from storage.upsert import insert


def _put_readable(session: Session, company: Any, voter: Any, part: str, content: Mapping[str, str], _: int) -> None:
    who = {"survey_id": voter.survey.id, "part": part, "tag": voter.tag, "workspace_id": company.workspace_id}
    if insert(session, models.Participation, who):
        row = {"survey_id": voter.survey.id, "workspace_id": company.workspace_id, "id": secrets.token_hex(16)}
        insert(session, models.Answer, {**row, "box": _readable({"segment": voter.segment, **content})})


def _readable(content: Mapping[str, Any]) -> bytes:
    """As large as a box."""
    return json.dumps(dict(content)).encode().ljust(256)


@contextmanager
def readable_answers() -> Iterator[None]:
    """The answer is written readable, in the transaction that notes who took part."""
    with patch.object(voting, "_put", _put_readable):
        yield


@contextmanager
def readable_when_mixed() -> Iterator[None]:
    """Answers that were mixed are written readable."""
    with patch.object(mixing, "_sealed_again", lambda _, content: _readable(content)):
        yield


@contextmanager
def the_same_boxes() -> Iterator[None]:
    """Answers that are mixed lose their tags, but are not sealed again."""

    def moved(_key: Key, _survey: Any, envelopes: Boxes) -> Batch:
        boxes = [box for _, box in envelopes]
        random.shuffle(boxes)
        return Batch(frozenset(tag for tag, _ in envelopes), tuple(boxes))

    with patch.object(mixing, "batch", moved):
        yield


@contextmanager
def ordinary_tables(database: Database) -> Iterator[None]:
    """The pool's tables on SQLite are ordinary ones, with their hidden numbers of rows."""
    _rebuild(database, "")
    try:
        yield
    finally:
        _rebuild(database, "WITHOUT ROWID")


def _rebuild(database: Database, suffix: str) -> None:
    with database.engine.connect() as connection:
        for pool in ballots.POOL:
            name = table(pool).name
            found = f"SELECT sql FROM sqlite_master WHERE name = '{name}'"
            sql = str(connection.exec_driver_sql(found).scalar_one())
            connection.exec_driver_sql(f"DROP TABLE {name}")
            connection.exec_driver_sql(sql[: sql.rindex(")") + 1] + suffix)
        connection.commit()


@contextmanager
def batches_over_all() -> Iterator[None]:
    """A batch is of whatever segments its answers are."""

    def over_all(_session: Session, _survey: Any, tags: Collection[str]) -> dict[int, list[str]]:
        return {0: sorted(tags)}

    with patch.object(mixing, "by_segment", over_all):
        yield


@contextmanager
def plain_thresholds() -> Iterator[None]:
    """A group is shown if it holds enough answers, whatever else is shown."""

    def plain(cuts: Collection[Cut], _asked: Any, answered: Mapping[int, int], least: int) -> tuple[Cut, ...]:
        return tuple(cut for cut in cuts if atoms.total(cut, answered) >= least)

    with patch.object(atoms, "shown", plain):
        yield


@contextmanager
def kept_when_deleted() -> Iterator[None]:
    """SQLite forgets what it deletes, without overwriting it. For databases that are opened meanwhile."""
    without = tuple(one for one in sqlite._PRAGMAS if "secure_delete" not in one)
    with patch.object(sqlite, "_PRAGMAS", (*without, "PRAGMA secure_delete=OFF")):
        yield


@contextmanager
def live_results(keys: Keys) -> Iterator[None]:
    """What is shown of a round is shown while it runs."""

    def figures(session: Session, survey_id: str) -> dict[str, Figures]:
        survey = surveys.get(session, survey_id)
        key = keys.find(survey_id, survey.public_key) if survey else None
        assert survey and key
        kept: tuple[Kept, ...] = ("mixed", "answer")
        opened = [mixing.opened(key, ballots.boxes(session, survey_id, each)) for each in kept]
        counts = closing.counted(survey, [one for contents in opened for one in contents.values()])
        return {one.cut: one for one in closing.shown(survey, counts)}

    with patch.object(results, "figures", figures):
        yield
