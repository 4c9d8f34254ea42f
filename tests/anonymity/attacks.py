"""The attacks: each gives the share of answers, or of people, that it ties together. No key is used."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

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


def by_copies(poll: Poll) -> Links:
    """Who has a copy of every commit sees which envelopes went when which answers came."""
    groups = list(_groups(poll))
    answers = sum(len(group.tags) for group in groups)
    if not answers:
        return Links()
    guesses = [group.values.count(poll.truth[tag]) / len(group.values) for group in groups for tag in group.tags]
    certain = sum(len(group.tags) for group in groups if len(set(group.values)) == 1)
    return Links(answers, sum(guesses) / answers, max(guesses), certain)


def _groups(poll: Poll) -> Iterator[Group]:
    known: set[str] = set()
    before = Copy((), frozenset(), ())
    for now in poll.copies:
        there = {row[0] for row in before.readable}
        came = [(segment, value) for id_, segment, value in now.readable if id_ not in there]
        opened = (set(now.took_part) - now.sealed) - known
        for segment in {segment for segment, _ in came}:
            tags = sorted(tag for tag in opened if poll.segment[tag] == segment)
            values = sorted(value for of, value in came if of == segment)
            if tags:
                yield Group(tuple(tags), tuple(values))
        known |= opened
        before = now


def by_order(poll: Poll, copy: Copy | None = None) -> Links:
    """Who has one copy lays the people of a segment and its answers side by side, as they lie in their tables."""
    copy = copy or poll.last
    tags, values = defaultdict(list), defaultdict(list)
    for tag in copy.took_part:
        if tag not in copy.sealed:
            tags[poll.segment[tag]].append(tag)
    for _, segment, value in copy.readable:
        values[segment].append(value)
    pairs = [pair for segment in tags for pair in zip(tags[segment], values[segment], strict=False)]
    right = sum(poll.truth[tag] == value for tag, value in pairs)
    return Links(len(pairs), right / max(1, len(pairs)))


def chance_of_order(poll: Poll) -> float:
    """What `by_order` finds by mere chance: one answer in each segment."""
    return len({segment for _, segment, _ in poll.last.readable}) / max(1, len(poll.last.readable))


def correlation(found: Sequence[str], real: Sequence[str]) -> float:
    """How far one order tells the other (Spearman): 1 wholly, 0 not at all."""
    rank = {tag: at for at, tag in enumerate(real)}
    ranks = [rank[tag] for tag in found]
    count = len(ranks)
    apart = sum((at - rank) ** 2 for at, rank in enumerate(ranks))
    return 1 - 6 * apart / (count * (count**2 - 1))
