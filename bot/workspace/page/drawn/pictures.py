"""Pictures: those of this workspace are shown, of others there is a frame with their words, for nothing is fetched."""

import re

from htpy import Node, circle, div, figcaption, figure, img, path, rect, span, svg

from bot.workspace.page.drawn.text import drawn, plain
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json, SlackError

_HOST = re.compile(r"https?://([^/?#@:\s]+)")
_SLACKS = re.compile(r"https://files\.slack\.com/[^/]+/[^/-]+-([^/]+)/")
FILES = "/page/file/"
"""Where the page gives the bytes of a file, by its id."""


def picture(reader: Reader, block: Json) -> Node:
    """An image block, with its title."""
    address, told = _address(reader, block), str(block.get("alt_text", ""))
    title = drawn(reader, block["title"]) if block.get("title") else None
    return figure(".image")[
        figcaption[title] if title else None,
        img(src=address, alt=told, loading="lazy") if address else _frame(reader, block, told),
    ]


def small(reader: Reader, element: Json, *, beside: bool = False) -> Node:
    """An image in a line of context, or `beside` a section: only its words fit in where it is not ours."""
    address, told = _address(reader, element), str(element.get("alt_text", ""))
    look = "thumb" if beside else "tiny"
    if address:
        return img(class_=look, src=address, alt=told, loading="lazy")
    return span(class_=[look, "framed"], role="img", aria_label=told, title=told)[_mountains()]


def _frame(reader: Reader, block: Json, told: str) -> Node:
    url = str(block.get("image_url") or "")
    host = _HOST.match(url)
    return div(".framed", role="img", aria_label=told)[
        _mountains(),
        span(".alt")[plain(reader, told)],
        span(".whence")[reader.t("Picture from {host}. The rehearsal fetches nothing.", host=host[1] if host else url)]
        if url
        else None,
    ]


def _address(reader: Reader, held: Json) -> str | None:
    """Where the page has the picture; None for one from elsewhere, or of nobody's."""
    given = held.get("slack_file") or {}
    url = str(held.get("image_url") or given.get("url") or "")
    for file_id in [str(given.get("id") or ""), *_SLACKS.findall(url)]:
        try:
            return FILES + reader.workspace.files.get(file_id).id
        except SlackError:
            continue
    own = reader.workspace.base_url
    return url.removeprefix(own) if own and url.startswith(f"{own}/") else None


def _mountains() -> Node:
    return svg(viewBox="0 0 24 24", width="24", height="24", aria_hidden="true")[
        rect(x="2.5", y="4.5", width="19", height="15", rx="2.5"),
        circle(cx="8.5", cy="9.5", r="1.6"),
        path(d="M3 17l5-4.5 3.5 3 4.5-5 5 5.5"),
    ]
