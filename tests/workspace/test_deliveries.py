"""Envelopes, acks, repetitions: Slack's promises and its impatience."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.workspace import Control, ControlError, Manifest, Running, Settings, read_manifest, serve
from bot.workspace.http_delivery import signature
from tests.workspace.conftest import Listener, Socket, impatient, patient

Connect = Callable[[], Awaitable[Socket]]


async def one_event(people: Control) -> None:
    """Let exactly one event happen."""
    await people.add_user(f"new{int(time.monotonic() * 1e6)}")


async def test_the_signature_is_slacks() -> None:
    # docs.slack.dev, authentication/verifying-requests-from-slack: the worked example
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        b"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == expected


async def test_http_deliveries_are_signed_with_real_time(slack: Running, people: Control, listener: Listener) -> None:
    await people.move_clock(86_400)
    await one_event(people)
    await people.wait({"event": "team_join"})
    headers, body = listener.heard[0]
    assert SignatureVerifier(slack.workspace.settings.signing_secret).is_valid_request(body, headers)
    assert abs(int(headers["x-slack-request-timestamp"]) - time.time()) < 60
    event = json.loads(body)
    assert event["event_time"] - time.time() > 86_000 and event["event_id"].startswith("Ev")


async def test_commands_come_as_forms_and_acts_as_a_payload(people: Control, listener: Listener) -> None:
    await people.command("sam", "#general", "/praise @mei 謝謝 & more")
    headers, body = listener.heard[0]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert b"text=%3C%40U0MEI00000%7Cmei%3E+%E8%AC%9D%E8%AC%9D+%26amp%3B+more" in body
    await people.send("interactive", {"type": "block_actions"})
    assert listener.heard[1][1].startswith(b"payload=%7B%22type%22")


async def test_the_request_url_must_know_the_challenge(people: Control, listener: Listener) -> None:
    assert (await people.state())["request_url"] == listener.url
    with pytest.raises(ControlError, match="challenge"):
        await people.use_http(listener.url + "/nowhere")


async def test_an_event_without_an_ack_comes_again_with_numbers(people: Control, listener: Listener) -> None:
    listener.status = 500
    await one_event(people)
    await people.wait({"error": "given_up"})
    numbers = [headers.get("x-slack-retry-num") for headers, _ in listener.heard]
    reasons = {headers.get("x-slack-retry-reason") for headers, _ in listener.heard[1:]}
    assert numbers == [None, "1", "2", "3"] and reasons == {"http_error"}
    assert len({json.loads(body)["event_id"] for _, body in listener.heard}) == 1
    assert [one["kind"] for one in await people.errors()] == ["no_ack"] * 4 + ["given_up"]


async def test_no_retry_ends_the_repetitions(people: Control, listener: Listener) -> None:
    listener.status, listener.headers = 500, {"x-slack-no-retry": "1"}
    await one_event(people)
    await people.wait({"error": "no_ack"})
    await people.wait({"idle": True})
    assert len(listener.heard) == 1


@impatient
async def test_a_late_answer_is_no_answer(people: Control, listener: Listener) -> None:
    listener.wait = 3.0
    outcome = await people.command("sam", "#general", "/praise")
    assert outcome["error"] == "http_timeout" and not outcome["ok"]
    assert "no answer within 1.5 s" in (await people.errors())[0]["what"]


async def test_a_command_is_not_repeated_by_itself(people: Control, listener: Listener) -> None:
    listener.status = 500
    assert (await people.command("sam", "#general", "/praise"))["error"] == "http_error"
    await people.wait({"idle": True})
    assert len(listener.heard) == 1


async def test_anything_is_redelivered_on_request(people: Control, listener: Listener) -> None:
    outcome = await people.command("sam", "#general", "/praise", redeliver=True)
    assert outcome["again"]["ok"] and listener.heard[0][1] == listener.heard[1][1]
    await one_event(people)
    (event,) = await people.wait({"event": "team_join"})
    assert (await people.redeliver(event["delivery"]))["ok"]
    assert listener.heard[-1][0]["x-slack-retry-num"] == "1"
    with pytest.raises(ControlError, match="no delivery"):
        await people.redeliver("Ev0NONE")


async def test_a_share_of_deliveries_is_doubled(people: Control, listener: Listener) -> None:
    await people.duplicates(1.0, seed=7, kinds=["events_api", "slash_commands"])
    await one_event(people)
    await people.command("sam", "#general", "/praise")
    await people.wait({"idle": True})
    assert len(listener.heard) == 4


async def test_each_envelope_goes_to_one_connection(people: Control, connect: Connect) -> None:
    sockets = [await connect() for _ in range(3)]
    assert [one.hello["num_connections"] for one in sockets] == [1, 2, 3]
    for _ in range(3):
        await one_event(people)
    envelopes = [await one.next() for one in sockets]
    for socket, envelope in zip(sockets, envelopes, strict=True):
        await socket.ack(envelope)
    assert len({one["payload"]["event_id"] for one in envelopes}) == 3
    await people.wait({"idle": True})
    assert await people.errors() == []


async def test_a_ticket_opens_one_connection_and_ten_are_all(slack: Running, connect: Connect) -> None:
    sockets = [await connect() for _ in range(10)]
    with pytest.raises(Exception, match=r"403|Invalid response|message type"):
        await connect_with(slack, "used-up")
    eleventh = await connect()
    assert eleventh.hello == {
        "type": "disconnect",
        "reason": "too_many_websockets",
        "debug_info": {"host": "applink-local"},
    }
    assert slack.program.sockets.connections == len(sockets)


async def connect_with(slack: Running, ticket: str) -> None:
    async with aiohttp.ClientSession() as session:
        await session.ws_connect(f"{slack.url}/link/?ticket={ticket}")


@impatient
async def test_an_envelope_without_an_ack_comes_again_as_a_new_one(people: Control, connect: Connect) -> None:
    socket = await connect()
    await one_event(people)
    first, second = await socket.next(), await socket.next()
    assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")
    assert first["envelope_id"] != second["envelope_id"] and first["payload"] == second["payload"]
    await socket.ack(second)
    await socket.ack(first)
    await people.wait({"error": "late_ack"})
    await people.wait({"idle": True})
    assert [one["kind"] for one in await people.errors()] == ["no_ack", "late_ack"]


async def test_an_event_waits_for_a_connection(slack: Running, people: Control, connect: Connect) -> None:
    patient(slack)
    await one_event(people)
    await people.wait({"error": "no_ack"})
    socket = await connect()
    envelope = await socket.next()
    await socket.ack(envelope)
    await people.wait({"idle": True})
    assert envelope["retry_attempt"] >= 1 and "given_up" not in {one["kind"] for one in await people.errors()}


async def test_a_lost_connection_fails_at_once(people: Control, connect: Connect) -> None:
    socket = await connect()
    typed = asyncio.create_task(people.command("sam", "#general", "/praise"))
    await socket.next()
    await socket.stream.close()
    assert (await typed)["error"] == "connection_failed"
    assert (await people.command("sam", "#general", "/praise"))["error"] == "connection_failed"


async def test_an_ack_carries_the_answer_and_nonsense_is_noticed(people: Control, connect: Connect) -> None:
    socket = await connect()
    typed = asyncio.create_task(people.command("sam", "#general", "/praise"))
    envelope = await socket.next()
    assert envelope["accepts_response_payload"] and envelope["type"] == "slash_commands"
    await socket.ack(envelope, {"text": "heard"})
    assert (await typed)["body"] == {"text": "heard"}
    await socket.stream.send_str("hello")
    await socket.ack(envelope)
    await people.wait({"error": "bad_ack", "count": 2})


async def test_a_disconnect_message_reaches_every_connection(people: Control, connect: Connect) -> None:
    sockets = [await connect(), await connect()]
    assert await people.disconnect("refresh_requested") == 2
    assert {(await one.next())["reason"] for one in sockets} == {"refresh_requested"}


async def test_only_subscribed_events_of_own_channels_are_sent() -> None:
    manifest = Manifest(events=frozenset({"reaction_added"}))
    async with serve(Settings(manifest=manifest, quiet=True)) as slack, Control(slack.url) as people:
        for channel in ("#random", "#praise"):
            ts = await people.say("mei", channel, "x")
            await people.react("sam", channel, ts, "star")
            await people.unreact("sam", channel, ts, "star")
        await people.update_user("mei", tz="Asia/Tokyo")
        told = [one.payload["event"] for one in slack.program.postman.deliveries.values()]
        assert [(one["type"], one["item"]["channel"]) for one in told] == [("reaction_added", "C0PRAISE01")]


async def test_a_manifest_file_grants_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(
        json.dumps(
            {
                "features": {"slash_commands": [{"command": "/raw", "description": "d"}]},
                "oauth_config": {"scopes": {"bot": ["commands", "users:read"]}},
                "settings": {"event_subscriptions": {"bot_events": ["user_change"]}},
            }
        )
    )
    async with serve(Settings(manifest=read_manifest(file), quiet=True)) as slack, Control(slack.url) as people:
        with pytest.raises(ControlError, match="not a valid command"):
            await people.command("sam", "#general", "/praise")
        await people.command("sam", "#general", "/raw @mei <b>")
        (command,) = slack.program.postman.deliveries.values()
        assert command.payload["text"] == "@mei &lt;b&gt;"
