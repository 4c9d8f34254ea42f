"""What a reader sees of a Slack message, as plain text: the words as they stand there, without Slack's markup.

Sources: docs.slack.dev/messaging/formatting-message-text and reference/block-kit/blocks/rich-text-block.
A message comes from people and from any app, so every field may be missing or of another kind than it should be.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.rules.mentions import unescape
from bot.rules.praise import is_link

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>")
_LABEL = re.compile(r"<(#[A-Z0-9]+|!subteam\^[A-Z0-9]+)\|[^<>|]+>")
_DATE = re.compile(r"<!date\^[^<>|]*\|([^<>]*)>")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.enterprise)?")
_LINED = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")


@dataclass(frozen=True)
class Mention:
    """A person in a message; the `label` is what Slack shows of them, if it said so."""

    slack_id: str
    label: str = ""


Piece = str | Mention


class _ById(str):
    """A channel or group of people: rich text has its id alone, written here as in text without a name."""

    __slots__ = ()


def pieces(message: Mapping[str, Any]) -> tuple[Piece, ...]:
    """The words of a message and the people mentioned among them; nothing if it has no text at all.

    What a person typed comes as rich text, which says it exactly; else the text is taken, else what stands in other
    blocks, else in attachments (a forwarded message is one).
    """
    blocks = _dicts(message.get("blocks"))
    in_blocks = _lines(map(_block, blocks))
    typed = all(block.get("type") == "rich_text" for block in blocks)
    return tuple(
        (typed and _named(_worded(in_blocks), message.get("text")))
        or _worded(_mrkdwn(message.get("text")))
        or _worded(in_blocks)
        or _worded(_lines(map(_attachment, _dicts(message.get("attachments")))))
    )


def text(found: tuple[Piece, ...], names: Mapping[str, str]) -> str:
    """The pieces as one text; people by the name in `names` (Slack id -> name), else by Slack's, else by their id."""
    return "".join(
        piece if isinstance(piece, str) else f"@{names.get(piece.slack_id) or piece.label or piece.slack_id}"
        for piece in found
    ).strip()


def permalink(domain: object, channel: str, message: Mapping[str, Any]) -> str:
    """Where a message stands in Slack, written as chat.getPermalink gives it; "" for what has no such address, and for
    a direct message, which nobody else could open."""
    ts, thread = (str(message.get(name) or "") for name in ("ts", "thread_ts"))
    if not isinstance(domain, str) or not _DOMAIN.fullmatch(domain) or channel.startswith("D"):
        return ""
    link = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    if thread and thread != ts:
        link += f"?thread_ts={thread}&cid={channel}"
    return link if is_link(link) else ""


def _named(found: list[Piece], value: object) -> list[Piece]:
    """Rich text with the names that the text of the message has for channels and groups; without one the id stays."""
    labels = {f"<{one[1]}>": unescape(one[0]) for one in _LABEL.finditer(value if isinstance(value, str) else "")}
    return [labels.get(piece, piece) if isinstance(piece, _ById) else piece for piece in found]


def _worded(found: list[Piece]) -> list[Piece]:
    """The pieces, or none if there is nothing to read in them."""
    return found if any(isinstance(piece, Mention) or piece.strip() for piece in found) else []


def _mrkdwn(value: object) -> list[Piece]:
    """Text with Slack's escapes: links by their label or address, dates by their words, names without brackets."""
    if not isinstance(value, str):
        return []
    found: list[Piece] = []
    done = 0
    for mention in _MENTION.finditer(value):
        found += [_plain(value[done : mention.start()]), Mention(mention[1], mention[2] or "")]
        done = mention.end()
    return [*found, _plain(value[done:])]


def _plain(value: str) -> str:
    return unescape(_DATE.sub(lambda date: date[1], value))


def _block(block: Mapping[str, Any]) -> list[Piece]:
    match block.get("type"):
        case "rich_text":
            return _lines(map(_part, _dicts(block.get("elements"))))
        case "section":
            return _lines(map(_object, [block.get("text"), *_list(block.get("fields"))]))
        case "context":
            return _lines(map(_object, _list(block.get("elements"))))
        case "header":
            return _object(block.get("text"))
        case "markdown":
            return _words(block.get("text"))
    return []


def _object(value: object) -> list[Piece]:
    """A text object; one that is not in mrkdwn is not escaped."""
    if not isinstance(value, dict):
        return []
    return _mrkdwn(value.get("text")) if value.get("type") == "mrkdwn" else _words(value.get("text"))


def _attachment(attachment: Mapping[str, Any]) -> list[Piece]:
    said = _lines([_mrkdwn(attachment.get(name)) for name in ("pretext", "title", "text")])
    said = said or _lines(map(_block, _dicts(attachment.get("blocks"))))
    return said or _mrkdwn(attachment.get("fallback"))


def _part(part: Mapping[str, Any]) -> list[Piece]:
    """A paragraph, quotation or list of rich text."""
    if part.get("type") == "rich_text_list":
        return _items(part)
    if part.get("type") not in _LINED:
        return []
    return [piece for element in _dicts(part.get("elements")) for piece in _element(element)]


def _items(part: Mapping[str, Any]) -> list[Piece]:
    ordered, indent = part.get("style") == "ordered", part.get("indent")
    margin = "    " * min(indent, 8) if isinstance(indent, int) else ""
    items = [_part(item) for item in _dicts(part.get("elements"))]
    return _lines([[f"{margin}{f'{number}.' if ordered else '•'} ", *item] for number, item in enumerate(items, 1)])


def _element(element: Mapping[str, Any]) -> list[Piece]:
    said = {name: value for name, value in element.items() if isinstance(value, str)}
    match said.get("type"):
        case "user":
            return [Mention(said["user_id"])] if said.get("user_id") else []
        case "emoji":
            tone = element.get("skin_tone")
            return [f":{said.get('name', '')}:", f":skin-tone-{tone}:" if isinstance(tone, int) else ""]
        case "broadcast":
            return [f"@{said.get('range', '')}"]
        case "channel":
            return [_ById(f"<#{said.get('channel_id', '')}>")]
        case "usergroup":
            return [_ById(f"<!subteam^{said.get('usergroup_id', '')}>")]
        case "link":
            return _words(said.get("text") or said.get("url"))
        case "date":
            return _words(said.get("fallback"))
        case "color":
            return _words(said.get("value"))
        case "text":
            return _words(said.get("text"))
    return []


def _words(value: object) -> list[Piece]:
    return [value] if isinstance(value, str) and value else []


def _lines(parts: Iterable[list[Piece]]) -> list[Piece]:
    """Parts below one another; a part that ends its line itself gets no second end."""
    lines: list[Piece] = []
    for part in parts:
        if part and lines and not (isinstance(lines[-1], str) and lines[-1].endswith("\n")):
            lines.append("\n")
        lines += part
    return lines


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]
