"""A message in a few plain words: what a screen reader says of it, and what stands for it elsewhere."""

import html
import re

from htpy import fragment

from bot.workspace import text
from bot.workspace.page import emojis
from bot.workspace.page.drawn import inline
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

LONG = 120
TOKEN = re.compile(r"<([^<>]+)>")
TAG = re.compile(r"<[^>]*>")


def excerpt(reader: Reader, words: str) -> str:
    """The beginning of some mrkdwn in plain words: names for mentions, no marks of links, emoji for their names."""
    plain, *rest = TOKEN.split(words)
    parts = [_plain(plain)]
    for token, after in zip(rest[::2], rest[1::2], strict=True):
        parts += [_said(reader, token), _plain(after)]
    line = " ".join("".join(parts).split())
    return line if len(line) <= LONG else line[: LONG - 1].rstrip() + "…"


def announced(reader: Reader, messages: list[Json]) -> str:
    """What is said when others have spoken: the words of one, the number of several."""
    if len(messages) > 1:
        return reader.words.n("{count} new message", "{count} new messages", len(messages))
    (one,) = messages
    words = excerpt(reader, str(one.get("text") or text.words_of(one.get("blocks"))))
    return reader.t("{name}: {words}", name=reader.name(str(one.get("user", ""))), words=words)


def _plain(words: str) -> str:
    return emojis.named(inline.unescaped(words))


def _said(reader: Reader, token: str) -> str:
    """What is read of a mention, a date or a link: as it is drawn, so that neither tells more than the other."""
    return html.unescape(TAG.sub("", str(fragment[inline.token(reader, token)])))
