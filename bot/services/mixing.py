"""Mix sealed answers: open them among others and seal them again without their tags, so that nobody who holds the
database and, while the round runs, its key can tell whose is whose.

Nothing that was opened is ever written: what is stored is a new box of the same size, so copies of the database alone
tell nothing of any answer, not even of a batch that agrees. With the key a box tells the segment of its answer, so
answers are mixed segment by segment: while a segment has twice a batch of them sealed behind tags, all but a batch,
drawn at random, are mixed. The last batch stays as it is until the round closes and everything is counted.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import sealing
from bot.rules.company import Company
from bot.rules.pulse import is_open
from bot.sealing import Key, Lost
from storage import ballots, invitations, surveys
from storage.ballots import Boxes
from storage.surveys import Survey

MOST = 500
"""Answers that are mixed at once, at most twice as many: they are opened and sealed again in a fifth of a second."""
MOST_VALUE = 64
"""Characters of an answer; the longest that a question takes is far shorter."""
_CHANCE = random.SystemRandom()

_TEXTS = {"value", "words"}
"""What a box of an answer has beside its segment, and one of a comment."""

Contents = Mapping[str, Any]
"""What was in a box."""
Tags = frozenset[str]


@dataclass(frozen=True)
class Pool:
    """The sealed envelopes of an open round: how many there are, and those that may be mixed now, drawn at random: each
    set is of one segment."""

    survey: Survey
    sealed: int
    drawn: tuple[Tags, ...]


@dataclass(frozen=True)
class Batch:
    """Answers of one segment that were opened together, sealed again in random order, and the tags behind which they
    were."""

    tags: Tags
    boxes: tuple[bytes, ...]


def pool(session: Session, company: Company, *, left: Mapping[str, int], now: datetime) -> Pool | None:
    """The pool of the open round, if it has grown by a batch since so many were `left` in that of the round with this
    id: else there is nothing to mix."""
    survey = surveys.current(session, company.workspace_id)
    if survey is None or not is_open(survey.state, survey.closes_at, now):
        return None
    sealed = ballots.sealed(session, survey.id, "answer")
    if sealed < max(2 * survey.batch, left.get(survey.id, 0) + survey.batch):
        return None
    if not any(asked >= 2 * survey.batch for asked in survey.asked_in.values()):
        return None  # no segment will ever be mixed
    tags_of = by_segment(session, survey, ballots.tags(session, survey.id, "answer"))
    return Pool(survey, sealed, tuple(drawn(survey.batch, tags_of)))


def by_segment(session: Session, survey: Survey, tags: Collection[str]) -> dict[int, list[str]]:
    """These tags by segment: that of a tag is known without opening anything."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for person_id, segment in invitations.segments(session, survey.id):
        if (tag := sealing.tag(survey.secret, person_id)) in tags:
            found[segment].append(tag)
    return found


def drawn(least: int, tags_of: Mapping[int, Sequence[str]]) -> list[Tags]:
    """Of each segment all tags but `least`, in pieces of `least` to `MOST` and somewhat more; none while it has fewer
    than twice that."""
    return [piece for tags in tags_of.values() if len(tags) >= 2 * least for piece in _pieces(tags, least)]


def _pieces(tags: Sequence[str], least: int) -> list[Tags]:
    some = _CHANCE.sample(tags, len(tags) - least)
    pieces = max(1, len(some) // max(MOST, least))
    return [frozenset(some[piece::pieces]) for piece in range(pieces)]


def envelopes(session: Session, survey: Survey, tags: Tags) -> Boxes:
    """The envelopes behind these tags, as far as they are there still."""
    return ballots.envelopes(session, survey.id, "answer", tags)


def opened(key: Key, boxes: Boxes) -> dict[str, Contents]:
    """What is in these boxes, by tag or id; one that is damaged, or that whoever can write to the database made up, is
    left out. Takes a sixth of a millisecond each."""
    found: dict[str, Contents] = {}
    for tag, box in boxes:
        with suppress(Lost):
            content = key.open(box)
            if isinstance(content.get("segment"), int) and _TEXTS & content.keys():
                found[tag] = content
    return found


def batch(key: Key, survey: Survey, envelopes: Boxes) -> Batch | None:
    """These answers, sealed again; None if too few of them can be opened. Takes a third of a millisecond each."""
    contents = opened(key, envelopes)
    if len(contents) < survey.batch:
        return None
    boxes = [_sealed_again(survey, content) for content in contents.values()]
    _CHANCE.shuffle(boxes)
    return Batch(frozenset(contents), tuple(boxes))


def _sealed_again(survey: Survey, content: Contents) -> bytes:
    answer = {"segment": content["segment"], "value": str(content.get("value", ""))[:MOST_VALUE]}
    return sealing.seal(survey.public_key, answer, sealing.ANSWER_BYTES)


def put_back(session: Session, company: Company, survey: Survey, batch: Batch) -> bool:
    """Put a batch in place of its envelopes; False, and nothing is changed, if another process did or the round is no
    longer open."""
    there = surveys.get(session, survey.id)
    if there is None or there.state != "open":
        return False
    return ballots.mix(session, company.workspace_id, survey.id, batch.tags, batch.boxes)
