"""What must hold of a round of the pulse after each kill, and when it is over: `faults` says what does not."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from bot import sealing
from bot.sealing import Key, Lost
from bot.services import closing
from bot.services.voting import Voter
from storage import results, surveys
from storage.people import Member
from storage.select import columns
from storage.surveys import Survey
from tests.faults.lives import World
from tests.faults.snapshots import Snapshot

OVER = ("closed", "void")
OPENED = b'{"segment":'
"""How everything begins that is sealed; nowhere may it stand readable."""
TAG = re.compile(r"[0-9a-f]{32}")
POOL = ("participation", "envelope", "answer")
LITTLE = ("survey", "result", "comment", "answer")
"""Tables that are looked through after every kill; the others, which hold much more, now and then."""


@dataclass
class Ballot:
    """What the parent knows of a round: who is behind which tag, what they answer, and what was acknowledged."""

    survey: Survey
    key: Key
    voters: Mapping[int, Voter]
    """By number, those who vote."""
    values: Mapping[int, str]
    words: Mapping[int, str]
    mark: str
    """What every comment of this round holds, and nothing else."""
    others: Sequence[Member]
    """Some who vote too late."""
    told: set[int] = field(default_factory=set)
    commented: set[int] = field(default_factory=set)
    took_part: dict[str, set[int]] = field(default_factory=lambda: {"answer": set(), "comment": set()})
    sealed: set[int] = field(default_factory=set)
    """Whose answer was in its envelope still."""
    mixed: int = 0
    boxes: set[bytes] = field(default_factory=set)
    """All envelopes that were ever seen."""
    mixtures: set[str | bytes] = field(default_factory=set)
    """What rows of answers held that is theirs alone."""
    state: str = "open"
    scrubbed: bool = False
    is_lost: bool = False
    may_be_read: bool = True
    """Whether its key was there when a life began that may have closed it."""

    @property
    def through(self) -> set[int]:
        """Whose answer was acknowledged, and their comment if they have one."""
        return self.told - (self.words.keys() - self.commented)

    def may_be_mixed(self, more: Iterable[int]) -> bool:
        """Whether there is something to be mixed when these have voted too."""
        sealed = Counter(self.voters[one].segment for one in self.sealed.union(set(more) - self.took_part["answer"]))
        return not self.is_lost and max(sealed.values(), default=0) >= 2 * self.survey.batch

    def given(self, part: str, number: int) -> dict[str, Any]:
        """What somebody gave, as it is sealed."""
        segment = self.voters[number].segment
        if part == "comment":
            return {"segment": segment, "words": self.words[number], "receipt": ""}
        return {"segment": segment, "value": self.values[number]}

    def number(self) -> dict[str, int]:
        """Who is behind each tag."""
        return {voter.tag: number for number, voter in self.voters.items()}


def faults(world: World, ballot: Ballot, shot: Snapshot, *, thorough: bool) -> Iterator[str]:
    """What is wrong with the round; notes who took part so far. `thorough`: look through every table."""
    survey = surveys.get(shot.session, ballot.survey.id)
    if survey is None:
        yield "lost: a round that was open is gone"
        return
    ballot.state, ballot.scrubbed = survey.state, survey.scrubbed
    yield from _readable(ballot, shot, survey, thorough=thorough)
    if survey.state not in OVER:
        yield from _under_way(world, ballot, shot.session)
        return
    if survey.secret:
        yield "wrong: the secret of a round that is over is there"
    yield from _outcome(ballot, shot.session, survey)
    if survey.scrubbed:
        yield from _remains(world, ballot, shot)


def _under_way(world: World, ballot: Ballot, session: Session) -> Iterator[str]:
    """Everybody who took part has one envelope, or is one of those who were mixed; all acknowledged took part."""
    number, sealed = ballot.number(), _boxes(session, ballot.survey.id)
    mixed = [row.box for row in _rows(session, "answer", ballot.survey.id)]
    ballot.mixed = max(ballot.mixed, len(mixed))
    for part, told, others in (("answer", ballot.told, mixed), ("comment", ballot.commented, [])):
        tags = {row.tag for row in _rows(session, "participation", ballot.survey.id) if row.part == part}
        if strangers := (tags | {tag for of, tag in sealed if of == part}) - number.keys():
            yield f"wrong: {len(strangers)} tags are of nobody who gave their {part}"
            return
        ballot.took_part[part] = {number[tag] for tag in tags}
        yield from (f"lost: {part} of voter {one}" for one in sorted(told - ballot.took_part[part]))
        boxes = {number[tag]: box for (of, tag), box in sealed.items() if of == part}
        kept = len(boxes) + len(others)
        if kept != len(tags):
            yield f"{'lost' if kept < len(tags) else 'doubled'}: {len(tags)} gave their {part}, {kept} are there"
        if part == "answer":
            ballot.sealed = set(boxes)
        yield from _sealed(ballot, part, boxes, others)
    key = Path(world.folder / "keys" / f"{ballot.survey.id}{sealing.SUFFIX}")
    if not ballot.is_lost and (not key.exists() or key.read_bytes() != ballot.key.secret):
        yield "lost: the key of a round that is under way"
    if results.figures(session, ballot.survey.id) or results.comments(session, ballot.survey.id):
        yield "wrong: results of a round that is under way"


def _sealed(ballot: Ballot, part: str, boxes: Mapping[int, bytes], mixed: Sequence[bytes]) -> Iterator[str]:
    """Each envelope holds what its voter gave first, and nothing else; what was mixed is what all the others gave."""
    try:
        held = {number: ballot.key.open(box) for number, box in boxes.items()}
        among = sorted(json.dumps(ballot.key.open(box)) for box in mixed)
    except Lost:
        yield f"readable: a box with {part} is not sealed, or for somebody else"
        return
    if held != {number: ballot.given(part, number) for number in boxes}:
        yield f"wrong: an envelope holds another {part} than its voter gave first"
    if part == "answer" and among != sorted(
        json.dumps(ballot.given(part, number)) for number in ballot.took_part[part] - boxes.keys()
    ):
        yield "wrong: what was mixed is not what those gave who have no envelope"


def _readable(ballot: Ballot, shot: Snapshot, survey: Survey, *, thorough: bool) -> Iterator[str]:
    """No tag stands beside anything but what is sealed, nothing that was sealed stands anywhere opened; what was mixed
    has no tag and no box that an envelope has."""
    session, tags = shot.session, {voter.tag for voter in ballot.voters.values()}
    ballot.boxes |= set(_boxes(session, survey.id).values())
    for row in _rows(session, "answer", survey.id):
        if {*row} & (tags | ballot.boxes):
            yield "readable: what was mixed stands beside its tag, or is its envelope still"
        own = {cell for cell in row if isinstance(cell, str | bytes) and len(cell) >= len(survey.id)}
        ballot.mixtures |= own - {survey.id, survey.question.id}
    for name in SQLModel.metadata.tables if thorough else LITTLE:
        if name not in ("participation", "envelope"):
            words = "\n".join(map(str, session.execute(text(f"SELECT * FROM {name}"))))
            yield from (f"readable: a tag stands in {name}" for _ in tags & set(TAG.findall(words)))
            if OPENED.decode() in words:
                yield f"readable: what was sealed stands in {name}"
            if ballot.mark in words and not (survey.state == "closed" and name in ("comment", "outbox")):
                yield f"readable: a comment stands in {name}"
    for content in shot.raw:
        if OPENED in content or (survey.state != "closed" and ballot.mark.encode() in content):
            yield "readable: the file holds what was sealed"


def _outcome(ballot: Ballot, session: Session, survey: Survey) -> Iterator[str]:
    """What is shown is what all who took part make, each once; of a round whose key was lost it is nothing."""
    shown = {name: asdict(one) for name, one in results.figures(session, survey.id).items()}
    said = sorted((one.cut, one.words) for one in results.comments(session, survey.id))
    if survey.state == "void":
        if not ballot.is_lost:
            yield "lost: a round is void whose key was never lost"
        if shown or said or survey.answered:
            yield "readable: a round that is void has results"
        return
    if not ballot.may_be_read:
        yield "wrong: a round was closed whose key was lost before"
    counts: dict[int, Counter[str]] = {segment: Counter() for segment in survey.asked_in}
    for number in ballot.took_part["answer"]:
        counts[ballot.voters[number].segment][ballot.values[number]] += 1
    counts = {segment: of for segment, of in counts.items() if of}
    expected = {one.cut: json.loads(json.dumps(asdict(one))) for one in closing.shown(survey, counts)}
    if shown != expected:
        yield f"wrong: the result is {shown}, and should be {expected}"
    answered = {segment: of.total() for segment, of in counts.items()}
    comments = [ballot.given("comment", number) for number in ballot.took_part["comment"]]
    if said != sorted((one.cut, one.words) for one in closing.commented(survey, comments, answered)):
        yield f"wrong: {len(said)} comments are shown, and they are not those that should be"


def _remains(world: World, ballot: Ballot, shot: Snapshot) -> Iterator[str]:
    """Nothing is left of a round that says so: no row, no key, and no byte in the files."""
    survey_id, kept = ballot.survey.id, {one.words for one in results.comments(shot.session, ballot.survey.id)}
    for name in POOL:
        if _rows(shot.session, name, survey_id):
            yield f"wrong: {name} has rows of a round that is over"
        if "sqlite" not in world.url and _partition(shot.session, f"{name}_{survey_id}"):
            yield f"wrong: {name} has a partition of a round that is over"
    if (world.folder / "keys" / f"{survey_id}{sealing.SUFFIX}").exists():
        yield "wrong: the key of a round that is over is there"
    gone: set[Any] = (
        {voter.tag for voter in ballot.voters.values()} | ballot.boxes | ballot.mixtures | {ballot.survey.secret}
    )
    gone |= {words for words in ballot.words.values() if words not in kept} | {ballot.key.secret}
    for content in shot.raw:
        left = [one for one in gone if (one.encode() if isinstance(one, str) else one) in content]
        if left:
            yield f"wrong: the files hold {len(left)} things of a round that is over, such as {left[0]!r}"


def _rows(session: Session, name: str, survey_id: str) -> list[Any]:
    rows = SQLModel.metadata.tables[name]
    return list(session.execute(columns(*rows.c).where(rows.c.survey_id == survey_id)))


def invited(session: Session, survey_id: str) -> dict[str, str]:
    """Where the invitation of each person stands."""
    return {row.person_id: row.state for row in _rows(session, "invitation", survey_id)}


def segments(session: Session, survey_id: str) -> dict[str, int]:
    """As one of which segment each person is asked."""
    return {row.person_id: row.segment for row in _rows(session, "invitation", survey_id)}


def _boxes(session: Session, survey_id: str) -> dict[tuple[str, str], bytes]:
    return {(row.part, row.tag): bytes(row.box) for row in _rows(session, "envelope", survey_id)}


def _partition(session: Session, name: str) -> bool:
    return session.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar_one() is not None
