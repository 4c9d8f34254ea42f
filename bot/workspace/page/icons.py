"""The page's own small drawings, each a few strokes in the colour of the words around it."""

from collections.abc import Mapping

from htpy import Element, Node, circle, path, svg, symbol, use

STROKES: Mapping[str, Node] = {
    "bolt": path(d="M11.2 2.5 4.5 11.6h4.6l-.9 5.9 7.3-9.6h-4.8z"),
    "face": (
        circle(cx="9", cy="11", r="6.5"),
        path(d="M6.6 12.8c.6 1 1.4 1.5 2.4 1.5s1.8-.5 2.4-1.5M6.9 9.3v.4M11.1 9.3v.4M16.3 2.2v5M13.8 4.7h5"),
    ),
    "smile": (
        circle(cx="10", cy="10", r="7"),
        path(d="M7.2 12c.7 1.1 1.6 1.6 2.8 1.6s2.1-.5 2.8-1.6M7.6 8v.5M12.4 8v.5"),
    ),
    "reply": path(d="M3.5 4.5h13v9h-7l-3.5 3v-3H3.5zM6.8 7.8h6.4M6.8 10.3h4"),
    "more": (circle(cx="10", cy="4.5", r=".9"), circle(cx="10", cy="10", r=".9"), circle(cx="10", cy="15.5", r=".9")),
    "copy": path(d="M7 6.5h9.5v10H7zM13 6.5v-3H3.5v10H7"),
    "at": (circle(cx="10", cy="10", r="3"), path(d="M13 7v4.2c0 2.6 4 2.3 4-1.4A7 7 0 1 0 13.6 16")),
    "slash": path(d="M4 3.5h12v13H4zM11.8 6.5l-3.6 7"),
    "send": path(d="M3.5 16.5 17 10 3.5 3.5l1.8 6.5zM5.3 10H11"),
    "close": path(d="m5.5 5.5 9 9M14.5 5.5l-9 9"),
}


def icon(name: str) -> Element:
    """A drawing from the sheet; it says nothing to a screen reader, so its button needs a name."""
    return svg(".icon", aria_hidden="true", focusable="false", width="18", height="18")[use(href=f"#icon-{name}")]


def sheet() -> Element:
    """All drawings, once for the page."""
    return svg(".sheet", aria_hidden="true", width="0", height="0")[
        (symbol(id=f"icon-{name}", viewBox="0 0 20 20")[strokes] for name, strokes in STROKES.items())
    ]
