"""The blocks of a message."""

from htpy import Node, p

from bot.workspace import text
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json


def blocks(reader: Reader, held: list[Json]) -> Node:
    """All blocks, one below the other."""
    return (p[text.words_of(one)] for one in held)
