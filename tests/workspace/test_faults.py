"""Bad days: each fault does what it says to answers and deliveries, as often as it says, and is counted."""

import asyncio
import json
import re
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, Running
from tests.workspace.conftest import Listener, patient
from tests.workspace.test_deliveries import Connect, one_event

CHANNEL = "C0PRAISE01"
BROKEN = (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR, aiohttp.WSMsgType.CLOSING)


async def posted(client: AsyncWebClient) -> Any:
    return await client.chat_postMessage(channel=CHANNEL, text="words")


@pytest.mark.parametrize(
    ("kind", "accepted", "seen"),
    [
        ("404", False, "404"),
        ("410", False, "410"),
        ("429", False, "ratelimited"),
        ("500", False, "500"),
        ("503", False, "503"),
        ("ratelimited", False, "ratelimited"),
        ("reset_before", False, "disconnected|reset"),
        ("reset_after", True, "disconnected|reset"),
        ("timeout", True, "disconnected|reset"),
        ("truncated", True, "unexpected|JSON"),
        ("wrong_type", True, "'status': 200|status: 200"),
        ("slow", True, ""),
    ],
)
async def test_an_answer_goes_wrong_as_often_as_it_was_asked_to(
    client: AsyncWebClient, people: Control, kind: str, accepted: bool, seen: str
) -> None:
    more = {"seconds": 0.2} if kind in ("slow", "timeout") else {}
    await people.fault(kind, "chat.postMessage", **more)
    await client.auth_test()
    begin = time.monotonic()
    try:
        await posted(client)
    except (SlackApiError, aiohttp.ClientError, ValueError) as problem:
        assert seen and re.search(seen, f"{problem} {getattr(problem, 'response', '')}", re.IGNORECASE), problem
    else:
        assert seen == ""
    assert not more or time.monotonic() - begin >= 0.2
    assert len(await people.messages("#praise")) == accepted
    assert (await posted(client))["ok"]
    (fault,) = await people.clear_faults()
    assert (fault["kind"], fault["hits"]) == (kind, 1)
    assert [one["fault"] for one in await people.traffic() if one["way"] == "fault"] == [kind]


async def test_a_rate_limit_says_how_long_and_a_reset_is_one(client: AsyncWebClient, people: Control) -> None:
    await people.fault("429", "auth.test", seconds=7)
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    assert refused.value.response["error"] == "ratelimited"
    await people.fault("wrong_type", "auth.test")
    headers = {"Authorization": f"Bearer {client.token}"}
    async with aiohttp.ClientSession() as session, session.post(f"{client.base_url}auth.test", headers=headers) as said:
        assert said.content_type == "text/html"
        assert json.loads(await said.text())["ok"]


async def test_faults_without_end_strike_until_they_are_cleared(client: AsyncWebClient, people: Control) -> None:
    await people.fault("500", count=0)
    for _ in range(3):
        with pytest.raises(SlackApiError):
            await client.auth_test()
    assert (await people.clear_faults())[0]["hits"] == 3
    assert (await client.auth_test())["ok"]


async def test_only_the_call_that_contains_the_words_is_struck(client: AsyncWebClient, people: Control) -> None:
    await people.fault("500", "chat.postMessage", contains="C0GENERAL1")
    assert (await posted(client))["ok"]
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0GENERAL1", text="words")
    assert [fault["hits"] for fault in await people.faults()] == [1]


async def test_chance_is_decided_by_the_seed(client: AsyncWebClient, people: Control) -> None:
    async def seen(seed: int) -> list[bool]:
        await people.fault("ratelimited", "auth.test", count=0, chance=0.5, seed=seed)
        answers = [await asyncio.gather(client.auth_test(), return_exceptions=True) for _ in range(20)]
        await people.clear_faults()
        return [isinstance(answer[0], Exception) for answer in answers]

    first, again, other = await seen(1), await seen(1), await seen(2)
    assert first == again and first != other and 0 < sum(first) < 20


async def test_what_is_no_fault_is_refused(people: Control) -> None:
    for given in ({"kind": "gremlins"}, {"kind": "500", "transport": "pigeon"}, {"kind": "500", "colour": "red"}):
        with pytest.raises(ControlError):
            await people.fault(**given)


