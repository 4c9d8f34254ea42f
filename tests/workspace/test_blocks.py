"""The validator against Slack's limits, one step inside and one step outside each."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import blocks, view_rules
from tests.workspace.conftest import button, field_of, modal, section
from tests.workspace.test_web_api import refused


def plain(length: int) -> dict:
    return {"type": "plain_text", "text": "x" * length}


def option(length: int = 1, value: str = "v") -> dict:
    return {"text": plain(length), "value": value}


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


def raw(text: str = "x") -> dict:
    return {"type": "raw_text", "text": text}


def table(rows: list, **more: object) -> dict:
    return {"type": "data_table", "caption": "c", "rows": rows, **more}


def chart(**more: object) -> dict:
    series = [{"name": "s", "data": [{"label": "Mon", "value": 1}]}]
    return {
        "type": "data_visualization",
        "title": "t",
        "chart": {"type": "bar", "series": series, "axis_config": {"categories": ["Mon"]}, **more},
    }


def select(**more: object) -> dict:
    return {"type": "static_select", "action_id": "x", "options": [option()], **more}


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_quote",
            "elements": [
                {"type": "text", "text": "words", "style": {"italic": True}},
                {"type": "user", "user_id": "U1"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "emoji", "name": "star"}]}],
        },
    ],
}

GOOD = [
    section("x" * 3_000),
    section(accessory=button()),
    {"type": "section", "fields": [plain(2_000)] * 10},
    RICH,
    {"type": "header", "text": plain(150)},
    {"type": "divider"},
    actions(*[button(f"b{n}") for n in range(25)]),
    {"type": "context", "elements": [plain(9)] * 10},
    {"type": "markdown", "text": "x" * 12_000},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"},
    actions(button(value="v" * 2_000)),
    table([[raw()] * 20] * 101, page_size=100, row_header_column_index=19),
    table([[raw(), raw()], [raw(), {"type": "raw_number", "value": 1.5, "text": "1½"}], [RICH, raw()]]),
    {"type": "table", "rows": [[raw()]] * 100},
    chart(),
    actions(select(initial_option=option())),
    {**chart(), "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]}},
    actions({"type": "radio_buttons", "options": [option()] * 10, "action_id": "r"}),
    field_of({"type": "plain_text_input", "max_length": 3_000}),
    field_of({"type": "multi_users_select"}),
    {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain(3)}]},
]
BAD = [
    section("x" * 3_001),
    section(""),
    {"type": "section"},
    {"type": "section", "fields": [plain(2_001)]},
    {"type": "section", "fields": [plain(1)] * 11},
    {**section(), "colour": "red"},
    section(accessory={"type": "hat"}),
    {"type": "header", "text": plain(151)},
    {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    actions(),
    actions(*[button(f"b{n}") for n in range(26)]),
    actions(button(), button()),
    actions(button("x" * 256)),
    actions({**button(), "text": plain(76)}),
    actions(button(value="v" * 2_001)),
    actions(button(style="loud")),
    actions(button(url="not a url")),
    actions(button(value=7)),
    {"type": "context", "elements": [plain(9)] * 11},
    {"type": "markdown", "text": "x" * 12_001},
    {"type": "image", "image_url": "https://example.com/a.png"},
    {"type": "text", "text": "x"},
    {"text": "no type"},
    "not an object",
    {"type": "divider", "block_id": "x" * 256},
    table([[raw()]]),
    table([[raw()]] * 102),
    table([[raw()] * 21] * 2),
    table([[raw()], [raw(), raw()]]),
    table([[RICH], [raw()]]),
    table([[raw()]] * 2, page_size=101),
    table([[raw()]] * 2, row_header_column_index=1),
    {**table([[raw()]] * 2), "caption": ""},
    table([[{"type": "raw_number", "value": 1}], [raw()]]),
    table([[raw()], [{"type": "raw_number", "value": "1"}]]),
    table([[raw()], [raw("x" * 3_000)], *[[raw("x" * 3_000)]] * 3]),
    {"type": "table", "rows": [[raw()]] * 101},
    chart(axis_config={"categories": ["Tue"]}),
    chart(type="donut"),
    {**chart(), "chart": {"type": "pie", "segments": [{"label": "a", "value": 0}]}},
    {**chart(), "title": "t" * 51},
    chart(series=[{"name": str(n), "data": [{"label": "Mon", "value": 1}]} for n in range(7)]),
    actions(select(options=[])),
    actions(select(options=[option()] * 101)),
    actions(select(options=[option(76)])),
    actions(select(options=[option(value="v" * 151)])),
    actions(select(initial_option=option(value="other"))),
    actions(select(option_groups=[])),
    actions({"type": "overflow", "options": [option()] * 6}),
    actions({"type": "checkboxes", "options": [option()] * 11}),
    actions({"type": "plain_text_input", "action_id": "x"}),
    actions({"type": "multi_users_select", "action_id": "x"}),
    field_of(button()),
    field_of({"type": "plain_text_input", "max_length": 3_001}),
    field_of({"type": "plain_text_input", "max_length": 3, "initial_value": "xxxx"}),
    field_of({"type": "datepicker", "initial_date": "1/2/2026"}),
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text"}]}]},
    {"type": "rich_text", "elements": [{"type": "text", "text": "bare"}]},
    {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}},
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_a_block_within_the_limits_is_taken(block: dict) -> None:
    assert blocks.check([block]).problems == []


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_block_outside_them_is_refused(number: int) -> None:
    assert blocks.check([BAD[number]]).problems


@pytest.mark.parametrize(
    "many",
    [
        [section()] * 51,
        [section(block_id="a"), section(block_id="a")],
        [{"type": "table", "rows": [[raw()]]}] * 2,
        [chart()] * 3,
        [{"type": "markdown", "text": "x" * 7_000}] * 2,
        "not a list",
    ],
)
def test_a_message_is_judged_as_a_whole(many: list) -> None:
    assert blocks.check(many).problems


@pytest.mark.parametrize(
    "block", [table([[raw()]] * 2), chart(), {"type": "table", "rows": [[raw()]]}, {"type": "markdown", "text": "x"}]
)
def test_tables_charts_and_markdown_belong_in_messages_only(block: dict) -> None:
    assert blocks.check([block], "message").problems == []
    assert blocks.check([block], "modal").problems
    assert blocks.check([block], "home").problems


INPUT = field_of({"type": "plain_text_input"})


@pytest.mark.parametrize(
    "view",
    [
        {**modal(INPUT), "submit": None},
        {**modal(INPUT), "title": plain(25)},
        {**modal(INPUT), "close": plain(25)},
        modal(INPUT, private_metadata="x" * 3_001),
        modal(INPUT, colour="red"),
        modal(*[section()] * 101),
        {"type": "home", "title": plain(3), "blocks": []},
        {"type": "page", "blocks": []},
        {**modal(), "blocks": None},
        modal(
            field_of({"type": "plain_text_input", "focus_on_load": True}, "a"),
            field_of({"type": "plain_text_input", "focus_on_load": True}, "b"),
        ),
        "not a view",
    ],
)
def test_a_bad_view_is_refused(view: object) -> None:
    assert view_rules.check(view).problems


def test_a_good_view_is_taken() -> None:
    assert view_rules.check(modal(INPUT, private_metadata="", notify_on_close=True)).problems == []
    assert view_rules.check({"type": "home", "blocks": [section()]}).problems == []


async def test_blocks_validate_points_at_the_problem(client: AsyncWebClient) -> None:
    assert (await client.blocks_validate(blocks=[section()]))["ok"]
    body = await refused(client.blocks_validate(blocks=[{"text": "x"}]))
    assert body == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            {"code": "missing_field", "message": "missing required field: type", "field": "type", "pointer": "/0"}
        ],
    }
    assert (await refused(client.blocks_validate(view={"type": "modal"})))["error"] == "invalid_view"
    wrong = client.blocks_validate(message={"text": "x", "blocks": [{"type": "hat"}]})
    assert (await refused(wrong))["errors"][0]["pointer"] == "/blocks/0"


async def test_invalid_blocks_say_where(client: AsyncWebClient) -> None:
    body = await refused(client.chat_postMessage(channel="C0PRAISE01", text="x", blocks=[section("x" * 3_001)]))
    assert body["error"] == "invalid_blocks"
    assert body["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
