"""The attacks: each gives the share of answers, or of people, that it ties together. What is stored of mixed answers is
read by whoever holds the key; without it, as far as it is readable."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from math import sqrt

from bot.sealing import Key, Lost
from tests.anonymity.polls import Copy, Poll


@dataclass(frozen=True)
class Links:
    """What an attack found: how many answers it dealt with, which share of them a guess would tie to the right person,
    the surest of its guesses, and of how many people it knows the answer without any doubt."""

    answers: int = 0
    rate: float = 0.0
    surest: float = 0.0
    certain: int = 0

    def __str__(self) -> str:
        sure = f"{self.certain} of {self.answers} known for certain"
        return f"{self.rate:6.2%} of {self.answers} answers linked, the surest guess {self.surest:.2%}, {sure}"


@dataclass(frozen=True)
class Group:
    """Tags and answers that belong together; which to which, nothing says."""

    tags: tuple[str, ...]
    values: tuple[str, ...]


def bound(chance: float, answers: int) -> float:
    """Chance, and three standard deviations."""
    return chance + 3 * sqrt(chance * (1 - chance) / max(1, answers))


@cache
def content(box: bytes, key: Key | None) -> tuple[int, str] | None:
    """The segment and the value in a box, as far as it can be read."""
    with suppress(ValueError, Lost):
        found = json.loads(box)
        return int(found["segment"]), str(found["value"])
    with suppress(Lost):
        found = key.open(box) if key else {}
        return (int(found["segment"]), str(found["value"])) if found else None
    return None


def by_copies(poll: Poll, key: Key | None = None) -> Links:
    """Who has a copy of every commit sees which tags went when which answers came; boxes with a tag are not opened."""
    return _guessed(poll, [group for was, now in _steps(poll) for group in _came(poll, was, now, key)])


def by_key(poll: Poll) -> Links:
    """Who has the key and the database as it is now sees which people's answers are among the mixed ones. (Whose are
    not, they read.)"""
    return _guessed(poll, list(_came(poll, Copy((), {}, ()), poll.last, poll.key)))


def by_key_and_copies(poll: Poll) -> Links:
    """Who has the key and copies from before opens what was still behind its tag in them."""
    boxes = {tag: box for copy in poll.copies for tag, box in copy.sealed.items()}
    found = {tag: content(box, poll.key) for tag, box in boxes.items()}
    right = sum(read is not None and read[1] == poll.truth[tag] for tag, read in found.items())
    return Links(len(boxes), right / len(boxes), 1.0, right)


def by_boxes(poll: Poll) -> Links:
    """Who has a copy of every commit looks for a box that had a tag among those that have none."""
    tag_of = {box: tag for copy in poll.copies for tag, box in copy.sealed.items()}
    found = sum(box in tag_of for _, box in poll.last.mixed)
    return Links(len(poll.last.mixed), found / max(1, len(poll.last.mixed)), float(found > 0), found)


def _guessed(poll: Poll, groups: Sequence[Group]) -> Links:
    """What is known if each tag of a group may be that of each of its answers; of what is not readable, nothing."""
    answers = len(poll.last.mixed)
    guesses = [group.values.count(poll.truth[tag]) / len(group.values) for group in groups for tag in group.tags]
    certain = sum(len(group.tags) for group in groups if len(set(group.values)) == 1)
    return Links(answers, sum(guesses) / max(1, answers), max(guesses, default=0.0), certain)


def _steps(poll: Poll) -> Iterator[tuple[Copy, Copy]]:
    before = Copy((), {}, ())
    for now in poll.copies:
        yield before, now
        before = now


def _came(poll: Poll, before: Copy, now: Copy, key: Key | None) -> Iterator[Group]:
    """By segment, the tags whose envelopes are gone since, and the answers that have come and can be read."""
    there = {id_ for id_, _ in before.mixed}
    read = [content(box, key) for id_, box in now.mixed if id_ not in there]
    gone = (set(now.took_part) - set(now.sealed)) - (set(before.took_part) - set(before.sealed))
    came = [one for one in read if one]
    for segment in {segment for segment, _ in came}:
        tags = sorted(tag for tag in gone if poll.segment[tag] == segment)
        values = sorted(value for of, value in came if of == segment)
        if tags:
            yield Group(tuple(tags), tuple(values))


def by_order(poll: Poll, copy: Copy | None = None, key: Key | None = None) -> Links:
    """Who has one copy lays the people of a segment and its answers side by side, as they lie in their tables."""
    copy = copy or poll.last
    tags, values = defaultdict(list), defaultdict(list)
    for tag in copy.took_part:
        if tag not in copy.sealed:
            tags[poll.segment[tag]].append(tag)
    for segment, value in (one for _, box in copy.mixed if (one := content(box, key))):
        values[segment].append(value)
    pairs = [pair for segment in tags for pair in zip(tags[segment], values[segment], strict=False)]
    right = sum(poll.truth[tag] == value for tag, value in pairs)
    return Links(len(copy.mixed), right / max(1, len(copy.mixed)))


def chance_of_order(poll: Poll) -> float:
    """What `by_order` finds by mere chance: one answer in each segment."""
    segments = {one[0] for _, box in poll.last.mixed if (one := content(box, poll.key))}
    return len(segments) / max(1, len(poll.last.mixed))


def correlation(found: Sequence[str], real: Sequence[str]) -> float:
    """How far one order tells the other (Spearman): 1 wholly, 0 not at all."""
    rank = {tag: at for at, tag in enumerate(real)}
    ranks = [rank[tag] for tag in found]
    count = len(ranks)
    apart = sum((at - rank) ** 2 for at, rank in enumerate(ranks))
    return 1 - 6 * apart / (count * (count**2 - 1))
