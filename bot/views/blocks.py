"""The blocks of messages, made so that nothing a person typed can ping, link, format or break the layout.

What is made is not changed any more: the parts that every message has are made once, and stand in many.
"""

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from bot.views import limits, rich, twin
from bot.views.rich import Element, Value
from bot.views.strings import NAME, cut, escape, isolate, one_line, units
from bot.views.tongue import Tongue
from storage.outbox import Message
from storage.people import Member

__all__ = ["Block", "Cell", "Message", "escape", "mention", "message", "say"]

Block = dict[str, Any]
Cell = str | int | tuple[float, str]
"""A text, a number, or a number and how it is shown."""


def mention(member: Member) -> str:
    """`<@U…>` for mrkdwn; the escaped name of somebody without an account."""
    return f"<@{member.slack_id}>" if rich.has_account(member) else escape(isolate(rich.name(member)))


def header(text: str) -> Block:
    """A heading, plain."""
    return {"type": "header", "text": {"type": "plain_text", "text": cut(text, limits.HEADER)}}


def section(mrkdwn: str, *, beside: Block | None = None) -> Block:
    """Our own words in mrkdwn; what is not ours must come escaped. `beside` them may stand a button or a menu."""
    return {"type": "section", "text": _mrkdwn(mrkdwn)} | ({"accessory": beside} if beside else {})


def context(*mrkdwn: str) -> Block:
    """Our own words in small print, up to ten parts."""
    return {"type": "context", "elements": [_mrkdwn(part) for part in mrkdwn if part][: limits.CONTEXT_ELEMENTS]}


@lru_cache(512)
def _mrkdwn(text: str) -> Block:
    """`verbatim`, for without it Slack turns a typed @everyone into a ping."""
    return {"type": "mrkdwn", "text": cut(text, limits.SECTION), "verbatim": True}


def moment(tongue: Tongue, at: datetime, zone: tzinfo) -> str:
    """A moment for mrkdwn, which each reader's Slack shows by its own clock; `zone` is that of the words in its stead.

    So a message that gives a time is the same for everybody of a language, wherever they are.
    """
    local = at.astimezone(zone)
    instead = f"{tongue.weekday(local.date())} {tongue.time(at, str(zone))} ({zone})"
    return f"<!date^{int(at.timestamp())}^{{date_long_pretty}} {{time}}|{escape(instead)}>"


def paragraph(template: str, **values: Value) -> Block:
    """A sentence with people and their words in it."""
    return {"type": "rich_text", "elements": [_section(rich.fill(template, **values))]}


def bullets(lines: Sequence[Sequence[Element]]) -> Block:
    """A list of sentences."""
    items = [_section(line) for line in lines]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}


def quotation(words: str) -> Block:
    """Somebody's words, code point for code point."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": rich.words(words)}]}


def _section(elements: Sequence[Element]) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def button(text: str, action_id: str, value: str, *, label: str = "", style: str = "") -> Block:
    """A button; `label` is what a screen reader says if the text alone says too little."""
    return {**_button(text, action_id, label, style), "value": value}


@lru_cache(512)
def _button(text: str, action_id: str, label: str, style: str) -> Block:
    made: Block = {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": cut(text, limits.BUTTON)},
    }
    if label:
        made["accessibility_label"] = cut(one_line(label), limits.BUTTON_LABEL)
    return made | ({"style": style} if style else {})


def actions(*buttons: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def leaves(action_id: str, *pages: tuple[str, str]) -> list[Block]:
    """Buttons that lead to other pages of a list, each by its text and value: one a row, for they have one id, and
    Slack wants those of a row to differ."""
    return [actions(button(text, action_id, value)) for text, value in pages]


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def data_table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    page_size: int = 10,
    row_header_column_index: int = 0,
) -> Block:
    """A table for messages; Slack wants at least one row below the heads, and a caption for screen readers."""
    kept = rows[: limits.DATA_TABLE_ROWS - 1]
    return {
        "type": "data_table",
        "caption": caption,
        "rows": [[_cell(text) for text in head], *([_cell(cell) for cell in row] for row in kept)],
        "page_size": page_size,
        "row_header_column_index": row_header_column_index,
    }


def _cell(cell: Cell) -> Block:
    if isinstance(cell, str):
        return {"type": "raw_text", "text": isolate(cut(one_line(cell), NAME)) or "–"}
    number, shown = cell if isinstance(cell, tuple) else (cell, str(cell))
    return {"type": "raw_number", "value": number, "text": shown}


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message; a text too long for chat.update is left out, and Slack builds one from the blocks."""
    if units(text) > limits.TEXT:
        return {"blocks": list(blocks)}
    return {"text": text, "blocks": list(blocks)}


def say(tongue: Tongue, *blocks: Block) -> Message:
    """A message of these blocks whose text says all that they say: screen readers read only the text."""
    return message(twin.text_of(tongue, blocks), blocks)


def metadata(**values: str) -> str:
    """What a form carries along unseen."""
    return json.dumps(values, separators=(",", ":"))
