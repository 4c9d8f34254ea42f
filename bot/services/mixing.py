"""Open sealed answers among others, so that nobody who holds every copy of the database can tell whose is whose.

A readable answer carries its segment, so answers are mixed segment by segment: while a segment has twice a batch of
them sealed, all but a batch, drawn at random, are opened together. The last batch stays sealed until the round closes,
and is then counted without being written down.
"""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.pulse import is_open
from bot.sealing import Key, Lost
from storage import ballots, surveys
from storage.ballots import Envelopes, Opened
from storage.surveys import Survey

MOST = 500
"""Answers that one transaction writes at most."""
_CHANCE = random.SystemRandom()

Contents = Mapping[str, Any]
"""What was in an envelope."""


@dataclass(frozen=True)
class Pool:
    """The sealed envelopes of an open round."""

    survey: Survey
    envelopes: Envelopes


@dataclass(frozen=True)
class Batch:
    """Answers of one segment that are written down together, in random order, and the tags behind which they were."""

    tags: frozenset[str]
    answers: tuple[Opened, ...]


def pool(session: Session, company: Company, *, left: Mapping[str, int], now: datetime) -> Pool | None:
    """The pool of the open round, if it has grown by a batch since so many were `left` in that of the round with this
    id: else there is nothing to open."""
    survey = surveys.current(session, company.workspace_id)
    if survey is None or not is_open(survey.state, survey.closes_at, now):
        return None
    sealed = ballots.sealed(session, survey.id, "answer")
    if sealed < max(2 * survey.batch, left.get(survey.id, 0) + survey.batch):
        return None
    return Pool(survey, ballots.pool(session, survey.id, "answer"))


def opened(key: Key, envelopes: Envelopes) -> dict[str, Contents]:
    """What is in these envelopes, by tag; a box that is damaged is left out. Takes a sixth of a millisecond each."""
    found: dict[str, Contents] = {}
    for tag, box in envelopes:
        with suppress(Lost):
            found[tag] = key.open(box)
    return found


def batches(survey: Survey, contents: Mapping[str, Contents]) -> list[Batch]:
    """Which of these answers may be written down now."""
    tags_of: defaultdict[int, list[str]] = defaultdict(list)
    for tag, content in contents.items():
        tags_of[content["segment"]].append(tag)
    return [batch for tags in tags_of.values() for batch in _batches_of(tags, contents, survey.batch)]


def _batches_of(tags: Sequence[str], contents: Mapping[str, Contents], least: int) -> list[Batch]:
    """All answers of a segment but `least`, in pieces of `least` to `MOST`; none while it has fewer than twice that."""
    if len(tags) < 2 * least:
        return []
    drawn = _CHANCE.sample(tags, len(tags) - least)
    pieces = max(1, len(drawn) // max(MOST, least))
    return [_batch(drawn[piece::pieces], contents) for piece in range(pieces)]


def _batch(tags: Sequence[str], contents: Mapping[str, Contents]) -> Batch:
    answers = [answer_in(contents[tag]) for tag in tags]
    _CHANCE.shuffle(answers)
    return Batch(frozenset(tags), tuple(answers))


def answer_in(content: Contents) -> Opened:
    """The answer that an envelope held."""
    return Opened(int(content["segment"]), str(content["value"]))


def write_down(session: Session, company: Company, survey: Survey, batch: Batch) -> bool:
    """Put a batch in place of its envelopes; False, and nothing is changed, if another process did or the round is no
    longer open."""
    there = surveys.get(session, survey.id)
    if there is None or there.state != "open":
        return False
    return ballots.mixed(session, company.workspace_id, survey.id, survey.question.id, batch.tags, batch.answers)
