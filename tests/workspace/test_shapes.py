"""Every key that the workspace emits is one of Slack's, and what a bot reads is there, in a run over all kinds."""

import asyncio
import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running
from bot.workspace.web_api import METHODS
from tests.workspace.conftest import Listener, button, field_of, modal, section
from tests.workspace.slack_keys import SHAPES
from tests.workspace.slack_shapes import judged, strange
from tests.workspace.test_deliveries import Connect, one_event
from tests.workspace.test_suggestions import EXTERNAL, option

PRAISE = "C0PRAISE01"
INPUTS: dict[str, tuple[dict[str, Any], Any]] = {
    "text": ({"type": "plain_text_input"}, "words"),
    "who": ({"type": "users_select"}, "mei"),
    "all": ({"type": "multi_users_select"}, ["mei", "sam"]),
    "one": ({"type": "static_select", "options": [option("a")]}, "a"),
    "many": ({"type": "checkboxes", "options": [option("a"), option("b")]}, ["a", "b"]),
    "day": ({"type": "datepicker"}, "2026-11-24"),
    "hour": ({"type": "timepicker"}, "09:00"),
    "room": ({"type": "conversations_select"}, "#praise"),
    "then": ({"type": "datetimepicker"}, "1795478400"),
}


async def happenings(people: Control) -> str:
    """Everything that can happen without the app; gives the ts of a message with replies and a reaction."""
    ts = await people.say("mei", "#praise", "hello")
    await people.say("sam", "#praise", "in the thread", thread_ts=ts)
    await people.say("sam", "@goldenear", "to the bot alone")
    await people.react("sam", "#praise", ts, "star")
    await people.unreact("sam", "#praise", ts, "star")
    await people.react("tomas", "#praise", ts, "star")
    await people.invite("goldenear", "#random", by="sam")
    await people.remove("jun", "#praise")
    await people.open_home("sam")
    await people.update_user("jun", deleted=True)
    await people.add_user("newcomer", email="newcomer@example.com")
    return ts


async def acts(client: AsyncWebClient, people: Control, listener: Listener, ts: str) -> None:
    """Everything that people can do to the app."""

    async def trigger() -> str:
        return str([one for one in await people.traffic() if one["way"] == "to_app"][-1]["payload"]["trigger_id"])

    await people.command("sam", "#general", "/praise @mei words")
    fields = [field_of(element, name) for name, (element, _) in INPUTS.items()]
    view = modal(*fields, field_of(EXTERNAL, "ext"), notify_on_close=True)
    form = (await client.views_open(trigger_id=await trigger(), view=view))["view"]
    listener.answer = {"options": [option("p1")]}
    await people.suggest("sam", form["id"], "who", "m", block_id="ext")
    listener.answer = ""
    values = {(name, "x"): value for name, (_, value) in INPUTS.items()} | {("ext", "who"): "p1"}
    listener.answer = {"response_action": "update", "view": modal(field_of({"type": "plain_text_input"}))}
    assert (await people.submit("sam", form["id"], values))["response"] == "update"  # type: ignore[arg-type]
    listener.answer = ""
    await client.views_update(view_id=form["id"], view=modal(section(), notify_on_close=True))
    await people.close_view("sam", form["id"])
    await people.message_shortcut("sam", "#praise", ts, "save")
    await people.global_shortcut("sam", "record")
    first = await client.views_open(trigger_id=await trigger(), view=modal(section(accessory=button())))
    await people.click_view("sam", first["view"]["id"], "go")
    await client.views_push(trigger_id=await trigger(), view=modal(section()))
    menu = {"type": "overflow", "action_id": "more", "options": [option("a")]}
    blocks = [{"type": "actions", "elements": [button(value="1"), menu, {"type": "users_select", "action_id": "who"}]}]
    metadata = {"event_type": "x", "event_payload": {"any": "thing"}}
    posted = await client.chat_postMessage(channel=PRAISE, text="x", blocks=blocks, metadata=metadata, thread_ts=ts)
    for action_id, value in (("go", "1"), ("more", "a"), ("who", "mei")):
        await people.click("sam", "#praise", posted["ts"], action_id, value)
    shown = await client.chat_postEphemeral(channel=PRAISE, user="U0SAM00000", text="x", blocks=blocks)
    await people.click("sam", "#praise", shown["message_ts"], "go", "1")
    await client.chat_update(channel=PRAISE, ts=posted["ts"], text="changed")
    file = await client.files_upload_v2(channel=PRAISE, content="a", filename="a.csv", initial_comment="x")
    await client.files_info(file=file["files"][0]["id"])
    await client.files_delete(file=file["files"][0]["id"])


