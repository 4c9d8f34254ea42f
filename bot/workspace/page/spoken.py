"""A message in a few plain words: what a screen reader says of it, and what stands for it elsewhere."""

import html
import re

from bot.workspace import text
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

LONG = 120
TOKEN = re.compile(r"<([^<>]+)>")


def excerpt(reader: Reader, words: str) -> str:
    """The beginning of some mrkdwn in plain words: names for mentions, no marks of links."""
    plain = html.unescape(TOKEN.sub(lambda match: _said(reader, match[1]), words))
    line = " ".join(plain.split())
    return line if len(line) <= LONG else line[: LONG - 1].rstrip() + "…"


def announced(reader: Reader, messages: list[Json]) -> str:
    """What is said when others have spoken: the words of one, the number of several."""
    if len(messages) > 1:
        return reader.words.n("{count} new message", "{count} new messages", len(messages))
    (one,) = messages
    words = excerpt(reader, str(one.get("text") or text.words_of(one.get("blocks"))))
    return reader.t("{name}: {words}", name=reader.name(str(one.get("user", ""))), words=words)


def _said(reader: Reader, token: str) -> str:
    what, _, label = token.partition("|")
    if what.startswith("@"):
        return "@" + reader.name(what[1:])
    if what.startswith("#"):
        room = reader.workspace.channels.get(what[1:])
        return "#" + (room.name if room else label)
    if what.startswith("!"):
        return label or "@" + what[1:].partition("^")[0]
    return label or what
