"""Messages made fit for modals and Home, which take no tables and no charts: these become lines of text."""

from collections.abc import Iterator, Sequence

from bot.views import limits, twin
from bot.views.blocks import Block, section
from bot.views.strings import units
from bot.views.tongue import Tongue

_NOT_THERE = ("data_table", "data_visualization")


def fitted(tongue: Tongue, blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, with a text in place of what only messages can show."""
    found: list[Block] = []
    for block in blocks:
        found += list(_lines(tongue, block)) if block["type"] in _NOT_THERE else [block]
    return found


def _lines(tongue: Tongue, block: Block) -> Iterator[Block]:
    """Sections with as many lines as each takes."""
    kept = ""
    for line in twin.text_of(tongue, [block]).split("\n"):
        if kept and units(kept) + units(line) + 1 > limits.SECTION:
            yield section(kept)
            kept = ""
        kept = f"{kept}\n{line}" if kept else line
    if kept:
        yield section(kept)
