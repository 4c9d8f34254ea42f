"""A message in fewer words: what is sent when Slack refuses the blocks, or finds the text too long."""

from collections.abc import Iterator, Mapping
from typing import Any

TEXT_LIMIT = 3900
"""chat.update refuses a text over 4,000 characters; escaped ones count as they are written."""


def lesser(message: Mapping[str, Any], code: str) -> dict[str, Any] | None:
    """`message` without what Slack refused by `code`, all else kept; None if nothing can be left out.

    Blocks that are refused leave the text, or one made from them. A text too long leaves the blocks, of which Slack
    makes one itself, or its beginning.
    """
    rest = {name: value for name, value in message.items() if name not in ("text", "blocks")}
    text, blocks = message.get("text") or "", message.get("blocks") or []
    if code in ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long") and blocks:
        return {**rest, "text": _short(text or text_of(blocks))}
    if code == "msg_too_long" and text:
        if blocks:
            return {**rest, "blocks": blocks}
        return {**rest, "text": _short(text)} if len(text) > TEXT_LIMIT else None
    return None


def text_of(blocks: list[Any]) -> str:
    """The words of `blocks`, a line each, escaped as mrkdwn wants it; mentions of people stay mentions."""
    return "\n".join(line for line in (" ".join(_words(block)).strip() for block in blocks) if line) or "…"


def escape(text: str) -> str:
    """`text` with Slack's three control characters escaped (and nothing else, as its reference asks)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _short(text: str) -> str:
    if len(text) <= TEXT_LIMIT:
        return text
    cut = text[: TEXT_LIMIT - 1]
    for opening, closing in (("<", ">"), ("&", ";")):  # not through the middle of a mention or an escape
        if cut.rfind(opening) > cut.rfind(closing):
            cut = cut[: cut.rfind(opening)]
    return cut + "…"


def _words(node: Any) -> Iterator[str]:
    """The words in any part of Block Kit, in order."""
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        said = _said(node)
        if said is not None:
            yield said
            return
        for name, value in node.items():
            if name in ("alt_text", "caption", "title") and isinstance(value, str):
                yield escape(value)
            elif isinstance(value, dict | list):
                yield from _words(value)


def _said(node: dict[str, Any]) -> str | None:
    """What one element says; None if it only holds others. A broadcast says nothing: nobody is to be pinged."""
    match node:
        case {"type": "mrkdwn", "text": str(text)}:
            return text
        case {"type": "user", "user_id": str(who)}:
            return f"<@{who}>"
        case {"type": "channel", "channel_id": str(where)}:
            return f"<#{where}>"
        case {"type": "emoji", "name": str(name)}:
            return f":{name}:"
        case {"type": "link", "url": str(url)}:
            return escape(str(node.get("text") or url))
        case {"type": "broadcast"}:
            return ""
        case {"text": str(text)}:
            return escape(text)
        case {"type": "raw_number", "value": value}:
            return escape(str(value))
        case {"label": str(label), "value": int() | float() as value}:  # a point of a chart
            return escape(f"{label}: {value}")
    return None
