"""How teams are compared: by what they have a head, so that a big team does not win by being big (product.md 5)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bot.rules import points

LEAST_PEOPLE = 5
"""A team of fewer is on no board: its figure would be that of a person."""


@dataclass(frozen=True)
class Share:
    """What the people of a team have together, as one spelling of the team's name has it."""

    team: str
    heads: int
    amount: int
    events: int


@dataclass(frozen=True)
class Ranked:
    """A team and its place; rank 0 while it has none: too few people, too few events, or nothing earned."""

    rank: int
    team: str
    heads: int
    amount: int
    events: int

    @property
    def per_head(self) -> float:
        return self.amount / self.heads

    @property
    def times_per_head(self) -> float:
        return self.events / self.heads

    @property
    def too_small(self) -> bool:
        return self.heads < LEAST_PEOPLE


def rank(shares: Iterable[Share], *, least_events: int, least_amount: int = 1) -> list[Ranked]:
    """Every team, best first, with its place; those with the same amount a head share one, and of those with nothing
    those that earned it as often. A team is one however it is spelt, in capitals or not: it is called as most of its
    people have it."""
    spelt: defaultdict[str, list[Share]] = defaultdict(list)
    for share in shares:
        spelt[share.team.casefold()].append(share)
    whole = sorted((_together(parts) for parts in spelt.values()), key=lambda one: one.team)
    whole.sort(key=_weight, reverse=True)
    ranked: list[Ranked] = []
    places = 0
    before: Ranked | None = None
    for share in whole:
        rank_ = 0
        if share.heads >= LEAST_PEOPLE and share.events >= least_events and share.amount >= least_amount:
            places += 1
            rank_ = before.rank if before and _weight(before) == _weight(share) else places
        ranked.append(Ranked(rank_, **share.__dict__))
        before = ranked[-1] if rank_ else before
    return ranked


def _together(parts: list[Share]) -> Share:
    name = max(parts, key=lambda one: (one.heads, one.team)).team
    heads, amount, events = (sum(getattr(one, part) for one in parts) for part in ("heads", "amount", "events"))
    return Share(name, heads, amount, events)


def _weight(share: Share | Ranked) -> tuple[Fraction, ...]:
    return tuple(Fraction(part, share.heads) for part in points.weight(share.amount, share.events))
