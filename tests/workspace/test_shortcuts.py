"""Shortcuts on messages and anywhere: who may choose them, what they open, and what an answer may be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, Manifest, Running, serve
from bot.workspace.manifest import Shortcut
from tests.workspace.bolt_app import new_app, running
from tests.workspace.conftest import QUICK, Listener, field_of, impatient, modal


@pytest.fixture(params=["socket", "http"])
async def app(request: pytest.FixtureRequest, slack: Running, people: Control) -> AsyncIterator[AsyncApp]:
    """A connected app; listeners may still be added."""
    app = new_app(slack)
    async with running(app, slack, people, request.param):
        yield app


async def test_a_message_shortcut_opens_a_form_and_may_answer_its_person(
    app: AsyncApp, slack: Running, people: Control
) -> None:
    @app.shortcut({"type": "message_action", "callback_id": "save"})
    async def save(ack: Any, shortcut: Any, client: Any, respond: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(field_of({"type": "plain_text_input"})))
        await respond(f"{shortcut['message']['text']} in {shortcut['channel']['id']}")

    ts = await people.say("mei", "#random", "A kind word")
    assert (await people.message_shortcut("sam", "#random", ts, "save"))["ok"]
    (view,) = await people.wait({"view": "sam", "callback_id": "form"})
    slack.program.sockets.deadline = 1.5  # nobody listens to the form
    assert (await people.submit("sam", view["id"], {"words": "x"}))["response"] in ("none", "failed")
    await people.wait({"ephemeral": "sam", "contains": "A kind word in C0RANDOM01"})


async def test_a_global_shortcut_knows_no_channel(app: AsyncApp, people: Control) -> None:
    @app.shortcut({"type": "shortcut", "callback_id": "record"})
    async def record(ack: Any, shortcut: Any, client: Any) -> None:
        assert "response_url" not in shortcut and "channel" not in shortcut
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(field_of({"type": "plain_text_input"})))

    assert (await people.global_shortcut("yun", "record"))["ok"]
    await people.wait({"view": "yun"})
    assert await people.errors() == []


async def test_a_reply_and_a_direct_message_have_the_menu_too(people: Control, listener: Listener) -> None:
    ts = await people.say("mei", "#praise", "first")
    reply = await people.say("sam", "#praise", "second", thread_ts=ts)
    assert (await people.message_shortcut("mei", "#praise", reply, "save"))["ok"]
    private = await people.say("mei", "@sam", "between us")
    assert (await people.message_shortcut("sam", "@mei", private, "save"))["ok"]
    payload = (await people.traffic())[-1]["payload"]
    assert (payload["channel"]["name"], payload["message"]["text"]) == ("directmessage", "between us")


async def test_only_who_is_in_the_conversation_sees_the_menu(people: Control, listener: Listener) -> None:
    ts = await people.say("tomas", "#kitchen-office", "hidden")
    for user, channel, at in (("mei", "#kitchen-office", ts), ("tomas", "#kitchen-office", "1.000000")):
        with pytest.raises(ControlError):
            await people.message_shortcut(user, channel, at, "save")
    await people.update_user("sam", deleted=True)
    with pytest.raises(ControlError, match="deactivated"):
        await people.global_shortcut("sam", "record")


async def test_only_shortcuts_of_the_manifest_exist(tmp_path: Path) -> None:
    manifest = Manifest(shortcuts={"save": Shortcut("save", "message"), "record": Shortcut("record", "global")})
    async with serve(replace(QUICK, manifest=manifest)) as slack, Control(slack.url) as people:
        ts = await people.say("mei", "#praise", "words")
        for callback_id in ("record", "unheard"):
            with pytest.raises(ControlError, match="no message shortcut"):
                await people.message_shortcut("sam", "#praise", ts, callback_id)
        with pytest.raises(ControlError, match="no global shortcut"):
            await people.global_shortcut("sam", "save")
        assert (await people.global_shortcut("sam", "record"))["error"] == "connection_failed"


async def test_a_shortcut_is_delivered_again_as_it_was(people: Control, listener: Listener) -> None:
    outcome = await people.global_shortcut("sam", "record")
    assert (await people.redeliver(outcome["delivery"]))["ok"]
    assert len(listener.heard) == 2 and listener.heard[0][1] == listener.heard[1][1]


async def test_a_person_is_found_by_address(client: AsyncWebClient, people: Control) -> None:
    found = await client.users_lookupByEmail(email="Mei@Example.com")
    assert (found["user"]["id"], found["user"]["profile"]["email"]) == ("U0MEI00000", "mei@example.com")
    await people.update_user("jun", deleted=True)
    for nobody in ("jun@example.com", "nobody@example.com", "rotabot@example.com"):
        with pytest.raises(Exception, match="users_not_found"):
            await client.users_lookupByEmail(email=nobody)


async def test_an_address_needs_its_own_scope() -> None:
    manifest = Manifest(scopes=frozenset({"users:read"}))
    async with serve(replace(QUICK, manifest=manifest)) as slack:
        client = AsyncWebClient(token=slack.workspace.settings.bot_token, base_url=slack.api_url, retry_handlers=[])
        with pytest.raises(Exception, match="missing_scope"):
            await client.users_lookupByEmail(email="mei@example.com")
        assert "email" not in (await client.users_info(user="U0MEI00000"))["user"]["profile"]


async def test_a_message_of_the_app_is_deleted_and_nobody_elses(client: AsyncWebClient, people: Control) -> None:
    posted = await client.chat_postMessage(channel="C0PRAISE01", text="mine")
    theirs = await people.say("mei", "#praise", "hers")
    gone = await client.chat_delete(channel="C0PRAISE01", ts=posted["ts"])
    assert gone.data == {"ok": True, "channel": "C0PRAISE01", "ts": posted["ts"]}
    for ts, error in ((posted["ts"], "message_not_found"), (theirs, "cant_delete_message")):
        with pytest.raises(Exception, match=error):
            await client.chat_delete(channel="C0PRAISE01", ts=ts)
    assert [one["text"] for one in await people.messages("#praise")] == ["hers"]


@impatient
async def test_who_is_taken_to_a_form_that_does_not_come_is_told(people: Control, listener: Listener) -> None:
    listener.wait = 3.0
    with pytest.raises(ControlError, match="no form came: http_timeout"):
        await people.ask("step", name="idea")
