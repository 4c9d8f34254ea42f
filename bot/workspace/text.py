"""Slack's mrkdwn: what a client escapes, what it turns into mentions, and what pings everybody."""

import re
from collections.abc import Callable, Iterator

from bot.workspace.shapes import Json

SPOKEN = ("plain_text", "mrkdwn", "markdown", "text", "raw_text", "raw_number")
BROADCASTS = ("everyone", "channel", "here")
_RAW = re.compile(r"<!(everyone|channel|here|group|subteam\^[A-Z0-9]+)(?:\|[^>]*)?>")
_TYPED = re.compile(r"(?<![A-Za-z0-9_.@])@(everyone|channel|here)\b")
_MENTION = re.compile(
    r"(?P<link>https?://[^\s<>|]+)|(?<![A-Za-z0-9_.@])@(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)"
    r"|(?<![A-Za-z0-9_&#])#(?P<room>[^\s#&;,!?()<>]+)"
)
Lookup = Callable[[str], str | None]


def escape(text: str) -> str:
    """Escape exactly & < >, as Slack does with what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str, person: Lookup, room: Lookup) -> str:
    """Give what a client sends for typed text: @name, #name and links become ids; unknown names stay.

    `person` and `room` take a name and give the mention to write, such as ``<@U1|ann>``, or None.
    """

    def replaced(match: re.Match[str]) -> str:
        whole = match.group(0)
        if match["link"]:
            return f"<{whole}>"
        lookup, name = (person, match["name"]) if match["name"] else (room, match["room"])
        for end in range(len(name), 0, -1):
            mention = lookup(name[:end]) if _may_end(name, end) else None
            if mention:
                return mention + name[end:]
        return whole

    return _MENTION.sub(replaced, escape(text))


def _may_end(name: str, end: int) -> bool:
    """A name may end before closing punctuation or before a script that handles are not written in."""
    return end == len(name) or not (name[end].isascii() and name[end].isalnum())


def texts_of(node: object) -> Iterator[Json]:
    """Walk blocks and give every object that has a type, text objects among them."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
        for value in node.values():
            yield from texts_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_of(value)


def pings(text: str, blocks: object, *, link_names: bool = False, parse: str = "none") -> list[str]:
    """Give every broadcast that posting this would set off, in the writer's spelling."""
    found = [match.group(0) for match in _RAW.finditer(text)]
    if link_names or parse == "full":
        found += [match.group(0) for match in _TYPED.finditer(text)]
    for node in texts_of(blocks):
        found += _pings_of(node)
    return found


def _pings_of(node: Json) -> list[str]:
    kind, words = node["type"], node.get("text")
    if kind == "broadcast":
        return [f"@{node.get('range')}"]
    if kind not in ("mrkdwn", "markdown") or not isinstance(words, str):
        return []
    found = [match.group(0) for match in _RAW.finditer(words)]
    if kind == "mrkdwn" and not node.get("verbatim"):
        found += [match.group(0) for match in _TYPED.finditer(words)]
    return found


def words_of(blocks: object) -> str:
    """Give the top-level text Slack builds from blocks when a message has none."""
    lines: list[str] = []
    for node in texts_of(blocks):
        words = node.get("text")
        if node["type"] in SPOKEN and isinstance(words, str):
            lines.append(words)
        elif node["type"] == "user":
            lines.append(f"<@{node.get('user_id')}>")
    return " ".join(lines)
