"""Input blocks: a label, a field, a hint, and room for what is wrong with it."""

from urllib.parse import quote

from htpy import Node, div, label, p, span

from bot.workspace import limits
from bot.workspace.form import FIELDS
from bot.workspace.page.drawn.elements import drawn
from bot.workspace.page.drawn.spot import Spot, unique, words
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
TOGETHER = ("checkboxes", "radio_buttons", "multi_static_select", "multi_users_select")
"""Several controls, which a label element cannot name; it stands beside them and they point at it."""


def input_block(reader: Reader, view: Json | None, block: Json) -> Node:
    """An input block of a view, with what was typed into it already; without a view as it begins."""
    block = left(view["state"]["values"] if view else {}, block)
    element = block["element"]
    name = f"{view['id']}-{quote(str(block['block_id']), safe='')}" if view else unique("field")
    named = label(".label", id=f"{name}-label", for_=name)
    if element["type"] in TOGETHER:
        named = span(".label", id=f"{name}-label")
    return div(
        ".input",
        data_input="",
        data_block=block["block_id"],
        data_action=element["action_id"],
        data_kind=element["type"],
        data_dispatch=_dispatch(block),
    )[
        named[
            words(reader, block["label"]),
            block.get("optional") and span(".optional")[reader.t("(optional)")],
        ],
        drawn(Spot(reader, block, element, name)),
        block.get("hint") and p(".hint", id=f"{name}-hint")[words(reader, block["hint"])],
        p(".error", _refusals(reader, element), id=f"{name}-error", hidden=True),
    ]


def left(values: Json, block: Json) -> Json:
    """A block whose fields begin with what the person has left in them: `values` by block and action."""
    kept: Json = values.get(str(block.get("block_id")), {})
    if not kept:
        return block
    return {
        **block,
        **{key: _begun(block[key], kept) for key in ("element", "accessory") if key in block},
        **({"elements": [_begun(one, kept) for one in block["elements"]]} if block["type"] == "actions" else {}),
    }


def _begun(element: Json, kept: Json) -> Json:
    entry = kept.get(str(element.get("action_id")))
    if entry is None or entry["type"] != element["type"]:
        return element
    held, begins = FIELDS[element["type"]]
    return {**element, begins: entry[held]}


def _dispatch(block: Json) -> str | None:
    """When the field acts before it is submitted: at Enter, with every character, or at a change."""
    element = block["element"]
    if not block.get("dispatch_action"):
        return None
    if element["type"] not in TYPED:
        return "change"
    when = (element.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
    return " ".join("enter" if one == "on_enter_pressed" else "typing" for one in when)


def _refusals(reader: Reader, element: Json) -> dict[str, str]:
    """What Slack itself says in place of sending the form, by the reason that the workspace gives."""
    n = reader.words.n
    most = element.get("max_length") or limits.INPUT_LENGTH
    said = {
        "data-empty": reader.t("Please fill this in."),
        "data-invalid": reader.t("Please enter a valid value."),
        "data-long": n("One character at most, please.", "{count} characters at most, please.", most),
        "data-short": n(
            "One character at least, please.", "{count} characters at least, please.", element.get("min_length") or 0
        ),
        "data-many": n(
            "Choose one at most, please.",
            "Choose {count} at most, please.",
            element.get("max_selected_items") or 0,
        ),
        "data-low": reader.t("{number} or more, please.", number=str(element.get("min_value", ""))),
        "data-high": reader.t("{number} or less, please.", number=str(element.get("max_value", ""))),
    }
    return said
