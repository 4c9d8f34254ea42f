"""Modals and Home: triggers, stacks, hashes, state."""

import asyncio
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, Running
from tests.workspace.conftest import Listener, button, field_of, modal, section
from tests.workspace.test_web_api import refused

FIELDS = field_of({"type": "plain_text_input"})


def trigger(slack: Running, view: str | None = None) -> str:
    return slack.workspace.triggers.new("U0SAM00000", view)


async def opened(slack: Running, client: AsyncWebClient, **more: object) -> dict:
    body = await client.views_open(trigger_id=trigger(slack), view=modal(FIELDS, **more))
    return body["view"]


async def test_a_trigger_opens_one_form_for_three_seconds(slack: Running, client: AsyncWebClient) -> None:
    name = trigger(slack)
    assert (await refused(client.views_open(trigger_id=name, view={"type": "modal"})))["error"] == "invalid_arguments"
    assert (await client.views_open(trigger_id=name, view=modal(FIELDS)))["ok"]
    again = client.views_open(trigger_id=name, view=modal(FIELDS))
    assert (await refused(again))["error"] == "exchanged_trigger_id"
    unknown = client.views_open(trigger_id="1.2.3", view=modal(FIELDS))
    assert (await refused(unknown))["error"] == "invalid_trigger_id"
    slack.workspace.triggers.seconds = 0.0
    late = client.views_open(trigger_id=trigger(slack), view=modal(FIELDS))
    assert (await refused(late))["error"] == "expired_trigger_id"


async def test_a_view_is_updated_only_with_its_newest_hash(slack: Running, client: AsyncWebClient) -> None:
    view = await opened(slack, client, external_id="one")
    changed = await client.views_update(view_id=view["id"], hash=view["hash"], view=modal(FIELDS))
    assert changed["view"]["hash"] != view["hash"]
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(FIELDS))
    assert (await refused(stale))["error"] == "hash_conflict"
    assert (await refused(client.views_update(view_id="V0NONE", view=modal(FIELDS))))["error"] == "not_found"


async def test_an_external_id_is_used_once(slack: Running, client: AsyncWebClient) -> None:
    await opened(slack, client, external_id="one")
    twin = client.views_open(trigger_id=trigger(slack), view=modal(FIELDS, external_id="one"))
    assert (await refused(twin))["error"] == "duplicate_external_id"
    assert (await client.views_update(external_id="one", view=modal(FIELDS)))["ok"]


async def test_three_views_lie_on_one_another_at_most(slack: Running, client: AsyncWebClient) -> None:
    view = await opened(slack, client)
    for _ in range(2):
        pushed = await client.views_push(trigger_id=trigger(slack, view["id"]), view=modal(FIELDS))
        assert pushed["view"]["previous_view_id"] == view["id"]
        view = pushed["view"]
    fourth = client.views_push(trigger_id=trigger(slack, view["id"]), view=modal(FIELDS))
    assert (await refused(fourth))["error"] == "push_limit_reached"


async def test_home_is_published_to_one_person(client: AsyncWebClient, people: Control) -> None:
    home = {"type": "home", "blocks": [section("welcome")]}
    await client.views_publish(user_id="U0SAM00000", view=home)
    seen = await people.home("sam")
    assert seen and seen["blocks"][0]["text"]["text"] == "welcome" and await people.home("mei") is None
    assert (await refused(client.views_publish(user_id="U0SAM00000", view=modal())))["error"] == "invalid_arguments"
    assert (await refused(client.views_publish(user_id="U0NO", view=home)))["error"] == "user_not_found"


