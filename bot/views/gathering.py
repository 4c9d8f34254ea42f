"""The message in which praise, thanks and decisions come together that came after the first five of a day."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.views import limits, phrases, praise, twin
from bot.views.blocks import Block, actions, say, section
from bot.views.strings import units
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member

_MARKUP = re.compile(r"[*_~`<>&]|:[\w+-]+:")


def message(person: Member, parts: Sequence[Message]) -> Message:
    """Each of these messages, none cut, with its own buttons. What all of them say stands once, at the end."""
    tongue = speak(person.language)
    return say(tongue, *_blocks(tongue, person, parts))


def fits(person: Member, parts: Sequence[Message]) -> bool:
    """Whether Slack takes them as one message."""
    tongue = speak(person.language)
    blocks = _blocks(tongue, person, parts)
    words = units(twin.text_of(tongue, blocks))
    return len(blocks) <= limits.MESSAGE_BLOCKS and words <= limits.MESSAGE_WORDS


def _blocks(tongue: Tongue, person: Member, parts: Sequence[Message]) -> list[Block]:
    thanks, shared = phrases.thanks_not_pay(tongue), False
    own: list[Block] = []
    for part in parts:
        blocks = [block for block in part.get("blocks", ()) if block != thanks]
        kept = [block for block in map(_without_wish, blocks) if block]
        shared = shared or kept != blocks
        own += _together(kept)
    said = tongue.n(
        "{count} more came for you after the first five of the day, so it waited:",
        "{count} more came for you after the first five of the day, so they waited and come together:",
        len(parts),
    )
    wish = [actions(praise.private_button(person))] if shared else []
    counted = any(thanks in part.get("blocks", ()) for part in parts)
    return [section(said), *own, *wish, *([thanks] if counted else [])]


def _without_wish(block: Block) -> Block | None:
    """The block without the button that is about all praise of a person; None if nothing is left."""
    if block["type"] != "actions":
        return block
    kept = [one for one in block["elements"] if one["action_id"] != praise.PRIVATE]
    return {**block, "elements": kept} if kept else None


def _together(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with neighbouring words in one block: a message has room for few blocks, and for many words."""
    words: list[Block] = []
    for block in blocks:
        if (found := _words(block)) is None:
            yield from _joined(words)
            words = []
            yield block
        else:
            words += found
    yield from _joined(words)


def _words(block: Block) -> list[Block] | None:
    """What a block says as parts of rich text; None if it is no plain words."""
    if block["type"] == "rich_text":
        return list(block["elements"])
    text: dict[str, Any] = block.get("text") or {}
    if block["type"] != "section" or set(block) != {"type", "text"} or _MARKUP.search(text["text"]):
        return None
    return [{"type": "rich_text_section", "elements": [{"type": "text", "text": text["text"]}]}]


def _joined(words: Sequence[Block]) -> list[Block]:
    """One block of rich text, in which a sentence that follows another begins a line; none for no words."""
    parts: list[Block] = []
    for word in words:
        if parts and word["type"] == parts[-1]["type"] == "rich_text_section":
            line = {"type": "text", "text": "\n"}
            parts[-1] = {**word, "elements": [*parts[-1]["elements"], line, *word["elements"]]}
        else:
            parts.append(word)
    return [{"type": "rich_text", "elements": parts}] if parts else []
