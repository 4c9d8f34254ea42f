"""Emoji in what is written: `:clap::skin-tone-4:` is one character, and rich text names it by its code points."""

import re

from emoji import EMOJI_DATA

from bot.workspace.page import emojis

NAMED = re.compile(r":(?P<name>[a-z0-9_+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?")
PICTURE = "\ufe0f"


def character(name: str, tone: str | int | None = None) -> str | None:
    """The character of that name; None for a name that is none of Unicode's, as a workspace's own emoji are."""
    toned = emojis.character(f"{name}::skin-tone-{tone}") if tone else None
    return toned if toned in EMOJI_DATA else emojis.character(name)


def from_hex(unicode: str) -> str | None:
    """The character that rich text names by its code points, `1f44f-1f3fd`; None if there is no such emoji."""
    try:
        shown = "".join(chr(int(point, 16)) for point in unicode.split("-"))
    except (ValueError, OverflowError):
        return None
    return shown if shown in EMOJI_DATA or shown + PICTURE in EMOJI_DATA else None


def named(text: str) -> str:
    """Text with the names of emoji turned into characters; other words between colons stay."""
    parts: list[str] = []
    at = 0
    while match := NAMED.search(text, at):
        shown = character(match["name"], match["tone"])
        end = match.end() if shown else match.end("name")  # the colon behind it may begin the next name
        parts += [text[at : match.start()], shown or text[match.start() : end]]
        at = end
    return "".join([*parts, text[at:]])