async def test_each_element_leaves_its_value_in_slacks_shape(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    options = [{"text": {"type": "plain_text", "text": word.title()}, "value": word} for word in ("in person", "chat")]
    held = [
        field_of({"type": "static_select", "options": options, "initial_option": options[0]}, "source"),
        field_of({"type": "datepicker", "initial_date": "2026-11-22"}, "day"),
        field_of({"type": "url_text_input"}, "link", optional=True),
        field_of({"type": "checkboxes", "options": options}, "boxes", optional=True),
        field_of({"type": "radio_buttons", "options": options}, "radio"),
        field_of({"type": "users_select"}, "lead"),
        field_of({"type": "multi_users_select"}, "who", optional=True),
    ]
    view = (await client.views_open(trigger_id=trigger(slack), view=modal(*held)))["view"]
    refusal = await people.submit("sam", view["id"], {"radio": "chat", "lead": "@mei", "link": "no link"})
    assert set(refusal["errors"]) == {"link"}
    sent = await people.submit("sam", view["id"], {"link": "https://example.com/1", "boxes": ["chat"]})
    assert sent["response"] == "none"
    form = (await people.traffic())[-1]["payload"]
    values = {block: fields["x"] for block, fields in form["view"]["state"]["values"].items()}
    assert values == {
        "source": {"type": "static_select", "selected_option": options[0]},
        "day": {"type": "datepicker", "selected_date": "2026-11-22"},
        "link": {"type": "url_text_input", "value": "https://example.com/1"},
        "boxes": {"type": "checkboxes", "selected_options": [options[1]]},
        "radio": {"type": "radio_buttons", "selected_option": options[1]},
        "lead": {"type": "users_select", "selected_user": "U0MEI00000"},
        "who": {"type": "multi_users_select", "selected_users": []},
    }


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        ({"response_action": "clear"}, "clear"),
        ({"response_action": "update", "view": modal(section("second"), submit=None)}, "update"),
        ({"response_action": "push", "view": modal(section("above"), submit=None)}, "push"),
        ({"response_action": "errors", "errors": {"nowhere": "no"}}, "failed"),
        ({"response_action": "errors", "errors": {}}, "failed"),
        ({"response_action": "dance"}, "failed"),
        ({"response_action": "update", "view": {"type": "modal"}}, "failed"),
        ({"text": "not for a form"}, "failed"),
    ],
)
async def test_a_form_is_answered_in_slacks_words_or_not_at_all(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener, answer: dict, response: str
) -> None:
    view = await opened(slack, client)
    listener.answer = answer
    outcome = await people.submit("sam", view["id"], {"words": "good"})
    assert outcome["response"] == response and outcome["ok"] == (response != "failed")
    assert [one["kind"] for one in await people.errors()] == (["bad_answer"] if response == "failed" else [])
    left = {"clear": 0, "push": 2}.get(response, 1)
    assert len(await people.views("sam")) == left


