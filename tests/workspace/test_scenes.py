"""Bad days by name: each does what its words say, for as long as they say, and tells how often it has struck."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, Running
from bot.workspace.scenes import SCENES
from tests.workspace.conftest import Listener
from tests.workspace.test_deliveries import Connect, one_event
from tests.workspace.test_faults import BROKEN, attempts, posted


async def play(people: Control, name: str, on: bool = True) -> Any:
    return await people.ask("scene", name=name, on=on)


async def told(people: Control, name: str) -> Any:
    return next(one for one in await people.ask("scenes") if one["name"] == name)


async def until(there: Callable[[], bool]) -> None:
    async with asyncio.timeout(90):
        while not there():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_fault_ends_when_its_time_is_over(slack: Running, client: AsyncWebClient, people: Control) -> None:
    await people.fault("500", count=0, during=30.0)
    with pytest.raises(SlackApiError):
        await client.auth_test()
    (fault,) = await people.faults()
    assert 0 < fault["left"] <= 30.0 and not fault["over"]
    (standing,) = slack.workspace.faults._set
    standing._since -= 29.0
    await until(lambda: slack.workspace.faults.told()[0]["over"])
    assert (await client.auth_test())["ok"]
    (fault,) = await people.clear_faults()
    assert (fault["hits"], fault["left"], fault["over"]) == (1, 0.0, True)


async def test_whoever_listens_hears_of_a_fault_that_it_strikes_and_that_it_is_over(
    slack: Running, client: AsyncWebClient, people: Control
) -> None:
    heard: list[str] = []
    with slack.workspace.changes.heard(lambda change: heard.append(change.kind)):
        for during in (3.0, 30.0):  # the longer one where the machine was so slow that the first was over
            heard.clear()
            await people.fault("500", count=0, during=during)
            (answer,) = await asyncio.gather(client.auth_test(), return_exceptions=True)
            await until(lambda: slack.workspace.faults.told()[-1]["over"])
            if isinstance(answer, SlackApiError):
                break
        await until(lambda: heard.count("faults") == 3)


async def test_slack_refuses_with_both_words_and_says_how_long_to_wait(client: AsyncWebClient, people: Control) -> None:
    await play(people, "refuses")
    answers = [(await asyncio.gather(client.auth_test(), return_exceptions=True))[0] for _ in range(20)]
    assert all(isinstance(one, SlackApiError) for one in answers)
    statuses = {one.response.status_code: one.response.headers for one in answers if isinstance(one, SlackApiError)}
    assert set(statuses) == {429, 500} and statuses[429]["Retry-After"] == "5"
    state = await told(people, "refuses")
    assert (state["on"], state["hits"]) == (True, 20) and 0 < state["left"] <= 30
    assert not (await play(people, "refuses", on=False))["on"]
    assert (await client.auth_test())["ok"]


async def test_a_lost_reply_is_one_reply_and_then_all_is_well(client: AsyncWebClient, people: Control) -> None:
    for name in ("reply_lost", "half_reply"):
        await play(people, name)
        with pytest.raises((aiohttp.ClientError, SlackApiError)):
            await posted(client)
        assert await told(people, name) == {"name": name, "on": False, "began": True, "hits": 1, "left": None}
    assert len(await people.messages("#praise")) == 2
    assert (await posted(client))["ok"]


async def test_a_slow_slack_lets_worse_days_strike_first(client: AsyncWebClient, people: Control) -> None:
    await play(people, "slow")
    await play(people, "refuses")
    with pytest.raises(SlackApiError):
        await client.auth_test()
    assert [(await told(people, name))["hits"] for name in ("slow", "refuses")] == [0, 1]


async def test_a_connection_that_drops_cannot_be_had_again_at_once(
    client: AsyncWebClient, people: Control, connect: Connect
) -> None:
    socket = await connect()
    await play(people, "drops")
    assert (await asyncio.wait_for(socket.stream.receive(), 30)).type in BROKEN
    with pytest.raises(aiohttp.ClientError):
        await client.auth_test()
    await people.clear_faults()
    await people.fault("unreachable", count=2)  # a client may try at once again
    with pytest.raises(aiohttp.ClientError):
        await connect()
    assert (await connect()).hello["type"] == "hello"


async def test_an_event_that_comes_twice_does_not_come_for_ever(people: Control, listener: Listener) -> None:
    await play(people, "twice")
    await one_event(people)
    await people.wait({"idle": True})
    assert attempts(listener) == ["0", "1"]
    assert (await told(people, "twice"))["hits"] == 1


async def test_the_traffic_says_which_fault_struck_a_delivery(people: Control, listener: Listener) -> None:
    await play(people, "ack_lost")
    await one_event(people)
    await people.wait({"event": "team_join"})
    entries = [one for one in await people.traffic() if one["way"] == "to_app"]
    assert [(one["ok"], one["fault"]) for one in entries] == [(False, "ack_lost"), (True, "")]


async def test_all_well_again_ends_every_scene(people: Control) -> None:
    for name in SCENES:
        await play(people, name)
    await people.clear_faults()
    assert not any(one["on"] or one["began"] for one in await people.ask("scenes"))


async def test_what_is_no_scene_is_refused(people: Control) -> None:
    with pytest.raises(ControlError, match="refuses"):
        await play(people, "gremlins")