async def test_a_response_url_fails_like_any_door(people: Control, listener: Listener) -> None:
    await people.command("sam", "#general", "/praise")
    url = (await people.traffic())[-1]["payload"]["response_url"]
    async with aiohttp.ClientSession() as session:
        for kind, status in (("410", 410), ("404", 404), ("500", 500)):
            await people.fault(kind, "response_url")
            async with session.post(url, json={"text": "x"}) as answer:
                assert answer.status == status
        await people.fault("reset_after", "response_url")
        with pytest.raises(aiohttp.ClientError):
            await session.post(url, json={"text": "once"})
    assert [one["text"] for one in await people.ephemerals("sam")] == ["once"]


def attempts(listener: Listener) -> list[str]:
    return [headers.get("x-slack-retry-num", "0") for headers, _ in listener.heard]


@pytest.mark.parametrize(("kind", "heard"), [("undelivered", ["1"]), ("dropped", ["0", "1"]), ("ack_lost", ["0", "1"])])
async def test_an_event_is_repeated_over_http_after_a_broken_delivery(
    people: Control, listener: Listener, kind: str, heard: list[str]
) -> None:
    await people.fault(kind, "events_api", transport="http")
    await one_event(people)
    await people.wait({"event": "team_join"})
    assert attempts(listener) == heard
    reason = {"undelivered": "connection_failed", "dropped": "connection_failed", "ack_lost": "http_timeout"}[kind]
    assert listener.heard[-1][0]["x-slack-retry-reason"] == reason
    assert len({json.loads(body)["event_id"] for _, body in listener.heard}) == 1


async def test_a_late_event_comes_again_with_its_number(people: Control, listener: Listener) -> None:
    await people.fault("late", "team_join", seconds=0.1)
    await one_event(people)
    await people.wait({"idle": True})
    assert attempts(listener) == ["0", "1"]


def titles(listener: Listener) -> list[str]:
    return [json.loads(body)["event"]["user"]["profile"]["title"] for _, body in listener.heard]


async def test_events_come_in_the_wrong_order(people: Control, listener: Listener) -> None:
    await people.fault("overtaken", "user_change")
    await people.update_user("jun", title="first")
    await people.update_user("jun", title="second")
    await people.wait({"idle": True})
    assert titles(listener) == ["second", "first"]
    listener.heard.clear()
    await people.fault("out_of_order", "user_change", behind=2)
    for title in ("third", "fourth", "fifth"):
        await people.update_user("jun", title=title)
        await asyncio.sleep(0.02)
    await people.wait({"idle": True})
    assert titles(listener) == ["third", "fourth", "fifth", "third"]


@pytest.mark.parametrize(("kind", "first"), [("undelivered", False), ("dropped", True)])
async def test_a_socket_breaks_before_or_after_the_envelope(
    slack: Running, people: Control, connect: Connect, kind: str, first: bool
) -> None:
    patient(slack)
    socket = await connect()
    await people.fault(kind, "events_api", transport="socket")
    await one_event(people)
    if first:
        assert (await socket.next())["retry_attempt"] == 0
    message = await asyncio.wait_for(socket.stream.receive(), 20)
    assert message.type in BROKEN
    fresh = await connect()
    again = await fresh.next()
    await fresh.ack(again)
    assert again["retry_attempt"] >= 1 and again["retry_reason"] == "timeout"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled", "too_many_websockets"])
async def test_a_socket_is_told_why_it_ends(slack: Running, people: Control, connect: Connect, reason: str) -> None:
    patient(slack)
    socket = await connect()
    await people.fault("disconnect", "events_api", reason=reason)
    await one_event(people)
    told = await socket.next()
    assert (told["type"], told["reason"]) == ("disconnect", reason)
    assert (await asyncio.wait_for(socket.stream.receive(), 20)).type == aiohttp.WSMsgType.CLOSE
    fresh = await connect()
    await fresh.ack(await fresh.next())
    await people.wait({"event": "team_join"})


async def test_every_socket_can_be_cut(people: Control, connect: Connect) -> None:
    sockets = [await connect(), await connect()]
    assert await people.cut() == 2
    for socket in sockets:
        assert (await asyncio.wait_for(socket.stream.receive(), 20)).type in BROKEN
