"""The rich_text block: what people type in Slack, and what apps send so that nothing in it is taken for marks."""

import re
from collections.abc import Callable

from htpy import Element, Node, blockquote, code, div, em, li, mark, ol, pre, rect, s, span, strong, svg, u, ul

from bot.workspace.page import emojis
from bot.workspace.page.drawn.inline import broadcast, face, group, link, moment, person, room
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

DEEPEST = 8
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_STYLES: dict[str, Element] = {
    "code": code,
    "bold": strong,
    "italic": em,
    "strike": s,
    "underline": u,
    "highlight": mark,
    "client_highlight": mark,
}
_SIGNS = ("disc", "circle", "square")
_NUMBERS = ("1", "a", "i")


def rich(reader: Reader, block: Json) -> Node:
    """A block of rich text."""
    return div(".rich")[[_part(reader, one) for one in block.get("elements") or []]]


def _part(reader: Reader, part: Json) -> Node:
    inside = part.get("elements") or []
    match part.get("type"):
        case "rich_text_list":
            return _list(reader, part, inside)
        case "rich_text_quote":
            return blockquote(".quote")[words(reader, inside)]
        case "rich_text_preformatted":
            look = ["pre", part.get("border") == 0 and "bare"]
            return pre(class_=look, tabindex="0")[words(reader, inside)]
        case _:
            return div(".rich-run")[words(reader, inside)]


def _list(reader: Reader, part: Json, inside: list[Json]) -> Node:
    depth = min(int(part.get("indent") or 0), DEEPEST)
    look = f"list in{depth}" + (" bordered" if part.get("border") else "")
    items = [li[words(reader, one.get("elements") or [])] for one in inside]
    if part.get("style") == "ordered":
        first = int(part.get("offset") or 0) + 1
        return ol(class_=look, type=_NUMBERS[depth % 3], start=first if first > 1 else None)[items]
    return ul(class_=look, data_sign=_SIGNS[depth % 3])[items]


def words(reader: Reader, elements: list[Json]) -> list[Node]:
    """A run of text with all that may stand in it."""
    return [_styled(_KINDS.get(str(one.get("type")), _unknown)(reader, one), one) for one in elements]


def _styled(drawn: Node, element: Json) -> Node:
    style = element.get("style") or {}
    for name, tag in _STYLES.items():
        if style.get(name):
            drawn = tag[drawn]
    return drawn


def _link(reader: Reader, one: Json) -> Node:
    shown = str(one.get("text") or one.get("url") or "")
    return shown if (one.get("style") or {}).get("unlink") else link(str(one.get("url")), shown)


def _emoji(reader: Reader, one: Json) -> Node:
    name = str(one.get("name"))
    return face(name, one.get("skin_tone"), emojis.from_hex(str(one.get("unicode") or "")))


def _date(reader: Reader, one: Json) -> Node:
    asked = (str(one.get(key) or "") for key in ("format", "url", "fallback"))
    return moment(reader, one.get("timestamp") or 0, *asked)


def _colour(reader: Reader, one: Json) -> Node:
    value = str(one.get("value"))
    if not _COLOUR.match(value):
        return value
    return span(".colour")[
        svg(viewbox="0 0 12 12", width="12", height="12", aria_hidden="true")[
            rect(width="12", height="12", rx="3", fill=value)
        ],
        value,
    ]


def _unknown(reader: Reader, one: Json) -> Node:
    """Whatever comes after these: its words, if it has any."""
    return str(one.get("text") or one.get("fallback") or "")


_KINDS: dict[str, Callable[[Reader, Json], Node]] = {
    "text": lambda reader, one: str(one.get("text", "")),
    "link": _link,
    "user": lambda reader, one: person(reader, str(one.get("user_id"))),
    "usergroup": lambda reader, one: group(reader, str(one.get("usergroup_id"))),
    "team": lambda reader, one: span(".mention")[f"@{one.get('team_id')}"],
    "channel": lambda reader, one: room(reader, str(one.get("channel_id"))),
    "emoji": _emoji,
    "date": _date,
    "broadcast": lambda reader, one: broadcast(str(one.get("range"))),
    "color": _colour,
}
