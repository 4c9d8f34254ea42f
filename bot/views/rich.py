"""Sentences in which people are mentioned and their own words stand: elements of Slack's rich text.

Slack reads nothing into rich text: no mention, no link, no bold that somebody typed. So a person's own text goes
out only here, in plain text objects, or escaped.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from string import Formatter
from typing import Any

from bot.views.strings import NAME, cut, isolate, one_line
from bot.views.tongue import Tongue
from storage.people import Member

Element = dict[str, Any]
Value = str | Sequence[Element]
_SLACK_ID = re.compile(r"[UW][A-Z0-9]+")


def words(text: str) -> list[Element]:
    """A text element, or nothing for an empty text, which Slack refuses."""
    return [{"type": "text", "text": text}] if text else []


def code(text: str) -> list[Element]:
    """What somebody is to type."""
    return [{"type": "text", "text": text, "style": {"code": True}}]


def bold(text: str) -> list[Element]:
    """A text that stands out; a person's own is isolated."""
    return [{"type": "text", "text": isolate(text), "style": {"bold": True}}] if text else []


def link(url: str, text: str) -> list[Element]:
    """A link that says where it goes."""
    return [{"type": "link", "url": url, "text": text}]


def channel(channel_id: str) -> list[Element]:
    """The name of a channel, as Slack shows it to those who may know."""
    return [{"type": "channel", "channel_id": channel_id}]


def group(group_id: str) -> list[Element]:
    """The name of a user group, as Slack shows it; only in views, for in a message it would call its members."""
    return [{"type": "usergroup", "usergroup_id": group_id}]


def has_account(member: Member) -> bool:
    """Whether Slack knows this person; a night cleaner may stand on the list by name alone."""
    return _SLACK_ID.fullmatch(member.slack_id) is not None


def name(member: Member) -> str:
    """A person's name as plain text on one line."""
    return cut(one_line(member.name), NAME) or member.slack_id or "?"


def person(member: Member) -> list[Element]:
    """A mention, or the plain name of somebody without an account."""
    if has_account(member):
        return [{"type": "user", "user_id": member.slack_id}]
    return words(isolate(name(member)))


def somebody(tongue: Tongue, member: Member) -> list[Element]:
    """As `person`; of somebody who was erased nobody is told who it was."""
    return words(tongue.t("a former colleague")) if member.is_erased else person(member)


def people(tongue: Tongue, members: Sequence[Member], most: int = 0) -> list[Element]:
    """`Ann, Bo and Chen`; of more than `most` (0: any number) the first ones and how many others."""
    named = members if not most or len(members) <= most + 1 else members[:most]
    parts: list[Value] = [somebody(tongue, member) for member in named]
    if others := len(members) - len(named):
        parts.append(tongue.n("{count} other", "{count} others", others))
    return together(tongue, parts)


def together(tongue: Tongue, parts: Sequence[Value]) -> list[Element]:
    """Things one after the other, as a list is spoken: `Ann, Bo and Chen`."""
    return _filled(tongue.list_template(len(parts)), {str(place): part for place, part in enumerate(parts)})


def fill(template: str, **values: Value) -> list[Element]:
    """A sentence with its placeholders filled; a string is text that may be a person's own."""
    return _filled(template, values)


def _filled(template: str, values: dict[str, Value]) -> list[Element]:
    elements: list[Element] = []
    for before, field in _parts(template):
        _append(elements, before)
        if field is not None:
            value = values[field]
            _append(elements, words(isolate(one_line(value))) if isinstance(value, str) else value)
    return elements


@lru_cache(1024)
def _parts(template: str) -> tuple[tuple[Sequence[Element], str | None], ...]:
    """What stands before each placeholder of a sentence, and its name; the sentences are few and often said."""
    return tuple((words(literal), field) for literal, field, _, _ in Formatter().parse(template))


def _append(elements: list[Element], more: Sequence[Element]) -> None:
    """Add elements; neighbouring text of one style becomes one element."""
    for element in more:
        last = elements[-1] if elements and element["type"] == "text" else {}
        if last.get("type") == "text" and last.get("style") == element.get("style"):
            elements[-1] = {**last, "text": last["text"] + element["text"]}
        else:
            elements.append(element)
