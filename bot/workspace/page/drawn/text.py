"""Slack's two kinds of text: mrkdwn with its marks, and plain text with the names of emoji.

All of it is phrasing content, quotations and code included, so that it may stand in a label, a paragraph or a heading.
Source of the rules: docs.slack.dev, "Formatting message text".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from htpy import Element, Node, code, em, q, s, span, strong

from bot.workspace.page import emojis
from bot.workspace.page.drawn.inline import face, link, token, unescaped
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

_SPOT = "\ufffc"
"""Stands in a line for something that is drawn already; one that somebody typed is taken out first."""
_ATOM = re.compile(
    r"<(?P<token>[^<>\n]+)>|`(?P<code>[^`\n]+)`"
    r"|(?P<bare>https?://[^\s<>|`*~，。、；：！？（）「」『』“”]+)"
    rf"|{emojis.NAMED.pattern}"
)
_PLACED = re.compile(r"<(?P<token>[^<>\n]+)>")
_MENTION = re.compile(r"<(?P<token>[@#!][^<>\n]+)>")
_BLOCK = re.compile(r"\n?```\n?(.+?)\n?```\n?", re.DOTALL)
_QUOTE = re.compile(r"(?:>|&gt;) ?")
_ALL_BELOW = re.compile(r"(?:>>>|&gt;&gt;&gt;) ?")
_MARKS: dict[str, Element] = {"*": strong, "_": em, "~": s}
_AFTER = ".,:;!?)'\""


class _Line(NamedTuple):
    words: str
    quoted: bool


def plain(reader: Reader, words: str) -> str:
    """Plain text, for a button or an option as well: names of emoji become characters, all else stays."""
    return emojis.named(words)


def mrkdwn(reader: Reader, words: str, *, verbatim: bool = False) -> Node:
    """Text with Slack's marks; `verbatim`: addresses that are not marked as links stay words."""
    parts: list[Node] = []
    at = 0
    for block in _BLOCK.finditer(words):
        parts += _lines(reader, words[at : block.start()], verbatim) if block.start() > at else []
        parts.append(code(".pre")[_placed(reader, block[1])])
        at = block.end()
    parts += _lines(reader, words[at:], verbatim) if at < len(words) else []
    return span(".mrkdwn")[parts]


def drawn(reader: Reader, text: Json) -> Node:
    """A text object of Block Kit, of either kind."""
    said = bare(reader, text)
    return span(".plaintext")[said] if isinstance(said, str) else said


def bare(reader: Reader, text: Json) -> Node:
    """A text object of Block Kit; of plain text the words alone, which may stand where no element may."""
    words = str(text.get("text", ""))
    if text.get("type") == "mrkdwn":
        return mrkdwn(reader, words, verbatim=bool(text.get("verbatim")))
    return words if text.get("emoji") is False else plain(reader, words)


def _lines(reader: Reader, words: str, verbatim: bool) -> Iterator[Node]:
    """Lines of text, those that are quoted together in a quotation of their own."""
    held: list[_Line] = []
    for line in _told(words):
        if held and held[-1].quoted != line.quoted:
            yield _together(reader, held, verbatim)
            held = []
        held.append(line)
    if held:
        yield _together(reader, held, verbatim)


def _told(words: str) -> Iterator[_Line]:
    lines = words.split("\n")
    for place, line in enumerate(lines):
        if match := _ALL_BELOW.match(line):
            yield from (_Line(one, True) for one in [line[match.end() :], *lines[place + 1 :]])
            return
        match = _QUOTE.match(line)
        yield _Line(line[match.end() :], True) if match else _Line(line, False)


def _together(reader: Reader, lines: list[_Line], verbatim: bool) -> Node:
    """Lines one below the other; the style sheet keeps their ends."""
    parts: list[Node] = []
    for place, line in enumerate(lines):
        parts += ["\n"] if place else []
        parts += _line(reader, line.words, verbatim)
    if lines[0].quoted:
        return q(".quote")[parts]
    return [*parts, "\n"] if len(lines) > 1 and not lines[-1].words else parts


def _line(reader: Reader, words: str, verbatim: bool) -> list[Node]:
    """One line: what is more than words first, then bold, italic and struck through around it."""
    words = words.replace(_SPOT, "")
    held: list[str] = []
    atoms: list[Node] = []
    at = 0
    while match := _ATOM.search(words, at):
        start, end = match.span()
        atom = _atom(reader, match, verbatim)
        if atom is None:
            end = match.end("name") if match["name"] else end
            held.append(words[at:end])
        else:
            if match["bare"]:
                end = start + len(_trimmed(match["bare"]))
            held += [words[at:start], _SPOT]
            atoms.append(atom)
        at = end
    return _marked("".join([*held, words[at:]]), iter(atoms), "*_~")


def _atom(reader: Reader, match: re.Match[str], verbatim: bool) -> Node:
    if match["token"]:
        return token(reader, match["token"])
    if match["code"]:
        return code[_placed(reader, match["code"])]
    if match["bare"]:
        address = unescaped(_trimmed(match["bare"]))
        return None if verbatim else link(address, address)
    known = emojis.character(match["name"], match["tone"])
    return face(match["name"], match["tone"]) if known else None


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence that it ends."""
    return address.rstrip(_AFTER)


def _placed(reader: Reader, words: str) -> list[Node]:
    """Text as it is, in code: only mentions and links are drawn."""
    parts: list[Node] = []
    at = 0
    for match in _PLACED.finditer(words):
        parts += [unescaped(words[at : match.start()]), token(reader, match["token"])]
        at = match.end()
    return [*parts, unescaped(words[at:])]


def _marked(line: str, atoms: Iterator[Node], marks: str) -> list[Node]:
    """Draw marks around words; one that is not closed in its line, or stands within a word, is a character."""
    parts: list[Node] = []
    at = told = 0
    while at < len(line):
        sign = line[at]
        if sign == _SPOT:
            parts += [unescaped(line[told:at]), next(atoms)]
            told = at + 1
        elif sign in marks and _opens(line, at):
            end = _closing(line, at)
            if end < 0:
                marks = marks.replace(sign, "")  # nor is any later one closed
            else:
                inside = _marked(line[at + 1 : end], atoms, marks.replace(sign, ""))
                parts += [unescaped(line[told:at]), _MARKS[sign][inside]]
                at = end
                told = end + 1
        at += 1
    return [*parts, unescaped(line[told:])]


def _opens(line: str, at: int) -> bool:
    behind = line[at + 1 : at + 2]
    return bool(behind) and not behind.isspace() and behind != line[at] and not line[at - 1 : at].isalnum()


def _closing(line: str, at: int) -> int:
    """Where the mark that opens at `at` is closed; -1 if nowhere."""
    end = line.find(line[at], at + 2)
    while end >= 0 and (line[end - 1].isspace() or line[end + 1 : end + 2].isalnum()):
        end = line.find(line[at], end + 1)
    return end


def noted(reader: Reader, words: str) -> list[Node]:
    """Words that are not mrkdwn, in which mentions and emoji are drawn all the same."""
    parts: list[Node] = []
    at = 0
    for match in _MENTION.finditer(words):
        parts += [emojis.named(words[at : match.start()]), token(reader, match["token"])]
        at = match.end()
    return [*parts, emojis.named(words[at:])]
