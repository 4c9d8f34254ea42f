"""What a person sees of a message or form, as lines for a terminal."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.workspace import staff
from bot.workspace.shapes import Json

Kind = Literal["plain", "title", "quote", "bullet", "small", "buttons", "field", "wrong"]

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<#(C[A-Z0-9]+)(?:\|[^>]*)?>|<(https?://[^|>]+)(?:\|([^>]*))?>")
_DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
_BOLD = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that keep the direction of foreign words; a terminal shows them as boxes."""

PEOPLE = {person.id: f"@{person.handle}" for person in staff.STAFF + staff.OTHERS}
ROOMS = {room.id: f"#{room.name}" for room in staff.ROOMS}


@dataclass(frozen=True)
class Line:
    """A paragraph and what it is."""

    text: str
    kind: Kind = "plain"


@dataclass(frozen=True)
class Grid:
    """A table: its caption, the heads, the rows, all as shown; `numbers` are the columns of figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]


Picture = tuple[Line | Grid, ...]


def picture(thing: Json) -> Picture:
    """Give the lines of a message, an ephemeral or a modal; a message without blocks is its text."""
    title = thing.get("title")
    lines: list[Line | Grid] = [Line(title["text"], "title")] if title else []
    blocks = thing.get("blocks") or []
    lines += [line for block in blocks for line in _block(block)]
    return tuple(lines) if lines else (Line(mrkdwn(str(thing.get("text") or ""))),)


def mrkdwn(text: str) -> str:
    """Give mrkdwn as it reads: names for ids, no escapes, no marks of bold."""

    def named(match: re.Match[str]) -> str:
        person, room, url, label = match.groups()
        return PEOPLE.get(person, f"@{person}") if person else ROOMS.get(room, f"#{room}") if room else label or url

    plain = _BOLD.sub(r"\1", _MENTION.sub(named, _DATE.sub(r"\1", text)))
    return _seen(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _block(block: Json) -> Iterator[Line | Grid]:
    draw = _DRAWN.get(block["type"])
    if draw:
        yield from draw(block)


def _text(text: Json) -> str:
    words = str(text["text"])
    return mrkdwn(words) if text["type"] == "mrkdwn" else _seen(words)


def _rich(block: Json) -> Iterator[Line]:
    for element in block["elements"]:
        match element["type"]:
            case "rich_text_quote":
                yield Line(_inline(element["elements"]), "quote")
            case "rich_text_list":
                yield from (Line(_inline(item["elements"]), "bullet") for item in element["elements"])
            case _:
                yield Line(_inline(element["elements"]))


def _inline(elements: Sequence[Json]) -> str:
    return _seen("".join(_spoken(one) for one in elements))


def _spoken(element: Json) -> str:
    match element["type"]:
        case "user":
            return mrkdwn(f"<@{element['user_id']}>")
        case "channel":
            return mrkdwn(f"<#{element['channel_id']}>")
        case "emoji":
            return f":{element['name']}:"
        case _:
            return str(element.get("text") or element.get("url") or "")


def _table(block: Json) -> Iterator[Grid]:
    head, *rows = (tuple(_seen(str(cell.get("text", cell.get("value", "")))) for cell in row) for row in block["rows"])
    first = block["rows"][1] if rows else []
    numbers = frozenset(place for place, cell in enumerate(first) if cell["type"] == "raw_number")
    yield Grid(_seen(block.get("caption", "")), head, tuple(rows), numbers)


def _chart(block: Json) -> Iterator[Grid]:
    """A bar, line or area chart as the table of its points; of a pie its segments."""
    chart = block["chart"]
    axis = chart.get("axis_config") or {}
    series = chart.get("series") or [{"name": "", "data": chart.get("segments") or []}]
    labels = axis.get("categories") or [point["label"] for point in series[0]["data"]]
    values = [{point["label"]: str(point["value"]) for point in one["data"]} for one in series]
    rows = tuple((_seen(label), *(one[label] for one in values)) for label in labels)
    head = (axis.get("x_label") or "", *(_seen(one["name"]) for one in series))
    yield Grid(_seen(block["title"]), head, rows, frozenset(range(1, len(head))))


def _buttons(block: Json) -> Iterator[Line]:
    shown = [f"[ {_text(one['text'])} ]" for one in block["elements"] if one["type"] == "button"]
    if shown:
        yield Line("  ".join(shown), "buttons")


_DRAWN: dict[str, Callable[[Json], Iterator[Line | Grid]]] = {
    "header": lambda block: iter([Line(_text(block["text"]), "title")]),
    "section": lambda block: iter([Line(_text(block["text"]))]),
    "context": lambda block: iter([Line(" · ".join(_text(one) for one in block["elements"]), "small")]),
    "rich_text": _rich,
    "data_table": _table,
    "data_visualization": _chart,
    "actions": _buttons,
    "input": lambda block: iter([Line(_text(block["label"]), "field")]),
}
