"""Cards and telephone numbers among the digits of a text (product.md 1).

The text is folded by `masking` and holds no figure that is kept. A chain is all that blanks, hyphens, dots and brackets
hold together; its groups are the digits between them.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

Span = tuple[int, int, str]
"""Where a mask goes: start, end, "[card]" or "[phone]"."""

CARD, PHONE = "[card]", "[phone]"
LEAST = 8
"""Fewer digits than this are never masked."""
MOST_PHONE = 15
_CHAIN = re.compile(r"\d++(?:[ .()\[\]-]++\d++)*+")
_DIGITS = re.compile(r"\d+")
_CARD_SHAPES = ((4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (4, 6, 4), *((length,) for length in range(13, 20)))
"""How the digits of a card stand in groups inside a longer chain."""
_OPEN, _SHUT = frozenset("(["), frozenset(")]")


def may_hold_numbers(folded: str) -> bool:
    """Whether any chain has enough digits, whatever of it may be kept."""
    return any(sum(map(str.isdecimal, found[0])) >= LEAST for found in _CHAIN.finditer(folded))


def sensitive(folded: str) -> Iterator[Span]:
    """The spans to mask, in any order. What is left over in a chain may be sensitive when it is read again."""
    for found in _CHAIN.finditer(folded):
        if found.end() - found.start() >= LEAST:
            yield from _Chain(folded, found.start(), found.end()).spans()


def passes_luhn(digits: str) -> bool:
    """The check that every card number passes."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


class _Chain:
    """The groups of one chain; a range of them is named by its first and its last."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.folded = folded
        self.groups = [found.span() for found in _DIGITS.finditer(folded, start, end)]
        between = [folded[a[1] : b[0]] for a, b in pairwise(self.groups)]
        self.gaps = [folded[max(start - 1, 0) : start], *between, folded[end : end + 1]]
        """What stands before each group, and behind the last."""
        self.totals = [0, *accumulate(b - a for a, b in self.groups)]

    def spans(self) -> Iterator[Span]:
        first, end = 0, len(self.groups) - 1
        for last in range(len(self.groups)):
            if last == end or self._ends(first, last):
                yield from self._settle(first, last)
                first = last + 1

    def _ends(self, first: int, last: int) -> bool:
        """Whether a full stop or a bracket without its twin ends a number here instead of dividing it."""
        if not self._is_loose(last + 1):
            return False
        behind = (last + 1, len(self.groups) - 1)
        return self._kind(first, last) is not None or (self._begins(behind[0], "0") and self._is_phone(*behind))

    def _is_loose(self, gap: int) -> bool:
        text = self.gaps[gap]
        if ". " in text or ".." in text:
            return True
        opened, shut = not _OPEN.isdisjoint(text), not _SHUT.isdisjoint(text)
        single_open = opened and _SHUT.isdisjoint(self.gaps[gap + 1])
        single_shut = shut and _OPEN.isdisjoint(self.gaps[gap - 1])
        return single_open or single_shut

    def _settle(self, first: int, last: int) -> Iterator[Span]:
        if kind := self._kind(first, last):
            yield self._span(first, last, kind)
        elif self._count(first, last) > MOST_PHONE:
            cards = [self._span(a, b, CARD) for a, b in self._cards(first, last)]
            phones = (self._span(a, b, PHONE) for a, b in self._pieces(first, last) if self._is_phone(a, b))
            yield from cards or phones

    def _cards(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Cards inside a longer chain, none over another."""
        lengths = tuple(self._count(place, place) for place in range(first, last + 1))
        taken: set[int] = set()
        for shape in _CARD_SHAPES:
            for a in range(first, last + 2 - len(shape)):
                b = a + len(shape) - 1
                fits = lengths[a - first : b - first + 1] == shape and taken.isdisjoint((a, b))
                if fits and self._is_card(a, b):
                    taken.update(range(a, b + 1))
                    yield a, b

    def _pieces(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Where too many digits come apart: around complete numbers, at a 0, at blanks where hyphens bind."""
        bound = any(" " not in gap for gap in self.gaps[first + 1 : last + 1])
        start = first
        for place in range(first + 1, last + 1):
            complete = self._is_phone(place, place) or self._is_phone(place - 1, place - 1)
            zero = self._begins(place, "0") and self._count(start, place - 1) >= LEAST
            if complete or zero or (bound and " " in self.gaps[place]):
                yield start, place - 1
                start = place
        yield start, last

    def _kind(self, first: int, last: int) -> str | None:
        if self._is_card(first, last):
            return CARD
        return PHONE if self._is_phone(first, last) else None

    def _is_card(self, first: int, last: int) -> bool:
        """Thirteen to nineteen digits, blanks and hyphens between, that pass Luhn; a plus begins no card."""
        if not 13 <= self._count(first, last) <= 19 or self._has_plus(first):
            return False
        text = self.folded[self.groups[first][0] : self.groups[last][1]]
        digits = text.replace(" ", "").replace("-", "")
        return digits.isdecimal() and passes_luhn(digits)

    def _is_phone(self, first: int, last: int) -> bool:
        """Eight to fifteen digits that begin with + or 0, stand in groups, or are a mainland mobile."""
        count = self._count(first, last)
        if not LEAST <= count <= MOST_PHONE:
            return False
        mobile = count == 11 and self._begins(first, "1") and "3" <= self.folded[self.groups[first][0] + 1] <= "9"
        return first < last or self._has_plus(first) or self._begins(first, "0") or mobile

    def _count(self, first: int, last: int) -> int:
        return self.totals[last + 1] - self.totals[first]

    def _begins(self, group: int, digit: str) -> bool:
        return self.folded[self.groups[group][0]] == digit

    def _has_plus(self, group: int) -> bool:
        start = self.groups[group][0]
        return self.folded[max(start - 2, 0) : start].endswith(("+", "+(", "+["))

    def _span(self, first: int, last: int, kind: str) -> Span:
        """The digits with their plus, and with a bracket whose twin lies among them."""
        start, end = self.groups[first][0], self.groups[last][1]
        inner = self.folded[start:end]
        opened, shut = (sum(map(inner.count, signs)) for signs in (_OPEN, _SHUT))
        for _ in "+(":
            before = self.folded[max(start - 1, 0) : start]
            bracket = before in _OPEN and shut > opened
            start, opened = start - (bracket or before == "+"), opened + bracket
        return start, end + (opened > shut and self.folded[end : end + 1] in _SHUT), kind
