"""Companies whose teams, sites and tenures cross, with the answers that some of their people gave."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.rules.atoms import COMPANY, Cut

HABITS = ("department", "team", "site", "tenure")
WAYS = (
    ("department",), ("team",), ("site",), ("tenure",), ("department", "site"), ("department", "tenure"),
    ("site", "tenure"), ("team", "tenure"), ("team", "site"),
)  # fmt: skip
"""By what a company may be cut, in order of priority."""
ANSWERS = 0.7
"""The share of people who answer."""


class Place(NamedTuple):
    """Where somebody works, and since when: people of one place are never told apart by any cut."""

    department: int
    team: int
    site: str
    tenure: int


@dataclass(frozen=True)
class Population:
    """How many people of each place were asked, what they answered, and the cuts that could be shown."""

    asked: dict[int, int]
    answers: dict[int, Counter[str]]
    cuts: tuple[Cut, ...]
    places: tuple[Place, ...] = field(repr=False)

    @property
    def answered(self) -> dict[int, int]:
        return {segment: counts.total() for segment, counts in self.answers.items()}


def invented(seed: int, people: int) -> Population:
    """A company of so many people: large and small departments of four teams, three sites, four tenures."""
    chance = random.Random(f"{seed} of {people}")
    departments = max(2, people // 40)
    places: dict[Place, int] = {}
    asked: Counter[int] = Counter()
    answers: dict[int, Counter[str]] = {}
    for _ in range(people):
        department = min(int(chance.expovariate(3 / departments)), departments - 1)
        team = department * 4 + chance.randrange(4)
        place = Place(department, team, chance.choice("ABCC"), chance.choice((0, 1, 2, 2, 3)))
        segment = places.setdefault(place, len(places))
        asked[segment] += 1
        answers.setdefault(segment, Counter())
        if chance.random() < ANSWERS:
            answers[segment][chance.choice("12345")] += 1
    return Population(dict(asked), answers, _cuts(tuple(places)), tuple(places))


def _cuts(places: tuple[Place, ...]) -> tuple[Cut, ...]:
    """Every group that the ways of cutting make, the company first."""
    found = [Cut(COMPANY, frozenset(range(len(places))))]
    for way in WAYS:
        groups: dict[tuple[object, ...], set[int]] = {}
        for segment, place in enumerate(places):
            groups.setdefault(tuple(getattr(place, part) for part in way), set()).add(segment)
        found += [Cut(f"{way}{group}", frozenset(segments)) for group, segments in groups.items()]
    return tuple(found)
