"""Pictures of people: their initials on a colour of their own; the app has a golden ear."""

from zlib import crc32

from htpy import Element, path, rect, svg, text

from bot.workspace import staff
from bot.workspace.page.reader import Reader

COLOURS = (
    "#8a4b2d", "#2f6b4f", "#35609a", "#7b4a86", "#9a3b4c", "#4b6326", "#1f6a75", "#6a5138",
    "#5a55a0", "#8c3f6e", "#3d6647", "#7a5400",
)  # fmt: skip
"""Each dark enough for white letters upon it (WCAG AA)."""
GROUND, LINE = "#e0a526", "#2e2200"
OUTER = "M20 27c0-9 6-15 13-15s13 6 13 14c0 11-9 12-9 19 0 5-3 8-7 8-4 0-7-3-7-7"
INNER = "M27 28c0-4 2-8 6-8s6 3 6 7c0 6-6 6-6 11"


def face(reader: Reader, user_id: str) -> Element:
    """The picture of somebody. It says nothing to a screen reader: the name stands beside it."""
    if user_id == staff.BOT_USER_ID:
        return _ear()
    colour = COLOURS[crc32(user_id.encode()) % len(COLOURS)]
    return svg(".face", viewBox="0 0 36 36", aria_hidden="true")[
        rect(width="36", height="36", rx="8", fill=colour),
        text(x="18", y="18.5", fill="#fff", text_anchor="middle", dominant_baseline="central")[
            initials(reader.name(user_id))
        ],
    ]


def initials(name: str) -> str:
    """Two letters of a name that is written in letters, the family's sign of one that is not."""
    parts = name.split()
    if not parts:
        return "?"
    first = parts[0][0]
    if not first.isascii() and first.lower() == first.upper():
        return first
    return (first + (parts[-1][0] if len(parts) > 1 else "")).upper()


def _ear() -> Element:
    drawn = {"fill": "none", "stroke": LINE, "stroke-width": "5", "stroke-linecap": "round", "stroke-linejoin": "round"}
    return svg(".face", viewBox="0 0 64 64", aria_hidden="true")[
        rect(width="64", height="64", rx="15", fill=GROUND), path(drawn, d=OUTER), path(drawn, d=INNER)
    ]
