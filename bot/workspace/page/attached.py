"""Files of a message: pictures are seen at once, everything else is fetched."""

from htpy import Element, a, img, small, span, strong

from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""What is shown in the page; drawings in SVG are not, for they may hold programs."""
STEP = 1_000
UNITS = ("B", "kB", "MB", "GB")


def file(reader: Reader, one: Json) -> Element:
    """One file: a picture, or a card with its name, type and size; of one that was deleted, that it was there."""
    if one.get("mode") == "tombstone":
        return span(".file.gone")[reader.t("This file was deleted.")]
    title, where = str(one["title"] or one["name"]), f"/page/file/{one['id']}"
    if one["mimetype"] in PICTURES:
        return a(".file.picture", href=where, target="_blank", rel="noreferrer", title=title)[
            img(src=where, alt=title, loading="lazy")
        ]
    kind = one["pretty_type"] or reader.t("File")
    told = f"{kind} · {size(int(one['size']))}"
    return a(".file.card", href=where, download=str(one["name"]))[
        span(".kind", aria_hidden="true")[str(one["pretty_type"])[:4]], span[strong[title], small[told]]
    ]


def size(length: int) -> str:
    """A number of bytes as people read it."""
    value, unit = float(length), 0
    while value >= STEP and unit < len(UNITS) - 1:
        value, unit = value / STEP, unit + 1
    return f"{value:.0f} {UNITS[unit]}" if unit == 0 or value >= 10 else f"{value:.1f} {UNITS[unit]}"
