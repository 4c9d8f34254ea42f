"""The page's own small drawings, each a few strokes in the colour of the words around it."""

from collections.abc import Mapping

from htpy import Element, Node, circle, path, svg

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
    "back": path(d="M15.8 10H4.2M9.2 5l-5 5 5 5"),
    "places": path(d="M3.3 5h13.4M3.3 10h13.4M3.3 15h13.4"),
    "look": path(d="M10 2.5a7.5 7.5 0 1 0 0 15 3.33 3.33 0 0 0 0-6.66 3.33 3.33 0 0 1 0-8.34z"),
    "trash": path(d="M4.2 5.8h11.6M8.3 5.8V4.2h3.4v1.6M5.8 5.8l.9 10h6.6l.9-10M8.3 8.8v4.6M11.7 8.8v4.6"),
    "liked": path(
        d="M5.8 9.2l3.4-5.9c1 0 1.6.8 1.6 1.7v3.3h4.4c.8 0 1.4.8 1.2 1.6l-1.1 5c-.1.6-.6.9-1.2.9H5.8z"
        "M3.3 9.2h2.5v6.6H3.3z"
    ),
    "disliked": path(
        d="M5.8 10.8l3.4 5.9c1 0 1.6-.8 1.6-1.7v-3.3h4.4c.8 0 1.4-.8 1.2-1.6l-1.1-5c-.1-.6-.6-.9-1.2-.9H5.8z"
        "M3.3 4.2h2.5v6.6H3.3z"
    ),
}


def icon(name: str) -> Element:
    """A drawing; it says nothing to a screen reader, so its button needs a name."""
    return svg(".icon", viewBox="0 0 20 20", aria_hidden="true", focusable="false")[STROKES[name]]
