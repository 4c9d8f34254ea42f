"""What can be computed from figures of groups, by exact linear algebra over the rational numbers.

Each figure is a sum over the people of a group, so whatever can be computed from all that is shown is a combination of
the groups' rows of ones and noughts. A combination in which few people have a part tells of few people.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Row = list[Fraction]


def atoms(groups: Sequence[frozenset[int]], segments: Iterable[int]) -> list[frozenset[int]]:
    """Segments whose columns are equal. Every combination of rows has one figure for all of such, so whatever can be
    computed is of whole ones. Segments that belong to no group are of nobody's concern."""
    columns: dict[tuple[bool, ...], set[int]] = {}
    for segment in segments:
        columns.setdefault(tuple(segment in group for group in groups), set()).add(segment)
    return [frozenset(equal) for column, equal in columns.items() if any(column)]


def exposed(groups: Sequence[frozenset[int]], people: Mapping[int, int], least: int) -> set[int]:
    """The segments whose people have a part in something computable in which fewer than `least` people have one."""
    found: set[int] = set()
    if not groups:
        return found
    whole = atoms(groups, people)
    small = [atom for atom in whole if sum(people[segment] for segment in atom) < least]
    rows = [[Fraction(atom <= group) for atom in whole] for group in groups]
    basis = _reduced(rows)
    for size in (1, 2):
        for few in combinations(small, size):
            together = frozenset().union(*few)
            if together <= found or sum(people[segment] for segment in together) >= least:
                continue
            others = [at for at, atom in enumerate(whole) if atom not in few]
            if len(_reduced([[row[at] for at in others] for row in basis])) < len(basis):
                found |= together
    return found


def _reduced(rows: Sequence[Row]) -> list[Row]:
    """A basis of what the rows span: Gauss, without rounding."""
    left, basis = [list(row) for row in rows], []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        places = [at for at, value in enumerate(pivot) if value]
        for row in left:
            if factor := row[column] / pivot[column]:
                for at in places:
                    row[at] -= factor * pivot[at]
        left = [row for row in left if any(row)]
        basis.append(pivot)
    return basis
