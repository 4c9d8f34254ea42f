"""The bot with one guard of its rounds missing: `python -m tests.faults.rounds --mutant NAME` must turn red with each.

Production code has no switches for this: the guard is replaced here, in the process whose forks are killed.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot import sealing
from bot.desk import Desk
from bot.jobs import pulse
from bot.sealing import Key
from bot.services import mixing
from bot.services.mixing import Batch
from storage import ballots, models, sqlite
from storage.database import Database, Story
from storage.select import columns, table
from storage.surveys import Survey
from storage.upsert import insert
from tests.faults import mutants

_ENVELOPES = table(models.Envelope)
GAP_S = 0.1
"""How long a moment is in which a guard is missed: kills aim at its beginning."""
_LATER: list[Story[None]] = []
"""What a story has left for a transaction of its own."""


async def gap() -> None:
    """Wait where the guard is missed; `tests.faults.voters` has it said when it begins."""
    await asyncio.sleep(GAP_S)


def _in_two() -> None:
    """Whoever waits for a story waits for a second transaction as well, with what the first one has left."""
    write = Database.write

    async def both(self: Database, story: Story[Any], *delivery: Any) -> Any:
        outcome = await write(self, story, *delivery)
        while _LATER:
            left = _LATER.pop()
            await gap()
            await write(self, left)
        return outcome

    Database.write = both  # type: ignore[assignment, method-assign]


def vote_in_two() -> None:
    """That somebody took part is committed before their envelope."""
    put = ballots.put

    def participation(session: Session, workspace_id: str, survey_id: str, part: Any, tag: str, box: bytes) -> bool:
        fresh = put(session, workspace_id, survey_id, part, tag, box)
        if fresh:
            these = (_ENVELOPES.c.survey_id == survey_id, _ENVELOPES.c.part == part, _ENVELOPES.c.tag == tag)
            session.execute(_ENVELOPES.delete().where(*these))
            row = {"survey_id": survey_id, "part": part, "tag": tag, "workspace_id": workspace_id, "box": box}
            _LATER.append(lambda session: _put(session, [row]))
        return fresh

    _in_two()
    ballots.put = participation


def mixing_in_two() -> None:
    """What was mixed is committed before its envelopes are deleted."""
    put_back = mixing.put_back

    def answers(session: Session, company: Any, survey: Survey, batch: Batch) -> bool:
        tags = _ENVELOPES.c.tag.in_(sorted(batch.tags))
        these = (_ENVELOPES.c.survey_id == survey.id, _ENVELOPES.c.part == "answer", tags)
        rows = [row._asdict() for row in session.execute(columns(*_ENVELOPES.c).where(*these))]
        done = put_back(session, company, survey, batch)
        if done:
            _put(session, rows)
            _LATER.append(lambda session: _none(session.execute(_ENVELOPES.delete().where(*these))))
        return done

    _in_two()
    mixing.put_back = answers


def _put(session: Session, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        insert(session, models.Envelope, row)


def _none(_: object) -> None: ...


def key_first() -> None:
    """The key is destroyed as soon as it is in memory, before the result is kept."""
    read = pulse._read

    async def burnt(desk: Desk, key: Key, survey: Survey) -> Any:
        desk.keys.destroy(survey.id)
        await gap()
        return await read(desk, key, survey)

    pulse._read = burnt


def last_answer_counts() -> None:
    """Whoever answers again changes their answer."""
    put = ballots.put

    def replaced(session: Session, workspace_id: str, survey_id: str, part: Any, tag: str, box: bytes) -> bool:
        these = (_ENVELOPES.c.survey_id == survey_id, _ENVELOPES.c.part == part, _ENVELOPES.c.tag == tag)
        session.execute(_ENVELOPES.update().where(*these).values(box=box))
        return put(session, workspace_id, survey_id, part, tag, box)

    ballots.put = replaced


def not_sealed() -> None:
    """What people say is stored as it is."""
    opened = Key.open

    def plain(_key: str, content: Mapping[str, Any], size: int) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode().ljust(size)

    def either(self: Key, box: bytes) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(box) if box.startswith(b"{") else opened(self, box)
        return content

    sealing.seal, Key.open = plain, either  # type: ignore[assignment, method-assign]


def not_scrubbed() -> None:
    """SQLite's log keeps what was deleted from the file."""

    async def scrub(self: Database, *, vacuum: bool = False) -> bool:
        return True

    Database.scrub = scrub  # type: ignore[method-assign]


def kept_when_deleted() -> None:
    """SQLite forgets what it deletes, without overwriting it."""
    pragmas = tuple(one.replace("secure_delete=ON", "secure_delete=OFF") for one in sqlite._PRAGMAS)
    sqlite._PRAGMAS = pragmas  # type: ignore[assignment]


def ack_before_commit() -> None:
    """Whoever votes is told before it is stored."""
    mutants.A_MOMENT_S = 0.05
    mutants.ack_before_commit()


MUTANTS: Mapping[str, Callable[[], None]] = {
    "vote-in-two": vote_in_two,
    "mixing-in-two": mixing_in_two,
    "key-first": key_first,
    "ack-before-commit": ack_before_commit,
    "last-answer-counts": last_answer_counts,
    "not-sealed": not_sealed,
    "not-scrubbed": not_scrubbed,
    "kept-when-deleted": kept_when_deleted,
}
"""The last two are of SQLite alone: PostgreSQL keeps what must go in files of its own."""
AIMED = ("vote-in-two", "mixing-in-two", "key-first")
"""Those that are weak in a gap, of which kills that come at any moment would fall into few."""
