"""Slack's own framework lives in the workspace, over both transports."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.workspace import Control, Running
from tests.workspace.bolt_app import new_app, running
from tests.workspace.conftest import button, field_of, impatient, modal

PRAISE = "C0PRAISE01"


@pytest.fixture(params=["socket", "http"])
async def app(request: pytest.FixtureRequest, slack: Running, people: Control) -> AsyncIterator[AsyncApp]:
    """A connected app; listeners may still be added."""
    app = new_app(slack)
    async with running(app, slack, people, request.param):
        yield app


async def test_a_command_is_answered_to_its_person_alone(app: AsyncApp, people: Control) -> None:
    @app.command("/praise")
    async def praise(ack: Any, command: Any) -> None:
        await ack(f"heard {command['text']} in {command['channel_name']}")

    outcome = await people.command("sam", "#general", "/praise @mei & @reception say <hi> to @nobody in #praise")
    heard = (
        "heard <@U0MEI00000|mei> &amp; <!subteam^S0RECEPTN1|@reception> say &lt;hi&gt; to @nobody"
        " in <#C0PRAISE01|praise> in general"
    )
    assert outcome["ok"] and outcome["body"]["text"] == heard
    assert [one["text"] for one in await people.ephemerals("sam")] == [heard]
    assert await people.ephemerals("mei") == [] and await people.errors() == []


async def test_a_form_is_opened_refused_corrected_and_closed(app: AsyncApp, people: Control) -> None:
    fields = (
        field_of({"type": "multi_users_select", "initial_users": ["U0MEI00000"]}, "who"),
        field_of({"type": "plain_text_input", "max_length": 20}),
    )

    @app.command("/praise")
    async def praise(ack: Any, command: Any, client: Any) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=modal(*fields, private_metadata="kept"))
        await ack()

    @app.view("form")
    async def form(ack: Any, view: Any) -> None:
        values = view["state"]["values"]
        assert values["who"]["x"] == {"type": "multi_users_select", "selected_users": ["U0MEI00000"]}
        if values["words"]["x"]["value"] == "bad":
            await ack(response_action="errors", errors={"words": "no"})
        else:
            assert view["private_metadata"] == "kept"
            await ack()

    assert (await people.command("sam", "#general", "/praise"))["ok"]
    (view,) = await people.wait({"view": "sam", "callback_id": "form"})
    refused = await people.submit("sam", view["id"])
    assert refused["response"] == "refused" and set(refused["errors"]) == {"words"}
    assert (await people.submit("sam", view["id"], {"words": "x" * 21}))["response"] == "refused"
    wrong = await people.submit("sam", view["id"], {("words", "x"): "bad"})
    assert (wrong["response"], wrong["errors"]) == ("errors", {"words": "no"})
    assert (await people.submit("sam", view["id"], {"words": "good"}))["response"] == "none"
    assert await people.views("sam") == [] and await people.errors() == []


async def test_a_button_in_an_ephemeral_replaces_it(app: AsyncApp, people: Control) -> None:
    @app.command("/kudos")
    async def kudos(ack: Any) -> None:
        await ack("thanks?", blocks=[{"type": "actions", "elements": [button(value="1"), button("no", value="2")]}])

    @app.action("go")
    async def go(ack: Any, respond: Any, body: Any, action: Any) -> None:
        await ack()
        assert body["container"]["is_ephemeral"] and action["value"] == "1"
        await respond("done", replace_original=True)

    await people.command("sam", "#general", "/kudos")
    (shown,) = await people.ephemerals("sam")
    assert (await people.click("sam", "#general", shown["ts"], "go"))["ok"]
    (replaced,) = await people.wait({"ephemeral": "sam", "contains": "done"})
    assert replaced["ts"] == shown["ts"] and "blocks" not in replaced


async def test_a_reaction_and_its_end_are_heard(app: AsyncApp, people: Control) -> None:
    heard: list[dict] = []

    @app.event("message")
    async def message(event: Any) -> None:
        heard.append(event)

    @app.event("reaction_added")
    async def added(event: Any) -> None:
        heard.append(event)

    @app.event("reaction_removed")
    async def removed(event: Any) -> None:
        heard.append(event)

    ts = await people.say("mei", "#praise", "nice")
    await people.react("sam", "#praise", ts, ":star:")
    await people.wait({"event": "reaction_added"})
    await people.unreact("sam", "#praise", ts, "star")
    await people.wait({"event": "reaction_removed"})
    assert [one["type"] for one in heard] == ["message", "reaction_added", "reaction_removed"]
    assert heard[1] == {
        "type": "reaction_added",
        "user": "U0SAM00000",
        "reaction": "star",
        "item_user": "U0MEI00000",
        "item": {"type": "message", "channel": PRAISE, "ts": ts},
        "event_ts": heard[1]["event_ts"],
    }
    assert await people.errors() == []


@impatient
async def test_a_command_nobody_answers_is_a_loud_error(app: AsyncApp, people: Control) -> None:
    outcome = await people.command("sam", "#general", "/unheard")
    assert not outcome["ok"] and outcome["error"] in ("timeout", "http_error")
    assert [one["kind"] for one in await people.errors()] == ["no_ack"]


async def test_an_ack_with_bad_blocks_is_a_loud_error(app: AsyncApp, people: Control) -> None:
    @app.command("/praise")
    async def praise(ack: Any) -> None:
        await ack(text="x", blocks=[{"type": "section"}])

    outcome = await people.command("sam", "#general", "/praise")
    assert (outcome["ok"], outcome["error"]) == (False, "invalid_blocks")
    assert [one["kind"] for one in await people.errors()] == ["bad_answer"]
    assert await people.ephemerals("sam") == []