async def test_closing_is_told_only_if_asked_for(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    await people.close_view("sam", (await opened(slack, client))["id"])
    assert listener.heard == []
    await people.close_view("sam", (await opened(slack, client, notify_on_close=True))["id"])
    assert len(listener.heard) == 1 and (await people.traffic())[-1]["payload"]["type"] == "view_closed"
    with pytest.raises(ControlError, match="no open modal"):
        await people.submit("sam", "V0NONE", {})


async def test_a_click_in_a_form_can_push_another(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    view = (
        await client.views_open(
            trigger_id=trigger(slack), view=modal(FIELDS, {"type": "actions", "elements": [button()]})
        )
    )["view"]
    assert (await people.click_view("sam", view["id"], "go"))["ok"]
    clicked = (await people.traffic())[-1]["payload"]
    assert clicked["container"] == {"type": "view", "view_id": view["id"]} and "response_url" not in clicked
    assert (await client.views_push(trigger_id=clicked["trigger_id"], view=modal(FIELDS)))["ok"]
    with pytest.raises(ControlError, match="has no view"):
        await people.click_view("mei", view["id"], "go")


async def test_home_is_opened_and_pressed_in(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    await people.open_home("sam")
    await people.wait({"event": "app_home_opened"})
    (first,) = _opened(await people.traffic())
    assert (first["user"], first["tab"]) == ("U0SAM00000", "home") and "view" not in first
    published = await client.views_publish(
        user_id="U0SAM00000", view={"type": "home", "blocks": [section(accessory=button())]}
    )
    view = published["view"]
    await people.open_home("sam")
    await people.wait({"event": "app_home_opened", "count": 2})
    assert _opened(await people.traffic())[-1]["view"]["hash"] == view["hash"]
    (home,) = await people.wait({"home": "sam"})
    assert (await people.click_view("sam", home["id"], "go"))["ok"]
    payload = (await people.traffic())[-1]["payload"]
    assert payload["container"] == {"type": "view", "view_id": home["id"]} and "response_url" not in payload
    assert payload["view"]["type"] == "home"
    with pytest.raises(ControlError):
        await people.click_view("mei", home["id"], "go")
    stale = client.views_publish(user_id="U0SAM00000", hash="1.old", view={"type": "home", "blocks": []})
    assert (await refused(stale))["error"] == "hash_conflict"


def _opened(traffic: list[dict]) -> list[dict]:
    told = [one["payload"]["event"] for one in traffic if "event" in (one.get("payload") or {})]
    return [one for one in told if one["type"] == "app_home_opened"]


async def test_the_messages_tab_and_an_app_without_home(slack: Running, people: Control) -> None:
    await people.open_home("sam", "messages")
    slack.workspace.manifest = replace(slack.workspace.manifest, home_tab=False)
    with pytest.raises(ControlError):
        await people.open_home("sam")


async def test_what_stands_in_the_fields_is_told_with_a_click(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    blocks = modal(FIELDS, {"type": "actions", "elements": [button()]})
    view = (await client.views_open(trigger_id=trigger(slack), view=blocks))["view"]
    await people.fill("sam", view["id"], {"words": "half a sent"})
    assert listener.heard == []
    await people.click_view("sam", view["id"], "go")
    (kept,) = (await people.traffic())[-1]["payload"]["view"]["state"]["values"]["words"].values()
    assert kept["value"] == "half a sent"
    for other, named in (("mei", view["id"]), ("sam", "V0NONE")):
        with pytest.raises(ControlError, match="has no view"):
            await people.fill(other, named, {"words": "mine"})


@pytest.mark.parametrize(
    ("element", "value", "reason"),
    [
        ({"type": "plain_text_input"}, "", "empty"),
        ({"type": "plain_text_input", "max_length": 3}, "four", "long"),
        ({"type": "plain_text_input", "min_length": 3}, "2.", "short"),
        ({"type": "number_input", "is_decimal_allowed": False}, "3.5", "invalid"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5"}, "-1.6", "low"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "10"}, "11", "high"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["sam", "mei"], "many"),
    ],
)
async def test_why_a_form_is_kept_back_is_told(
    slack: Running, client: AsyncWebClient, people: Control, element: dict, value: object, reason: str
) -> None:
    body = await client.views_open(trigger_id=trigger(slack), view=modal(field_of(element)))
    sent = await people.submit("sam", body["view"]["id"], {"words": value})
    assert (sent["response"], sent["reasons"]) == ("refused", {"words": reason})
    assert list(sent["errors"]) == ["words"]


async def test_a_number_may_be_the_least_and_the_most(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    element = {"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5", "max_value": "10"}
    for value in ("-1.5", "10", "9.99"):
        body = await client.views_open(trigger_id=trigger(slack), view=modal(field_of(element)))
        assert (await people.submit("sam", body["view"]["id"], {"words": value}))["response"] == "none"
    bad = client.views_open(trigger_id=trigger(slack), view=modal(field_of(element | {"min_value": "few"})))
    assert (await refused(bad))["error"] == "invalid_arguments"


@pytest.mark.parametrize("kind", ["clear", "push", "update", "errors"])
async def test_a_form_that_was_closed_while_it_was_sent_harms_nothing_and_nobody_is_blamed(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener, kind: str
) -> None:
    view = await opened(slack, client)
    more = {"view": modal(FIELDS)} if kind in ("push", "update") else {"errors": {"words": "no"}}
    listener.answer, listener.let = {"response_action": kind, **more}, asyncio.Event()
    sending = asyncio.create_task(people.submit("sam", view["id"], {"words": "hello"}))
    async with asyncio.timeout(20):
        while not listener.heard:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await people.close_view("sam", view["id"])
    listener.let.set()
    outcome = await sending
    assert outcome["response"] == ("clear" if kind == "clear" else "none") and outcome["ok"]
    assert await people.errors() == []
    assert await people.views("sam") == [] and slack.workspace.views.kept["holders"] == {}
