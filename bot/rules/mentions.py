"""People named in the text of a command, as Slack writes them when the manifest says `should_escape`."""

import re

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
# Commas may stand between people; after the last one only directly behind the name: what follows a blank are words.
_LEADING = re.compile(rf"\s*{MENTION.pattern}(?:[\s,、，]*(?=<@[UW][A-Z0-9]+[|>])|[,、，]?\s*)")

_LINK = re.compile(r"<(?:mailto:|tel:|(?=https?://))([^\s<>|]+)(?:\|([^<>]*))?>")
_NAMED = re.compile(
    r"<([@#])[A-Z0-9]+\|([^<>|]+)>|<!subteam\^[A-Z0-9]+\|(@[^<>|]+)>|<!(everyone|channel|here)(?:\|[^<>]*)?>"
)


def leading_mentions(text: str) -> tuple[tuple[str, ...], str]:
    """The people named before anything else, each once in that order, and the rest of the text."""
    people: dict[str, None] = {}
    while mention := _LEADING.match(text):
        people[mention[1]] = None
        text = text[mention.end() :]
    return tuple(people), text


def unescape(text: str) -> str:
    """The text as the person typed it: links, @names and #channels without Slack's wrapping (what Slack gives no name
    for stays), the escapes &lt; &gt; &amp; undone once."""
    typed = _LINK.sub(lambda link: link[2] or link[1], text)
    typed = _NAMED.sub(lambda one: one[1] + one[2] if one[1] else one[3] or f"@{one[4]}", typed)
    return typed.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
