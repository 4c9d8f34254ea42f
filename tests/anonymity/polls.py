"""Rounds to be attacked: everybody gives an answer of their own, in random order, and a copy is kept of every commit.

The attacker is stronger than anybody should be: a copy after each commit, in the order in which the rows lie, and the
round's secret, so that a tag is a name and the team of each person is known. Some hold the key as well.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from bot import sealing
from bot.rules.questions import Option, Question
from bot.sealing import Key
from tests.office import Office
from tests.pulses import Round

TEAMS = {"Shop": 60, "Bar": 40, "Desk": 20}
FEW = {"Shop": 60, "Bar": 40, "Desk": 3}
YES = Question("tools-work", "tools", "yesno", "up", {"en": "Do your tools work?"})
AGREEING = "yes " * 9 + "no"
K = 10
"""Answers of a segment that are mixed together, at least."""


def every_value(count: int) -> Question:
    """A question with so many answers that each person can have one of their own."""
    options = tuple(Option(f"v{at}", {"en": f"V{at}"}) for at in range(count))
    return Question("growth-what", "growth", "choice", "none", {"en": "What helps?"}, options)


@dataclass(frozen=True)
class Copy:
    """What a copy of the database says of a round, in the order in which the rows lie in their tables."""

    took_part: tuple[str, ...]
    sealed: Mapping[str, bytes]
    """Boxes behind their tags."""
    mixed: tuple[tuple[str, bytes], ...]
    """Boxes behind random ids."""


@dataclass
class Poll:
    """A round that was answered by everybody, and what the attacker has of it; `truth` is what they want: by tag."""

    round: Round
    order: list[str] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    segment: dict[str, int] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)

    @property
    def last(self) -> Copy:
        return self.copies[-1]

    @property
    def key(self) -> Key:
        return self.round.key

    def vote(self, name: str, value: str) -> str:
        """Somebody answers, and the bot mixes as soon as it can; gives the tag."""
        tag = sealing.tag(self.round.survey.secret, self.round.members[name].id)
        self.order.append(tag)
        self.truth[tag], self.segment[tag] = value, self.round.segment[name]
        self.round.answer(name, value)
        self.copies.append(copied(self.round))
        for _ in self._mixed():
            self.copies.append(copied(self.round))
        return tag

    def _mixed(self) -> Iterator[int]:
        if self.round.mix():
            yield 1


def played(
    office: Office, folder: Path, teams: Mapping[str, int] = TEAMS, *, seed: int = 1, values: str = "", **settings: Any
) -> Poll:
    """A round in which everybody answers: each with an answer of their own, or with one of `values`, drawn."""
    chance = random.Random(seed)
    people = sum(teams.values())
    if not values:
        settings = {"question": every_value(people), **settings}
    poll = Poll(Round(office, folder, teams, **settings))
    names = chance.sample(list(poll.round.members), people)
    for at, name in enumerate(names):
        poll.vote(name, chance.choice(values.split()) if values else f"v{at}")
    return poll


def copied(round_: Round) -> Copy:
    """A copy of the database as it is now."""

    def read(session: Session) -> Copy:
        def rows(wanted: str, table: str, more: str = "") -> list[Any]:
            query = text(f"SELECT {wanted} FROM {table} WHERE survey_id = :id {more} {_order(session, table)}")
            return list(session.connection().execute(query, {"id": round_.id}))

        answers = "AND part = 'answer'"
        return Copy(
            took_part=tuple(row.tag for row in rows("tag", "participation", answers)),
            sealed={row.tag: bytes(row.box) for row in rows("tag, box", "envelope", answers)},
            mixed=tuple((row.id, bytes(row.box)) for row in rows("id, box", "answer")),
        )

    return round_.office.database.read_now(read)


def _order(session: Session, table: str) -> str:
    """As the rows lie: by place in the file on PostgreSQL; on SQLite by the hidden number of an ordinary table, if it
    has one."""
    if session.get_bind().dialect.name == "postgresql":
        return "ORDER BY tableoid, ctid"
    schema = session.connection().execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table})
    return "" if "WITHOUT ROWID" in str(schema.scalar_one()).upper() else "ORDER BY rowid"
