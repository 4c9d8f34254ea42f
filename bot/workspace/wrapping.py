"""Lines for a terminal: measured in cells, broken at blanks and anywhere in scripts that have none."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_TOKEN = re.compile(f" +|[{_WIDE}]|[^ {_WIDE}]+")
_CLOSING = "，。、；：！？」』”’）》…,.;:!?)"
_OPENING = "「『“‘（《("
"""No line begins with a closing mark, none ends with an opening one."""


def wrapped(text: str, width: int) -> list[str]:
    """Break a paragraph into lines of at most `width` cells; at least one, maybe empty."""
    lines = [""]
    for unit in _units(text):
        if cell_len(lines[-1]) + cell_len(unit.rstrip()) <= width:
            lines[-1] += unit
        elif unit.strip():
            first, *more = chop_cells(unit, width)
            lines = [*lines, first, *more] if lines[-1] else [first, *more]
    return [line.rstrip() for line in lines]


def one_line(text: str, width: int) -> str:
    """Put text on one line of at most `width` cells, cut where it must be."""
    text = " ".join(text.split())
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _units(text: str) -> Iterator[str]:
    """Give what may not be broken: a word, a wide character, each with the marks that belong to it."""
    unit = ""
    for token in _TOKEN.findall(text):
        belongs = token[0] in _CLOSING or unit[-1:] in tuple(_OPENING)
        if unit and not (belongs and token.strip() and unit.strip()):
            yield unit
            unit = ""
        unit += token
    yield unit
