"""Masks for what must not be stored with words: e-mail addresses, cards, telephone numbers (product.md 1).

Addresses and figures are looked for in a folded copy of the text, one character for each of the original, so that
full-width and other digits count like ASCII ones and every script has the same borders. All else stays as it was.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.rules.digits import LEAST, Span, may_hold_numbers, sensitive
from bot.rules.keeping import KEPT

# An address begins at a Latin, Greek or Cyrillic letter, so that Chinese words before it stay; if there is none before
# the @, at a letter of any script. Its domain has a dot; beside an ASCII end of it other scripts are words again.
_LATIN = "a-z0-9\u00c0-\u024f\u0300-\u052f"
_LOCAL = f"{_LATIN}._%+'&-"
_DOMAIN = (
    r"(?:(?:[a-z0-9-]++\.)+(?:xn--[a-z0-9-]+|[a-z]{2,})"
    r"|(?:[\w\u0300-\u036f-]++\.)+(?:[a-z]{2,}|[^\W\d_a-z][^\W\d_a-z]+))"
)
_EMAIL = re.compile(
    rf"(?:(?<![{_LOCAL}])[._%+'&-]*+(?P<latin>[{_LOCAL}]++)|(?<!\w)(?P<other>\w++)(?<![{_LOCAL}]))@{_DOMAIN}",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DOTS = frozenset("·•・‧∙")
_DASHES = frozenset("\u2212ー")
_TILDES = frozenset("〜〰")


class _Narrow(dict[int, str]):
    """Full-width letters, points and blanks as ASCII."""

    def __missing__(self, code: int) -> str:
        narrow = unicodedata.normalize("NFKC", chr(code))
        self[code] = narrow if len(narrow) == 1 else chr(code)
        return self[code]


class _Folded(dict[int, str]):
    """Digits of any script as ASCII; all blanks, dashes, middle dots and currency signs as one of each."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold(chr(code))
        return self[code]


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char in _DASHES or (category == "Pd" and char not in _TILDES):
        return "-"
    if category in ("Zs", "Cf") or char == "\t":
        return " "
    if category == "Sc" or char in _DOTS:
        return "$" if category == "Sc" else "."
    narrow = unicodedata.normalize("NFKC", char)
    return char if len(narrow) != 1 or narrow.isdigit() else narrow


_NARROW, _FOLDED = _Narrow(), _Folded()


def mask(text: str) -> str:
    """The text with `[email]`, `[card]` and `[phone]` in place of such data; without any it comes back as it was.

    Dates, times, amounts and the numbers of orders, bookings, invoices and rooms stay. Masking again changes nothing.
    """
    while (masked := _mask_figures(_mask_addresses(text))) != text:
        text = masked
    return text


def mask_pieces(text: str, cuts: Iterable[int]) -> list[str]:
    """The pieces between these places of a text, masked as it is: a mask that lies on several stands in each of them.

    What a piece alone would have masked is not; that is for `mask`, piece by piece.
    """
    whence = [(at, at + 1) for at in range(len(text))]
    """Of each character: from where to where it stands for the text that was given."""
    while True:
        before = text
        for find in (_in_addresses, _in_figures):
            spans = sorted(find(text))
            text = _replaced(text, spans)
            for start, end, name in reversed(spans):
                whence[start:end] = [(whence[start][0], whence[end - 1][1])] * len(name)
        if text == before:
            break
    return [
        "".join(char for char, (start, end) in zip(text, whence, strict=True) if start < to and end > since)
        for since, to in pairwise(cuts)
    ]


def _mask_addresses(text: str) -> str:
    return _replaced(text, _in_addresses(text))


def _in_addresses(text: str) -> Iterable[Span]:
    return _addresses(text.translate(_NARROW)) if "@" in text or "＠" in text or "﹫" in text else ()


def _addresses(narrow: str) -> Iterator[Span]:
    for found in _EMAIL.finditer(narrow):
        start = found.start("latin") if found["latin"] else found.start("other")
        yield start, found.end(), "[email]"


def _mask_figures(text: str) -> str:
    return _replaced(text, _in_figures(text))


def _in_figures(text: str) -> Iterable[Span]:
    if len(_DIGIT.findall(text)) < LEAST or not may_hold_numbers(folded := text.translate(_FOLDED)):
        return ()  # nearly all words: the patterns of what is kept are the dear part
    return sensitive(KEPT.sub(lambda kept: "x" * len(kept[0]), folded))


def _replaced(text: str, spans: Iterable[Span]) -> str:
    pieces, done = [], 0
    for start, end, name in sorted(spans):
        pieces += [text[done:start], name]
        done = end
    return "".join([*pieces, text[done:]])
