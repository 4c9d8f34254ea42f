"""Blocks of messages, modals and Home, each drawn by its kind. What is pressed or filled in is drawn elsewhere."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from htpy import Node, div, fragment, h3, hr, p, span

from bot.workspace.page.drawn import charts, figures, pictures
from bot.workspace.page.drawn.elements import element
from bot.workspace.page.drawn.inputs import input_block
from bot.workspace.page.drawn.markdown import markdown
from bot.workspace.page.drawn.rich import rich
from bot.workspace.page.drawn.text import drawn
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json


def blocks(reader: Reader, held: Sequence[Json]) -> Node:
    """All blocks of a message, or of a view, one below the other."""
    named = [_named(one, before) for before, one in pairwise([{}, *held])]
    return fragment[[div(".block", class_=_look(one))[_block(reader, one)] for one in named]]


def _named(block: Json, before: Json) -> Json:
    """A block of actions has no words of its own: what has no name in it is called by the section above it."""
    asks = block.get("type") == "actions" and before.get("type") in ("section", "header")
    return {**block, "text": before.get("text")} if asks else block


def _look(block: Json) -> str:
    """The class of a block; whatever comes from elsewhere is not written into one."""
    kind = str(block.get("type"))
    return f"block block-{kind.replace('_', '-')}" if kind in _KINDS else "block block-unknown"


def _block(reader: Reader, block: Json) -> Node:
    kind = str(block.get("type"))
    return _KINDS[kind](reader, block) if kind in _KINDS else _unknown(reader, kind)


def _header(reader: Reader, block: Json) -> Node:
    return h3[drawn(reader, block["text"])]


def _section(reader: Reader, block: Json) -> Node:
    text, fields, beside = block.get("text"), block.get("fields"), block.get("accessory")
    return (
        div(".section-words")[
            div[drawn(reader, text)] if text else None,
            div(".fields")[(div[drawn(reader, one)] for one in fields)] if fields else None,
        ],
        div(".beside")[_beside(reader, block, beside)] if beside else None,
    )


def _beside(reader: Reader, block: Json, one: Json) -> Node:
    return pictures.small(reader, one, beside=True) if one.get("type") == "image" else element(reader, block, one)


def _context(reader: Reader, block: Json) -> Node:
    return [
        pictures.small(reader, one) if one.get("type") == "image" else div[drawn(reader, one)]
        for one in block.get("elements") or []
    ]


def _actions(reader: Reader, block: Json) -> Node:
    return [element(reader, block, one) for one in block.get("elements") or []]


def _file(reader: Reader, block: Json) -> Node:
    return div(".file")[span(aria_hidden="true")["📄"], str(block.get("external_id") or reader.t("File"))]


def _unknown(reader: Reader, kind: str) -> Node:
    return p(".not-drawn")[reader.t("A block of the kind “{kind}”, which this rehearsal does not draw.", kind=kind)]


_KINDS: dict[str, Callable[[Reader, Json], Node]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": lambda reader, block: hr,
    "image": pictures.picture,
    "actions": _actions,
    "context_actions": _actions,
    "rich_text": rich,
    "markdown": lambda reader, block: markdown(reader, str(block.get("text", ""))),
    "table": figures.plain_table,
    "data_table": figures.data_table,
    "data_visualization": charts.chart,
    "file": _file,
    "input": lambda reader, block: input_block(reader, None, block),
}
