"""Slack's speed limits, when a story asks for them: a burst passes, then only that method is refused, and counted."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running
from bot.workspace.arguments import Arguments
from bot.workspace.rates import RateLimited, Rates


async def test_a_channel_takes_a_burst_and_then_one_a_second(
    slack: Running, client: AsyncWebClient, people: Control
) -> None:
    slack.program.web_api.rates.now = lambda: 0.0
    await people.limit_rates(post_rate=1, burst=3)
    answers = await asyncio.gather(
        *[client.chat_postMessage(channel="C0PRAISE01", text="x") for _ in range(5)], return_exceptions=True
    )
    refused = [one for one in answers if isinstance(one, SlackApiError)]
    assert len(refused) == 2 and len(await people.messages("#praise")) == 3
    assert refused[0].response.status_code == 429 and refused[0].response["error"] == "ratelimited"
    assert 1 <= int(refused[0].response.headers["Retry-After"]) <= 2
    assert (await client.chat_postMessage(channel="C0GENERAL1", text="x"))["ok"]  # another channel has its own limit
    assert (await client.auth_test())["ok"]
    assert await people.limit_rates(on=False) == {"chat.postMessage": 2}
    assert (await client.chat_postMessage(channel="C0PRAISE01", text="x"))["ok"]


@pytest.mark.parametrize(("method", "a_minute"), [("users.list", 20), ("chat.update", 50), ("users.info", 100)])
def test_a_method_takes_what_its_tier_says(method: str, a_minute: int) -> None:
    now = 0.0
    rates = Rates(now=lambda: now)
    rates.enforce()
    taken = 0
    for _ in range(6_000):
        now += 0.1
        try:
            rates.check(method, Arguments({}))
            taken += 1
        except RateLimited as limit:
            assert limit.seconds >= 1
    assert a_minute * 10 <= taken <= a_minute * 10 + a_minute / 4 + 5
    assert rates.refused[method] == 6_000 - taken


def test_without_being_asked_nothing_is_limited() -> None:
    rates = Rates(now=lambda: 0.0)
    for _ in range(1_000):
        rates.check("apps.connections.open", Arguments({}))
    assert not rates.refused


def test_after_what_it_was_told_to_wait_a_caller_is_let_in() -> None:
    now = 0.0
    rates = Rates(now=lambda: now)
    rates.enforce(post_rate=0.25, burst=1, tiers=False)
    arguments = Arguments({"channel": "C1"})
    rates.check("chat.postMessage", arguments)
    with pytest.raises(RateLimited) as limit:
        rates.check("chat.postMessage", arguments)
    assert limit.value.seconds == 4
    now += limit.value.seconds
    rates.check("chat.postMessage", arguments)
