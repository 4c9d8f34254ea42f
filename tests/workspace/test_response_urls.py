"""Answers through a response_url: five times, thirty minutes, judged like any message."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control
from tests.workspace.conftest import Listener, button, section


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def url_of_a_command(people: Control) -> str:
    """Give the response_url of a fresh command by sam in #random, where the bot is not."""
    await people.command("sam", "#random", "/praise")
    return (await people.traffic())[-1]["payload"]["response_url"]


async def post(session: aiohttp.ClientSession, url: str, **answer: object) -> tuple[int, str]:
    async with session.post(url, json=answer) as reply:
        return reply.status, await reply.text()


async def test_an_answer_is_ephemeral_unless_it_says_in_channel(
    people: Control, listener: Listener, session: aiohttp.ClientSession
) -> None:
    url = await url_of_a_command(people)
    assert await post(session, url, text="for sam") == (200, "ok")
    assert await post(session, url, text="for all", response_type="in_channel") == (200, "ok")
    assert [one["text"] for one in await people.ephemerals("sam")] == ["for sam"]
    assert [one["text"] for one in await people.messages("#random")] == ["for all"]


async def test_it_may_be_used_five_times(people: Control, listener: Listener, session: aiohttp.ClientSession) -> None:
    url = await url_of_a_command(people)
    for _ in range(5):
        assert (await post(session, url, text="x"))[0] == 200
    status, words = await post(session, url, text="x")
    assert status == 404 and "used_url" in words


async def test_it_lives_thirty_minutes_of_the_workspaces_clock(
    people: Control, listener: Listener, session: aiohttp.ClientSession
) -> None:
    url = await url_of_a_command(people)
    await people.move_clock(29 * 60)
    assert (await post(session, url, text="x"))[0] == 200
    await people.move_clock(2 * 60)
    status, words = await post(session, url, text="x")
    assert status == 404 and "expired_url" in words


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"text": "x", "blocks": [{"type": "hat"}]}, "invalid_blocks"),
        ({"text": ""}, "no_text"),
        ({"text": "x", "response_type": "loud"}, "invalid_payload"),
        ({"text": "x", "channel": "C0PRAISE01"}, "invalid_payload"),
    ],
)
async def test_a_bad_answer_is_refused_and_shows_nothing(
    people: Control, listener: Listener, session: aiohttp.ClientSession, answer: dict, reason: str
) -> None:
    url = await url_of_a_command(people)
    assert await post(session, url, **answer) == (400, reason)
    assert await people.ephemerals("sam") == []


async def test_what_is_not_json_or_not_known_is_refused(
    people: Control, listener: Listener, session: aiohttp.ClientSession
) -> None:
    url = await url_of_a_command(people)
    async with session.post(url, data="text=x") as reply:
        assert (reply.status, await reply.text()) == (400, "invalid_payload")
    assert (await post(session, url + "0", text="x"))[0] == 404


async def test_a_clicked_message_is_replaced_or_deleted(
    client: AsyncWebClient, people: Control, listener: Listener, session: aiohttp.ClientSession
) -> None:
    actions = {"type": "actions", "block_id": "b", "elements": [button(value="7")]}
    ts = (await client.chat_postMessage(channel="C0PRAISE01", text="pick", blocks=[section(), actions]))["ts"]
    assert (await people.click("mei", "#praise", ts, "go"))["ok"]
    payload = (await people.traffic())[-1]["payload"]
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0PRAISE01",
        "is_ephemeral": False,
    }
    (action,) = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"], action["type"]) == ("go", "b", "7", "button")
    assert await post(session, payload["response_url"], text="new", replace_original=True) == (200, "ok")
    (seen,) = await people.messages("#praise")
    assert (seen["ts"], seen["text"], seen.get("blocks")) == (ts, "new", None)
    assert await post(session, payload["response_url"], delete_original=True) == (200, "ok")
    assert await people.messages("#praise") == []


async def test_an_ephemeral_is_deleted_for_its_person(
    client: AsyncWebClient, people: Control, listener: Listener, session: aiohttp.ClientSession
) -> None:
    actions = {"type": "actions", "elements": [button()]}
    await client.chat_postEphemeral(channel="C0PRAISE01", user="U0MEI00000", text="x", blocks=[actions])
    (shown,) = await people.ephemerals("mei")
    await people.click("mei", "#praise", shown["ts"], "go")
    payload = (await people.traffic())[-1]["payload"]
    assert payload["container"]["is_ephemeral"]
    assert (await post(session, payload["response_url"], delete_original=True))[0] == 200
    assert await people.ephemerals("mei") == []
