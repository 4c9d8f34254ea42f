"""Forms: modals and their fields. A field's block id is also its action id."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.views import limits
from bot.views.blocks import Block
from bot.views.strings import cut, head
from bot.views.tongue import Tongue

View = dict[str, Any]
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: Slack would refuse the whole form."""


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str = "",
    callback_id: str = "",
    private_metadata: str = "",
) -> View:
    """A modal; one with fields must have `submit`."""
    view: View = {
        "type": "modal",
        "title": plain(cut(title, limits.MODAL_TITLE)),
        "close": plain(cut(close, limits.MODAL_BUTTON)),
        "blocks": list(blocks)[: limits.MODAL_BLOCKS],
    }
    if submit:
        view["submit"] = plain(cut(submit, limits.MODAL_BUTTON))
    if callback_id:
        view |= {"callback_id": callback_id, "private_metadata": private_metadata}
    return view


def told(tongue: Tongue, blocks: Sequence[Block]) -> View:
    """A modal that only says something: what a form becomes when it was sent."""
    return modal("Golden Ear", blocks, close=tongue.t("Close"))


def plain(text: str) -> Block:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def text(
    name: str, label: str, *, most: int, initial: str = "", long: bool = False, optional: bool = False, hint: str = ""
) -> Block:
    """A field for text of at most `most` characters; a longer beginning is cut."""
    element: Block = {"type": "plain_text_input", "multiline": long, "max_length": min(most, limits.INPUT)}
    if begun := _NO_TEXT.sub("", head(initial, min(most, limits.INPUT))):
        element["initial_value"] = begun
    return _field(name, label, element, optional=optional, hint=hint)


def people(
    name: str, label: str, *, most: int, initial: Sequence[str] = (), optional: bool = False, hint: str = ""
) -> Block:
    """A field for up to `most` people; `initial` are Slack ids."""
    element: Block = {"type": "multi_users_select", "max_selected_items": most}
    if initial:
        element["initial_users"] = list(dict.fromkeys(initial))[:most]
    return _field(name, label, element, optional=optional, hint=hint)


def person(name: str, label: str, *, optional: bool = False) -> Block:
    """A field for one person."""
    return _field(name, label, {"type": "users_select"}, optional=optional)


def asked(name: str, label: str, *, most: int, initial: Sequence[tuple[str, str]] = (), hint: str = "") -> Block:
    """An optional field for up to `most` options that the bot offers when somebody types (`app.options`); the `initial`
    ones are pairs of value and label."""
    element: Block = {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": most}
    chosen = [{"text": plain(cut(shown, limits.OPTION_TEXT)), "value": value} for value, shown in initial]
    element |= {"initial_options": chosen} if chosen else {}
    return _field(name, label, element, optional=True, hint=hint)


def choice(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    initial: str = "",
    optional: bool = False,
    hint: str = "",
) -> Block:
    """A field for one of the options, which are pairs of value and label."""
    offered = [{"text": plain(cut(shown, limits.OPTION_TEXT)), "value": value} for value, shown in options]
    element: Block = {"type": "static_select", "options": offered[: limits.OPTIONS]}
    if chosen := [option for option in offered if option["value"] == initial]:
        element["initial_option"] = chosen[0]
    return _field(name, label, element, optional=optional, hint=hint)


def menu(action_id: str, label: str, options: Sequence[tuple[str, str]], *, initial: str = "") -> Block:
    """A choice that acts at once, for a row of buttons; options are pairs of value and label."""
    offered = [{"text": plain(cut(shown, limits.OPTION_TEXT)), "value": value} for value, shown in options]
    element: Block = {"type": "static_select", "action_id": action_id, "placeholder": plain(label)}
    element["options"] = offered[: limits.OPTIONS]
    chosen = [option for option in element["options"] if option["value"] == initial]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """Three dots with a few deeds behind them, which are pairs of value and label."""
    offered = [{"text": plain(cut(shown, limits.OPTION_TEXT)), "value": value} for value, shown in options]
    return {"type": "overflow", "action_id": action_id, "options": offered}


def day(name: str, label: str, *, initial: date | None = None, hint: str = "") -> Block:
    """A field for a date, which may be left empty unless there is an `initial` one."""
    element: Block = {"type": "datepicker"} | ({"initial_date": initial.isoformat()} if initial else {})
    return _field(name, label, element, optional=initial is None, hint=hint)


def hour(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "") -> Block:
    """A field for a time of the day; `initial` is HH:MM."""
    element: Block = {"type": "timepicker"} | ({"initial_time": initial} if initial else {})
    return _field(name, label, element, optional=optional, hint=hint)


def channel(name: str, label: str, *, initial: str = "", hint: str = "") -> Block:
    """A field for a channel; `initial` is its id."""
    return _field(name, label, channels(initial), hint=hint)


def channels(initial: str = "") -> Block:
    """A choice of a channel, for a field or a row of buttons."""
    filter_: Block = {"include": ["public", "private"], "exclude_bot_users": True}
    return {"type": "conversations_select", "filter": filter_} | ({"initial_conversation": initial} if initial else {})


def boxes(
    name: str, label: str, options: Sequence[tuple[str, str]], *, initial: Sequence[str], hint: str = ""
) -> Block:
    """A field for some of up to ten options, which are pairs of value and label."""
    offered = [{"text": plain(cut(shown, limits.OPTION_TEXT)), "value": value} for value, shown in options]
    element: Block = {"type": "checkboxes", "options": offered}
    chosen = [option for option in offered if option["value"] in initial]
    return _field(name, label, element | ({"initial_options": chosen} if chosen else {}), hint=hint)


def searched(
    name: str,
    label: str,
    action_id: str,
    *,
    initial: str = "",
    shown: str = "",
    hint: str = "",
    least: int = 2,
    optional: bool = False,
) -> Block:
    """A field for one of very many options, which the bot offers when somebody types, from `least` letters on
    (`app.options` of the id); `shown` is what the initial one is called, if not by its value."""
    element: Block = {"type": "external_select", "min_query_length": least}
    if initial:
        element["initial_option"] = {"text": plain(cut(shown or initial, limits.OPTION_TEXT)), "value": initial}
    made = _field(name, label, element, optional=optional, hint=hint)
    return made | {"element": {**made["element"], "action_id": action_id}}


def url(name: str, label: str, *, initial: str = "", hint: str = "") -> Block:
    """An optional field for a web address."""
    element: Block = {"type": "url_text_input"} | ({"initial_value": initial} if initial else {})
    return _field(name, label, element, optional=True, hint=hint)


def _field(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return made | ({"hint": plain(hint)} if hint else {})
