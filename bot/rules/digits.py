"""Cards and telephone numbers among the digits of a text (product.md 1).

The text is folded by `masking` and holds no figure that is kept. A chain is all that blanks, hyphens, dots and brackets
hold together; its groups are the digits between them.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

Span = tuple[int, int, str]
"""Where a mask goes: start, end, "[card]" or "[phone]"."""

CARD, PHONE = "[card]", "[phone]"
_CHAIN = re.compile(r"\d++(?:[ .()\[\]-]++\d++)*+")
_DIGITS = re.compile(r"\d+")
_CARD_LENGTHS = (16, 15, 19, 14, 13, 17, 18)
"""The commonest first, where several could be cut from one chain."""
_OPEN, _SHUT = frozenset("(["), frozenset(")]")


def sensitive(folded: str) -> Iterator[Span]:
    """The spans to mask, from left to right."""
    for found in _CHAIN.finditer(folded):
        if found.end() - found.start() >= 8:
            yield from _Chain(folded, found.start(), found.end()).spans()


def passes_luhn(digits: str) -> bool:
    """The check that every card number passes."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


class _Chain:
    """The groups of one chain; a range of them is (first, last), both included."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.folded = folded
        self.groups = [found.span() for found in _DIGITS.finditer(folded, start, end)]
        # The text before each group, and after the last one; at both ends only a bracket counts.
        between = [folded[a[1] : b[0]] for a, b in zip(self.groups, self.groups[1:], strict=False)]
        self.gaps = [folded[max(start - 1, 0) : start], *between, folded[end : end + 1]]
        self.totals = [0, *accumulate(b - a for a, b in self.groups)]

    def spans(self) -> Iterator[Span]:
        first = 0
        for last in range(len(self.groups)):
            if last + 1 == len(self.groups) or self._ends_after(first, last):
                yield from self._settle(first, last)
                first = last + 1

    def _ends_after(self, first: int, last: int) -> bool:
        """Whether a full stop or a bracket without its twin ends a number here instead of dividing it."""
        if not self._is_loose(last + 1):
            return False
        rest = (last + 1, len(self.groups) - 1)
        return self._kind(first, last) is not None or (self._digit(rest[0]) == "0" and self._is_phone(*rest))

    def _is_loose(self, gap: int) -> bool:
        text = self.gaps[gap]
        if ". " in text or ".." in text:
            return True
        opened, shut = not _OPEN.isdisjoint(text), not _SHUT.isdisjoint(text)
        twin_after = opened and not _SHUT.isdisjoint(self.gaps[gap + 1])
        twin_before = shut and not _OPEN.isdisjoint(self.gaps[gap - 1])
        return (opened and not twin_after) or (shut and not twin_before)

    def _settle(self, first: int, last: int) -> Iterator[Span]:
        kind = self._kind(first, last)
        if kind:
            yield self._span(first, last, kind)
        elif self._count(first, last) > 15:
            yield from self._cut(first, last)

    def _cut(self, first: int, last: int) -> Iterator[Span]:
        """Several numbers in one chain: cards first, then telephone numbers from what lies between."""
        spans: list[Span] = []
        free = set(range(first, last + 1))
        for a, b in self._cards(first, last, free):
            spans.append(self._span(a, b, CARD))
        for _, places in groupby(sorted(free), key=lambda place, order=iter(range(len(free))): place - next(order)):  # type: ignore[misc]
            run = list(places)
            spans.extend(self._span(a, b, PHONE) for a, b in self._pieces(run[0], run[-1]) if self._is_phone(a, b))
        yield from sorted(spans)

    def _cards(self, first: int, last: int, free: set[int]) -> Iterator[tuple[int, int]]:
        for length in _CARD_LENGTHS:
            for a in range(first, last + 1):
                b = a
                while b < last and self._count(a, b) < length:
                    b += 1
                whole = all(place in free and self._count(place, place) >= 3 for place in range(a, b + 1))
                if whole and self._count(a, b) == length and self._is_card(a, b):
                    free.difference_update(range(a, b + 1))
                    yield a, b

    def _pieces(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Where more than fifteen digits come apart: around complete numbers, at a 0, at blanks among hyphens."""
        if self._count(first, last) <= 15:
            yield first, last
            return
        tight = any(" " not in self.gaps[gap] for gap in range(first + 1, last + 1))
        start = first
        for place in range(first + 1, last + 1):
            complete = self._is_phone(place, place) or self._is_phone(place - 1, place - 1)
            zero = self._digit(place) == "0" and self._count(start, place - 1) >= 8
            if complete or zero or (tight and " " in self.gaps[place]):
                yield start, place - 1
                start = place
        yield start, last

    def _kind(self, first: int, last: int) -> str | None:
        if self._is_card(first, last):
            return CARD
        return PHONE if self._is_phone(first, last) else None

    def _is_card(self, first: int, last: int) -> bool:
        if not 13 <= self._count(first, last) <= 19 or self._has_plus(first):
            return False
        text = self.folded[self.groups[first][0] : self.groups[last][1]]
        digits = text.replace(" ", "").replace("-", "")
        return digits.isdecimal() and passes_luhn(digits)

    def _is_phone(self, first: int, last: int) -> bool:
        count = self._count(first, last)
        if not 8 <= count <= 15:
            return False
        start = self.groups[first][0]
        mobile = count == 11 and "13" <= self.folded[start : start + 2] <= "19"
        return first < last or self._has_plus(first) or self._digit(first) == "0" or mobile

    def _count(self, first: int, last: int) -> int:
        return self.totals[last + 1] - self.totals[first]

    def _digit(self, group: int) -> str:
        return self.folded[self.groups[group][0]]

    def _has_plus(self, group: int) -> bool:
        before = self.folded[max(self.groups[group][0] - 2, 0) : self.groups[group][0]]
        return before.endswith("+") or before in ("+(", "+[")

    def _span(self, first: int, last: int, kind: str) -> Span:
        """The digits with their plus, and with the bracket whose twin lies among them."""
        start, end = self.groups[first][0], self.groups[last][1]
        inner = self.gaps[first + 1 : last + 1]
        if inner and self.folded[start - 1 : start] in _OPEN | {"+"} and not _SHUT.isdisjoint(inner[0]):
            start -= self.folded[start - 1] in _OPEN
        return start, end, kind
