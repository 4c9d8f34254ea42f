"""Emoji by their names in Slack, and by their code points: what each draws, and all in groups for whoever chooses one.

The package emoji knows characters and names; Slack's own names, where they differ, are in `emoji_names`.
"""

import hashlib
import json
import re
from functools import cache
from typing import Any

from emoji import EMOJI_DATA
from emoji.unicode_codes import load_from_json

from bot.workspace.page.emoji_names import ALSO, GROUPS, OWN

NEWEST = 15.1
"""Later emoji are an empty square on many computers."""
WHOLE = 2
FLAGS, SYMBOLS = "flags", "symbols"
ORDER = (*GROUPS, SYMBOLS, FLAGS)
VARIANT, JOINER = "\ufe0f", "\u200d"
NAMED = re.compile(r":(?P<name>[a-z0-9_+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?")
_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_PERSON = re.compile(r"(man|woman)_(\w+)")
KIN = {"👨": "man", "👩": "woman", "👦": "boy", "👧": "girl", "💋": "kiss", "❤": "heart"}
FACES = (range(0x1F600, 0x1F645), range(0x1F910, 0x1F930), range(0x1F970, 0x1F97B), range(0x1FAE0, 0x1FAE9))


def character(name: str, tone: str | int | None = None) -> str | None:
    """What a name draws, colons or not, in a skin tone if there is one of it.

    None for a name that is none of Unicode's, as those of a workspace's own emoji are.
    """
    plain, _, own = name.strip(":").partition("::skin-tone-")
    found, tone = _by_name().get(plain), str(tone or own)
    if found is None or tone not in ("2", "3", "4", "5", "6"):
        return found
    toned = found[0] + chr(0x1F3F9 + int(tone)) + found[1:].removeprefix(VARIANT)
    return toned if toned in EMOJI_DATA else found


def from_hex(unicode: str) -> str | None:
    """The character that rich text names by its code points, `1f44f-1f3fd`; None if there is no such emoji."""
    try:
        shown = "".join(chr(int(point, 16)) for point in unicode.split("-"))
    except (ValueError, OverflowError):
        return None
    return shown if shown in EMOJI_DATA or shown + VARIANT in EMOJI_DATA else None


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


@cache
def listed(language: str) -> tuple[bytes, str]:
    """All emoji as JSON, and its ETag: per group lists of character, first name, and what else they are found by."""
    groups: dict[str, list[list[str]]] = {name: [] for name in ORDER}
    for sign in sorted(_known(), key=_rank):
        groups[_group(sign)].append([sign, _first(sign), _found_by(sign, language)])
    body = json.dumps(groups, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


@cache
def _known() -> dict[str, Any]:
    return {
        sign: data
        for sign, data in EMOJI_DATA.items()
        if data["status"] == WHOLE and data["E"] <= NEWEST and not _TONE.search(sign)
    }


@cache
def _by_name() -> dict[str, str]:
    """Slack's first names, then its others, then those of the package where they are still free."""
    found = {_first(sign): sign for sign in _known()}
    found |= {name: found[first] for name, _, first in (pair.partition("=") for pair in ALSO.split())}
    for sign, data in _known().items():
        if _LETTERS.fullmatch(sign):
            found.setdefault(_flag(sign), sign)
        for name in _names(data):
            found.setdefault(name, sign)
            found.setdefault(name.replace("_", "-"), sign)
    return found


@cache
def _own() -> dict[str, str]:
    pairs = (pair.rpartition("=") for pair in OWN.split())
    return {sign.replace(VARIANT, ""): name for sign, _, name in pairs}


def _names(data: Any) -> list[str]:
    return [one.strip(":").lower() for one in (*data.get("alias", ()), data["en"])]


def _first(sign: str) -> str:
    """The name by which Slack calls an emoji when it tells of one."""
    bare = sign.replace(VARIANT, "")
    if own := _own().get(bare):
        return own
    if _LETTERS.fullmatch(bare):
        return _flag(bare)
    parts = bare.split(JOINER)
    if len(parts) > 1 and all(part in KIN for part in parts):
        return "-".join(KIN[part] for part in parts if not ("💋" in parts and part == "❤"))
    names = _names(_known()[sign])
    person = _PERSON.fullmatch(names[-1])
    if person and len(parts) > 1:
        return _gendered(person[1], person[2], sign=parts[-1] in ("♂", "♀")) or names[0]
    return names[0]


def _flag(letters: str) -> str:
    return "flag-" + "".join(chr(ord(one) - 0x1F1E6 + ord("a")) for one in letters)


def _gendered(sex: str, rest: str, *, sign: bool) -> str | None:
    """People who do something are a man-… or woman-…; people of a calling are male-… or female-…."""
    if sign:
        return f"{sex}-{rest.replace('_', '-')}"
    if "_" in rest and not rest.endswith("_worker"):
        return None
    return f"{'fe' if sex == 'woman' else ''}male-{rest.replace('_', '-')}"


def _found_by(sign: str, language: str) -> str:
    """Other names and the words of the emoji's description, in Chinese too for who reads it."""
    data = _known()[sign]
    words = {name.replace("_", " ").replace("-", " ") for name in _names(data)} - {_first(sign)}
    if language != "en":
        load_from_json("zh")
        words.add(str(EMOJI_DATA[sign].get("zh", "")).strip(":").replace("_", " "))
    return ", ".join(sorted(words - {""}))


@cache
def _groups() -> dict[int, str]:
    found: dict[int, str] = {}
    for name, runs in GROUPS.items():
        for run in runs.split():
            start, _, end = run.partition("-")
            found |= dict.fromkeys(range(int(start, 16), int(end or start, 16) + 1), name)
    return found


def _group(sign: str) -> str:
    if _LETTERS.match(sign) or sign[0] in "🏴🏳🏁🚩🎌":
        return FLAGS
    return _groups().get(ord(sign[0]), SYMBOLS)


def _rank(sign: str) -> tuple[int, str]:
    """Faces first, then as Unicode goes; flags by their letters, which is the same."""
    code = ord(sign[0])
    return next((place for place, run in enumerate(FACES) if code in run), len(FACES)), sign
