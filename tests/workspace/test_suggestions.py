"""External selects: the app is asked for options, held to Slack's rules, and only what was shown can be chosen."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError
from tests.workspace.conftest import Listener, field_of, impatient, modal

EXTERNAL = {"type": "external_select", "action_id": "who", "min_query_length": 1}


def option(value: str, text: str = "") -> dict:
    return {"text": {"type": "plain_text", "text": text or value}, "value": value}


async def opened(client: AsyncWebClient, people: Control, *elements: dict) -> str:
    """Open a form with one field an element; gives its view_id."""
    await people.command("sam", "#general", "/praise")
    trigger = (await people.traffic())[-1]["payload"]["trigger_id"]
    blocks = [field_of(one, f"b{number}") for number, one in enumerate(elements)]
    return str((await client.views_open(trigger_id=trigger, view=modal(*blocks)))["view"]["id"])


async def test_what_was_suggested_can_be_chosen(client: AsyncWebClient, people: Control, listener: Listener) -> None:
    view = await opened(client, people, EXTERNAL, EXTERNAL | {"type": "multi_external_select", "action_id": "many"})
    listener.answer = {"options": [option("p1", "Mei"), option("p2", "Ming")]}
    shown = await people.suggest("sam", view, "who", "m")
    assert [one["value"] for one in shown] == ["p1", "p2"]
    payload = (await people.traffic())[-1]["payload"]
    assert (payload["type"], payload["value"], payload["block_id"]) == ("block_suggestion", "m", "b0")
    listener.answer = {"option_groups": [{"label": option("x")["text"], "options": [option("p3")]}]}
    shown = await people.suggest("sam", view, "many", "z")
    assert shown == [option("p3") | {"group": option("x")["text"]}]
    listener.answer = ""
    assert (await people.submit("sam", view, {"who": "p2", "many": ["p3"]}))["response"] == "none"
    values = (await people.traffic())[-1]["payload"]["view"]["state"]["values"]
    assert values["b0"]["who"] == {"type": "external_select", "selected_option": option("p2", "Ming")}
    assert values["b1"]["many"] == {"type": "multi_external_select", "selected_options": [option("p3")]}


async def test_what_was_chosen_stays_offered_while_something_else_is_suggested(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    view = await opened(client, people, EXTERNAL | {"type": "multi_external_select", "action_id": "many"})
    for name in ("p1", "p2"):
        listener.answer = {"options": [option(name)]}
        await people.suggest("sam", view, "many", name)
        await people.fill("sam", view, {"many": ["p1", "p2"][: int(name[1])]})
    listener.answer = {"options": []}
    await people.suggest("sam", view, "many", "z")
    listener.answer = ""
    assert (await people.submit("sam", view, {"many": ["p1", "p2"]}))["response"] == "none"


async def test_what_was_not_suggested_cannot_be_chosen(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    view = await opened(client, people, EXTERNAL | {"initial_option": option("p0")})
    with pytest.raises(ControlError, match="does not offer"):
        await people.submit("sam", view, {"who": "p1"})
    listener.answer = {"options": []}
    assert await people.suggest("sam", view, "who", "m") == []
    listener.answer = ""
    assert (await people.submit("sam", view, {"who": "p0"}))["response"] == "none"


BAD: list[Any] = [
    {"options": [option(str(number)) for number in range(101)]},
    {"options": [option("x" * 151)]},
    {"options": [option("x", "x" * 76)]},
    {"options": [{"text": {"type": "mrkdwn", "text": "x"}, "value": "x"}]},
    {"options": [], "option_groups": []},
    {"choices": []},
    "",
]


@pytest.mark.parametrize("answer", BAD)
async def test_options_that_slack_would_not_show_are_a_loud_error(
    client: AsyncWebClient, people: Control, listener: Listener, answer: Any
) -> None:
    view = await opened(client, people, EXTERNAL)
    listener.answer = answer
    with pytest.raises(ControlError, match="would not show"):
        await people.suggest("sam", view, "who", "m")
    assert [one["kind"] for one in await people.errors()] == ["bad_answer"]


async def test_slack_asks_only_when_enough_is_typed(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    view = await opened(client, people, {"type": "external_select", "action_id": "who"}, {"type": "plain_text_input"})
    heard = len(listener.heard)
    for action_id, value in (("who", "me"), ("x", "mei"), ("unheard", "mei")):
        with pytest.raises(ControlError):
            await people.suggest("sam", view, action_id, value)
    with pytest.raises(ControlError):
        await people.suggest("mei", view, "who", "mei")
    assert len(listener.heard) == heard


@impatient
async def test_no_answer_is_no_options(client: AsyncWebClient, people: Control, listener: Listener) -> None:
    view = await opened(client, people, EXTERNAL)
    listener.wait = 3.0
    with pytest.raises(ControlError, match="http_timeout"):
        await people.suggest("sam", view, "who", "m")


async def test_a_menu_in_a_message_is_chosen_by_its_value(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    menus = [
        {"type": "overflow", "action_id": "more", "options": [option(f"{name}-edit"), option(f"{name}-drop")]}
        for name in ("one", "two")
    ]
    blocks = [{"type": "actions", "elements": [menu]} for menu in menus]
    posted = await client.chat_postMessage(channel="C0PRAISE01", text="x", blocks=blocks)
    await people.click("sam", "#praise", posted["ts"], "more", "two-drop")
    (action,) = (await people.traffic())[-1]["payload"]["actions"]
    assert (action["type"], action["selected_option"]) == ("overflow", option("two-drop"))
