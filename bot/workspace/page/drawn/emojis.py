"""What Slack's names of emoji look like: `:clap::skin-tone-4:` is one character of Unicode."""

import re
from functools import cache

import emoji

TONES = {"2": "🏻", "3": "🏼", "4": "🏽", "5": "🏾", "6": "🏿"}
NAMED = re.compile(r":(?P<name>[a-z0-9_+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?")
PICTURE = "\ufe0f"
_OWN = {
    "simple_smile": "🙂",
    "female-technologist": "👩‍💻",
    "male-technologist": "👨‍💻",
    "knife_fork_plate": "🍽️",
    "hotel": "🏨",
    "bellhop_bell": "🛎️",
    "speaking_head_in_silhouette": "🗣️",
    "red_envelope": "🧧",
    "face_with_cowboy_hat": "🤠",
    "hugging_face": "🤗",
    "star-struck": "🤩",
    "clinking_glasses": "🥂",
    "writing_hand": "✍️",
    "heavy_heart_exclamation_mark_ornament": "❣️",
}
"""Slack's own names where Unicode and GitHub have others."""


@cache
def _characters() -> dict[str, str]:
    """Every name that an emoji has, in Slack's spelling."""
    found: dict[str, str] = {}
    for character, told in emoji.EMOJI_DATA.items():
        if told["status"] > emoji.STATUS["fully_qualified"]:
            continue  # the same emoji, written without saying that it is a picture
        for named in (told["en"], *(told.get("alias") or ())):
            for name in _spellings(named.strip(":").lower()):
                found.setdefault(name, character)
    return found | _OWN


def _spellings(name: str) -> set[str]:
    """The ways in which Slack may write a name of Unicode: woman_cook is female-cook too."""
    ways = {name}
    for ours, theirs in (("woman_", "female-"), ("man_", "male-")):
        if name.startswith(ours):
            rest = name.removeprefix(ours)
            ways |= {theirs + rest, ours[:-1] + "-" + rest}
    if name.endswith(("_circle", "_square")):
        ways.add(f"large_{name}")
    return ways


def character(name: str, tone: str | int | None = None) -> str | None:
    """The character of that name; None for a name that is none of Unicode's, as a workspace's own emoji are."""
    if name.startswith("flag-"):
        letters = name.removeprefix("flag-")
        shown = "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in letters if "a" <= letter <= "z")
        return shown if len(letters) == 2 and shown in emoji.EMOJI_DATA else None
    found = _characters().get(name)
    toned = (found or "").replace(PICTURE, "") + TONES.get(str(tone), "")
    return toned if tone and toned in emoji.EMOJI_DATA else found


def from_hex(unicode: str) -> str | None:
    """The character that rich text names by its code points, `1f44f-1f3fd`; None if there is no such emoji."""
    try:
        shown = "".join(chr(int(point, 16)) for point in unicode.split("-"))
    except (ValueError, OverflowError):
        return None
    return shown if shown in emoji.EMOJI_DATA or shown + PICTURE in emoji.EMOJI_DATA else None


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
