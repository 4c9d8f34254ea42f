"""The text twin of blocks: the top-level text that a screen reader reads and a notification shows."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.views.strings import escape
from bot.views.tongue import Tongue

Block = dict[str, Any]


def text_of(tongue: Tongue, blocks: Iterable[Block]) -> str:
    """All that the blocks say, as escaped mrkdwn, a line or more for each; buttons speak for themselves."""
    return "\n".join(line for block in blocks for line in _lines(tongue, block) if line)


def _lines(tongue: Tongue, block: Block) -> list[str]:
    match block["type"]:
        case "header" | "section":
            return [_text(block["text"])]
        case "context":
            return [" · ".join(_text(element) for element in block["elements"])]
        case "rich_text":
            return [line for element in block["elements"] for line in _rich(tongue, element)]
        case "data_table":
            return _table(block)
        case "data_visualization":
            return _chart(tongue, block)
        case _:
            return []


def _text(text: Block) -> str:
    return str(text["text"]) if text["type"] == "mrkdwn" else escape(text["text"])


def _rich(tongue: Tongue, element: Block) -> list[str]:
    match element["type"]:
        case "rich_text_quote":
            return [tongue.t("“{words}”", words=_inline(element["elements"]))]
        case "rich_text_list":
            return ["• " + _inline(item["elements"]) for item in element["elements"]]
        case _:
            return [_inline(element["elements"])]


def _inline(elements: Sequence[Block]) -> str:
    return "".join(_spoken(element) for element in elements)


def _spoken(element: Block) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "usergroup":
            return str(element["usergroup_id"])
        case "link":
            return escape(element["url"])
        case _:
            return escape(element["text"])


def _table(block: Block) -> list[str]:
    """One line a row, each cell behind the head of its column."""
    head, *rows = ([escape(cell["text"]) for cell in row] for row in block["rows"])
    named = (", ".join(f"{title}: {cell}" for title, cell in zip(head, row, strict=True)) for row in rows)
    return [escape(block["caption"]), *("• " + row for row in named)]


def _chart(tongue: Tongue, block: Block) -> list[str]:
    """The title, and one line a point: its label and its value."""
    series = block["chart"]["series"]
    points = [(one["name"], point) for one in series for point in one["data"]]
    named = "{series}, {label}: {value}" if len(series) > 1 else "{label}: {value}"
    lines = (
        named.format(series=name, label=point["label"], value=tongue.figure(point["value"])) for name, point in points
    )
    return [escape(block["title"]), *("• " + escape(line) for line in lines)]
