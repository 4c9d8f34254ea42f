"""What is done to a person's own text before it stands among our words: escaped, isolated, put on one line, cut."""

import unicodedata

_BIDI = frozenset({"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_OPENERS, _CLOSER, _ISOLATE = "\u2066\u2067\u2068", "\u2069", "\u2068"
_LONGEST_CLUSTER = 20
NAME = 80
"""Slack's own limit for display names; a longer one came from elsewhere."""


def escape(text: str) -> str:
    """Text for mrkdwn: exactly & < > are escaped, so nothing in it is a mention, a channel, a ping or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def isolate(text: str) -> str:
    """Text whose direction cannot turn the sentence around it, whatever direction marks it holds.

    Every code point stays; isolates are added around it so that each opening mark has its closing one. Text that
    runs from left to right stays as it is.
    """
    if text.isascii() or not any(unicodedata.bidirectional(character) in _BIDI for character in text):
        return text
    unopened = unclosed = 0
    for character in text:
        if character in _OPENERS:
            unclosed += 1
        elif character == _CLOSER and unclosed:
            unclosed -= 1
        elif character == _CLOSER:
            unopened += 1
    return _ISOLATE * (unopened + 1) + text + _CLOSER * (unclosed + 1)


def one_line(text: str) -> str:
    """Text with every run of blanks and line breaks made one blank."""
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """Text that counts at most `most` however Slack counts, ended by … if some was left out, never inside a composed
    character."""
    if units(text) <= most:
        return text
    end = len(head(text, most - 1))
    for earlier in range(end, max(0, end - _LONGEST_CLUSTER), -1):
        if not _joined(text[earlier - 1], text[earlier]):
            end = earlier
            break
    return text[:end].rstrip() + "…"


def _joined(before: str, after: str) -> bool:
    """Whether these two code points are parts of one character, as far as Unicode's categories tell."""
    modifier = "\U0001f3fb" <= after <= "\U0001f3ff"
    flags = all("\U0001f1e6" <= one <= "\U0001f1ff" for one in (before, after))
    return before == "\u200d" or after == "\u200d" or modifier or flags or unicodedata.category(after).startswith("M")


def units(text: str) -> int:
    """The length of text in UTF-16 units, the widest way in which Slack may count characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def head(text: str, most: int) -> str:
    """The beginning of text that counts at most `most` however Slack counts."""
    kept = text[:most]
    while (over := units(kept) - most) > 0:
        kept = kept[: len(kept) - (over + 1) // 2]
    return kept