async def calls(slack: Running, client: AsyncWebClient, ts: str) -> None:
    """Every method that only reads, and some refusals."""
    im = (await client.conversations_open(users="U0MEI00000"))["channel"]["id"]
    gone = await client.chat_postMessage(channel=im, text="x")
    await client.chat_delete(channel=im, ts=gone["ts"])
    await client.api_call("blocks.validate", json={"blocks": [section()]})
    given: list[tuple[str, dict[str, Any]]] = [
        ("api.test", {}),
        ("auth.test", {}),
        ("team.info", {}),
        ("conversations.open", {"users": "U0MEI00000", "return_im": True}),
        ("conversations.join", {"channel": "C0RANDOM01"}),
        ("conversations.join", {"channel": "C0RANDOM01"}),
        ("conversations.list", {"types": "public_channel,private_channel,im", "limit": 2}),
        ("conversations.info", {"channel": PRAISE, "include_locale": True, "include_num_members": True}),
        ("conversations.info", {"channel": im}),
        ("conversations.members", {"channel": PRAISE}),
        ("conversations.history", {"channel": PRAISE, "include_all_metadata": True, "limit": 1}),
        ("conversations.replies", {"channel": PRAISE, "ts": ts, "include_all_metadata": True}),
        ("reactions.add", {"channel": PRAISE, "timestamp": ts, "name": "tada"}),
        ("reactions.get", {"channel": PRAISE, "timestamp": ts, "full": True}),
        ("users.list", {"include_locale": True}),
        ("users.lookupByEmail", {"email": "mei@example.com"}),
        ("usergroups.list", {"include_users": True, "include_count": True}),
        ("usergroups.users.list", {"usergroup": "S0RECEPTN1"}),
        ("views.publish", {"user_id": "U0MEI00000", "view": json.dumps({"type": "home", "blocks": [section()]})}),
        *[("users.info", {"user": user}) for user in ("U0SAM00000", "U0OLU00000", "U0ROTABOT0", "USLACKBOT")],
    ]
    for method, arguments in given:
        await client.api_call(method, params=arguments)
    await client.apps_connections_open(app_token=slack.workspace.settings.app_token)
    bad: list[tuple[str, dict[str, Any]]] = [
        ("unheard.of", {}),
        ("users.info", {"user": "U1"}),
        ("conversations.info", {}),
        ("chat.postMessage", {"channel": PRAISE, "text": "x", "blocks": "[{}]"}),
        ("views.open", {"trigger_id": "1", "view": "{}"}),
        ("blocks.validate", {"blocks": "[{}]"}),
    ]
    for method, arguments in bad:
        with pytest.raises(SlackApiError):
            await client.api_call(method, params=arguments)


async def test_every_key_of_a_run_over_all_kinds_is_slacks(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    ts = await happenings(people)
    await people.wait({"idle": True})
    await acts(client, people, listener, ts)
    await calls(slack, client, ts)
    await people.wait({"idle": True})
    traffic = await people.traffic(10_000)
    assert list(judged(traffic)) == []
    seen = {_kind(entry["payload"]) for entry in traffic if entry["way"] == "to_app"}
    events = {name for name in SHAPES if name.startswith("event.")}
    assert seen == events | {
        "command", "block_actions", "view_submission", "view_closed", "message_action", "shortcut", "block_suggestion",
    }  # fmt: skip
    assert {entry["method"] for entry in traffic if entry["way"] == "from_app" and entry["ok"]} == set(METHODS)
    assert [one for one in await people.errors() if one["kind"] != "no_ack"] == []


def _kind(payload: dict) -> str:
    return f"event.{payload['event']['type']}" if "event" in payload else payload.get("type", "command")


async def test_every_key_of_socket_mode_is_slacks(people: Control, connect: Connect) -> None:
    socket = await connect()
    await one_event(people)
    envelope = await socket.next()
    await socket.ack(envelope)
    assert [*strange("hello", socket.hello), *strange("event_envelope", envelope)] == []
    typed = people.command("sam", "#general", "/praise")
    await people.disconnect("warning")
    assert list(strange("disconnect", await socket.next())) == []
    typing = asyncio.create_task(typed)
    envelope = await socket.next()
    await socket.ack(envelope)
    assert (await typing)["ok"] and list(strange("envelope", envelope)) == []


def test_what_slack_has_not_and_what_is_not_there_is_told() -> None:
    found = list(strange("item", {"type": "message", "ts": "1.2", "colour": "red", "channel": {"id": "C1"}}))
    assert sorted(found) == ["item.channel holds an object nobody knows", "item.colour is not Slack's"]
    assert list(strange("edited", {"user": "U1"})) == ["edited.ts is missing"]


@pytest.mark.parametrize("handle", ["U0SAM00000", "U0OLU00000", "U0ROTABOT0", "USLACKBOT"])
async def test_a_user_has_what_a_bot_reads(client: AsyncWebClient, handle: str) -> None:
    user = (await client.users_info(user=handle))["user"]
    assert {"real_name", "tz", "tz_offset", "is_admin", "is_restricted", "is_ultra_restricted"} <= set(user)
    assert {"real_name", "display_name", "team"} <= set(user["profile"])
    human = handle.startswith("U0") and not user["is_bot"]
    assert ("email" in user["profile"]) == human and ("bot_id" in user["profile"]) == user["is_bot"]
    assert user["tz_offset"] == (28_800 if user["tz"] == "Asia/Hong_Kong" else user["tz_offset"])
