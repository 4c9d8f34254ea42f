"""The block validator: what Slack takes on each surface, unknown keys refused."""

import json
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

from bot.workspace import limits
from bot.workspace.data_blocks import CHART, DATA_TABLE, TABLE
from bot.workspace.elements import among, mrkdwn, plain, text, url
from bot.workspace.rich_text import RICH_TEXT
from bot.workspace.schema import Check, Report, array, boolean, every, one_of, rule, shape, string, typed
from bot.workspace.shapes import Json, SlackError

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI = ("multi_static_select", "multi_external_select", "multi_users_select")
_PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def _block(kind: str, required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return shape({"type": one_of(kind), **required}, {"block_id": string(limits.ID), **(optional or {})})


_ACCESSORY = among("button", "image", "overflow", *_SELECTS, *_MULTI, *_PICKERS)
_SECTION = every(
    _block(
        "section",
        {},
        {
            "text": text(limits.SECTION_TEXT),
            "fields": array(text(limits.SECTION_FIELD_TEXT), limits.SECTION_FIELDS),
            "accessory": _ACCESSORY,
            "expand": boolean,
        },
    ),
    rule(lambda b: bool(b.get("text") or b.get("fields")), "missing required field: text or fields"),
)
_IMAGE = every(
    _block(
        "image",
        {"alt_text": string(limits.IMAGE_ALT)},
        {
            "image_url": url(limits.IMAGE_URL),
            "title": plain(limits.IMAGE_TITLE),
            "slack_file": shape({}, {"id": string(limits.ID), "url": url(limits.IMAGE_URL)}),
        },
    ),
    rule(lambda b: ("image_url" in b) != ("slack_file" in b), "needs image_url or slack_file"),
)
_CONTEXT_ITEM = typed(
    {
        "plain_text": plain(limits.TEXT),
        "mrkdwn": mrkdwn(limits.TEXT),
        "image": lambda v, at, r: among("image")(v, at, r),
    }
)

EVERYWHERE: dict[str, Check] = {
    "section": _SECTION,
    "rich_text": RICH_TEXT,
    "divider": _block("divider", {}),
    "image": _IMAGE,
    "header": _block("header", {"text": plain(limits.HEADER_TEXT)}),
    "context": _block("context", {"elements": array(_CONTEXT_ITEM, limits.CONTEXT_ELEMENTS)}),
    "actions": _block(
        "actions",
        {
            "elements": array(
                among("button", "overflow", "datetimepicker", *_SELECTS, *_PICKERS), limits.ACTIONS_ELEMENTS
            )
        },
    ),
    "input": _block(
        "input",
        {
            "label": plain(limits.INPUT_LABEL),
            "element": among("datetimepicker", *_SELECTS, *_MULTI, *_PICKERS, *_TYPED),
        },
        {"hint": plain(limits.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
    ),
}
IN_MESSAGES: dict[str, Check] = {
    **EVERYWHERE,
    "context_actions": _block(
        "context_actions",
        {"elements": array(among("feedback_buttons", "icon_button"), limits.CONTEXT_ACTIONS_ELEMENTS)},
    ),
    "markdown": _block("markdown", {"text": string(limits.MARKDOWN_TEXT)}),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
}
_SURFACES = {
    "message": array(typed(IN_MESSAGES), limits.MESSAGE_BLOCKS, 0),
    "modal": array(typed(EVERYWHERE), limits.VIEW_BLOCKS, 0),
    "home": array(typed(EVERYWHERE), limits.VIEW_BLOCKS, 0),
}


def check(blocks: object, surface: str = "message", at: str = "") -> Report:
    """Judge blocks for a surface (message, modal or home); the report is empty if Slack would take them."""
    report = Report()
    _SURFACES[surface](blocks, at, report)
    if isinstance(blocks, list):
        known = [block for block in blocks if isinstance(block, dict)]
        _whole(known, at, report)
    return report


def _whole(blocks: list[Json], at: str, report: Report) -> None:
    """Rules across blocks: unique ids, one table, two charts, markdown in all."""
    ids = Counter(str(block["block_id"]) for block in blocks if block.get("block_id"))
    for name in (one for one, times in ids.items() if times > 1):
        report.add(at, "duplicate_block_id", f"`block_id` {name} already exists")
    kinds = Counter(block.get("type") if isinstance(block.get("type"), str) else "" for block in blocks)
    if kinds["table"] > limits.TABLES_PER_MESSAGE:
        report.add(at, "failed_constraint", "only one table allowed per message")
    if kinds["data_visualization"] > limits.CHARTS_PER_MESSAGE:
        report.add(at, "failed_constraint", "no more than two charts allowed per message")
    if sum(len(str(one.get("text"))) for one in blocks if one.get("type") == "markdown") > limits.MARKDOWN_TEXT:
        report.add(at, "failed_constraint", "markdown blocks are too long together")
    for index, block in enumerate(blocks):
        actions = Counter(str(one["action_id"]) for one in elements(block) if one.get("action_id"))
        for name in (one for one, times in actions.items() if times > 1):
            report.add(f"{at}/{index}", "duplicate_action_id", f"`action_id` {name} already exists")
    if sum(bool(one.get("focus_on_load")) for block in blocks for one in elements(block)) > 1:
        report.add(at, "failed_constraint", "only one element may have focus_on_load")


def elements(block: Json) -> Iterator[Json]:
    """Give the elements of one block that a person can act on."""
    held = block.get("elements") if block.get("type") in ("actions", "context_actions") else []
    for one in [*(held if isinstance(held, list) else []), block.get("accessory"), block.get("element")]:
        if isinstance(one, dict) and one.get("type") != "image":
            yield one


def parsed(value: object) -> list[Json]:
    """Give blocks from an argument that is a list or JSON text; invalid_blocks_format otherwise."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise SlackError("invalid_blocks_format") from None
    if not isinstance(value, list):
        raise SlackError("invalid_blocks_format")
    return value


def accepted(value: object) -> list[Json]:
    """Give message blocks that Slack would take, with ids filled in; invalid_blocks otherwise."""
    blocks = parsed(value)
    report = check(blocks)
    if report.problems:
        lines = report.lines("/blocks")
        raise SlackError(
            "invalid_blocks", errors=[one["message"] for one in report.problems], response_metadata={"messages": lines}
        )
    return with_ids(blocks)


def with_ids(blocks: list[Json]) -> list[Json]:
    """Give a deep copy in which every block and every acting element has an id, as Slack fills them in."""
    copy: list[Json] = json.loads(json.dumps(blocks))
    for index, block in enumerate(copy):
        block.setdefault("block_id", f"b{index:02d}{crc32(json.dumps(block, sort_keys=True).encode()):08x}")
        for place, element in enumerate(elements(block)):
            element.setdefault("action_id", f"a{index:02d}{place:02d}")
    return copy
