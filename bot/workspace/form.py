"""The fields of a view or message: how each begins, how a person fills it, what Slack's client refuses."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from bot.workspace import limits
from bot.workspace.blocks import elements
from bot.workspace.elements import offered
from bot.workspace.shapes import Impossible, Json

# element type -> key of its value in state.values, key of its initial value in the block
FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "external_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
MANY = ("multi_static_select", "multi_external_select", "checkboxes", "multi_users_select")
PATTERNS = {
    "url_text_input": r"https?://\S+",
    "email_text_input": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "number_input": r"-?\d+",
    "datepicker": r"\d{4}-\d\d-\d\d",
    "timepicker": r"\d\d:\d\d",
}
NO_STATE = ("button", "overflow", "feedback_buttons", "icon_button")
Naming = Callable[[str], str]


class Refusal(NamedTuple):
    """Why Slack's client keeps a form back (empty, long, short, many, low, high or invalid), and its words for that."""

    reason: str
    words: str


def fields(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Give (block, element) for everything in which a person can leave a value."""
    for block in blocks:
        for element in elements(block):
            if element["type"] not in NO_STATE:
                yield block, element


def initial_state(blocks: list[Json]) -> Json:
    """Give state.values as they are before anybody touches the view."""
    values: Json = {}
    for block, element in fields(blocks):
        key, begin = FIELDS[element["type"]]
        start = element.get(begin, [] if element["type"] in MANY else None)
        values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], key: start}
    return values


def carried(fresh: Json, old: Json) -> Json:
    """Give fresh state.values with what was left in those of the old fields that are still there."""
    for block, held in fresh.items():
        for action, value in held.items():
            left = old.get(block, {}).get(action)
            if left and left["type"] == value["type"]:
                held[action] = left
    return fresh


def called(blocks: list[Json], block_id: str, action_id: str | None) -> tuple[Json, Json]:
    """Give the one (block, element) that is called so, by block_id or action_id; Impossible if it is not one."""
    fits = [
        (block, element)
        for block, element in fields(blocks)
        if (block["block_id"] == block_id and action_id in (None, element["action_id"]))
        or (action_id is None and element["action_id"] == block_id)
    ]
    if len(fits) != 1:
        there = [f"{block['block_id']}/{element['action_id']}" for block, element in fields(blocks)]
        raise Impossible(f"{len(fits)} fields are called {block_id!r}; there are {there}", "" if fits else "gone")
    return fits[0]


def offering(element: Json, left: Json, offers: list[object]) -> Json:
    """Give an element as a person sees it: an external select with what it begins with, what was chosen, and offers."""
    if "external_select" not in element["type"]:
        return element
    begun = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    chosen = [*(left.get("selected_options") or []), left.get("selected_option")]
    return {**element, "options": [*begun, *(one for one in chosen if one is not None), *offers]}


def filled(element: Json, value: object, *, person: Naming, channel: Naming) -> Json:
    """Give the state entry for a value as a story writes it.

    Texts, dates and times are strings, options their `value` (a list for several), people and channels handles or ids.
    """
    kind = element["type"]
    key, _ = FIELDS[kind]
    if value is None or value == "" or value == []:
        return {"type": kind, key: [] if kind in MANY else None}
    if kind in MANY and not isinstance(value, list | tuple):
        value = [value]
    if key in ("selected_option", "selected_options"):
        chosen: object = [_option(element, one) for one in value] if kind in MANY else _option(element, value)  # type: ignore[attr-defined]
    elif key in ("selected_user", "selected_users"):
        chosen = [person(str(one)) for one in value] if kind in MANY else person(str(value))  # type: ignore[attr-defined]
    elif key in ("selected_channel", "selected_conversation"):
        chosen = channel(str(value))
    elif key == "selected_date_time":
        chosen = int(str(value))
    else:
        chosen = str(value)
    return {"type": kind, key: chosen}


def _option(element: Json, value: object) -> object:
    for one in offered(element):
        if isinstance(one, dict) and value in (one, one["value"], one["text"]["text"]):
            return one
    raise Impossible(f"{element['action_id']} does not offer {value!r}", "gone")


def refusals(blocks: list[Json], values: Json) -> dict[str, Refusal]:
    """Give what Slack's client itself refuses on submit, by block_id; empty if it would send the form."""
    found: dict[str, Refusal] = {}
    for block, element in fields(blocks):
        entry = values[block["block_id"]][element["action_id"]]
        refusal = _refusal(block, element, entry[FIELDS[element["type"]][0]])
        if refusal and block["type"] == "input":
            found[block["block_id"]] = refusal
    return found


def _refusal(block: Json, element: Json, value: object) -> Refusal | None:
    if value in (None, "", []):
        return None if block.get("optional") else Refusal("empty", "Please complete this required field.")
    if isinstance(value, str):
        return _text_refusal(element, value)
    if isinstance(value, list) and len(value) > element.get("max_selected_items", 1_000):
        return Refusal("many", f"Please select no more than {element['max_selected_items']}.")
    return None


def _text_refusal(element: Json, value: str) -> Refusal | None:
    kind = element["type"]
    if kind == "plain_text_input":
        most = element.get("max_length") or limits.INPUT_LENGTH
        least = element.get("min_length") or 0
        if len(value) > most:
            return Refusal("long", f"Please enter no more than {most} characters.")
        if len(value) < least:
            return Refusal("short", f"Please enter at least {least} characters.")
    pattern = PATTERNS.get(kind)
    if kind == "number_input" and element.get("is_decimal_allowed"):
        pattern = r"-?\d+(\.\d+)?"
    if pattern and not re.fullmatch(pattern, value):
        return Refusal("invalid", "Please enter a valid value.")
    return _number_refusal(element, Decimal(value)) if kind == "number_input" else None


def _number_refusal(element: Json, value: Decimal) -> Refusal | None:
    if "min_value" in element and value < Decimal(element["min_value"]):
        return Refusal("low", f"Please enter a number of at least {element['min_value']}.")
    if "max_value" in element and value > Decimal(element["max_value"]):
        return Refusal("high", f"Please enter a number of at most {element['max_value']}.")
    return None
