"""Which groups of a survey are shown: none that could be subtracted from others to leave fewer than the threshold.

The atoms of some cuts are the smallest groups that they make together: whoever belongs to exactly the same ones. All
that can be computed from figures of cuts is a sum over atoms; so while each atom holds `least` answers, everything that
can be computed mixes at least so many people. Thresholds alone left one person in four in a group of one to four.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

COMPANY = ""


@dataclass(frozen=True)
class Cut:
    """A group for which figures could be shown, as the segments that it is made of; `COMPANY` names the one of all."""

    name: str
    segments: frozenset[int]


Atom = frozenset[int]


def shown(cuts: Iterable[Cut], asked: Mapping[int, int], answered: Mapping[int, int], least: int) -> tuple[Cut, ...]:
    """Those of `cuts`, in their order of priority, that can be shown together.

    `asked` and `answered` say how many people of each segment were asked and how many answered. An atom of people who
    were asked and of whom too few answered, or none, hides a cut as well: how many took part is a figure too.
    """
    atoms = [frozenset(segment for segment, people in asked.items() if people)]
    kept = []
    for cut in cuts:
        finer = _refined(atoms, cut.segments)
        if any(atom <= cut.segments for atom in finer) and all(_holds(atom, answered) >= least for atom in finer):
            atoms = finer
            kept.append(cut)
    return tuple(kept)


def smallest(cuts: Iterable[Cut], asked: Mapping[int, int], answered: Mapping[int, int]) -> int:
    """How many answers the smallest atom of these cuts holds; 0 if nobody was asked."""
    atoms = [frozenset(segment for segment, people in asked.items() if people)]
    for cut in cuts:
        atoms = _refined(atoms, cut.segments)
    return min((_holds(atom, answered) for atom in atoms), default=0)


def total(cut: Cut, people: Mapping[int, int]) -> int:
    """How many of these people belong to a cut."""
    return _holds(cut.segments, people)


def by_priority(teams: Mapping[str, Collection[int]], asked: Mapping[int, int]) -> tuple[Cut, ...]:
    """The company, then the teams, those first in which most were asked: the fewer people a cut stands for, the sooner
    it is the one that is left out. The order is settled before anybody answers."""
    cuts = [Cut(name, frozenset(segments)) for name, segments in teams.items()]
    ordered: Sequence[Cut] = sorted(cuts, key=lambda cut: (-total(cut, asked), cut.name))
    return (Cut(COMPANY, frozenset(asked)), *ordered)


def _refined(atoms: Iterable[Atom], segments: frozenset[int]) -> list[Atom]:
    return [part for atom in atoms for part in (atom & segments, atom - segments) if part]


def _holds(segments: Iterable[int], people: Mapping[int, int]) -> int:
    return sum(people.get(segment, 0) for segment in segments)
