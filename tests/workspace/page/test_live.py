"""The live connection: everybody is told what they may see, nothing is lost, and nobody waits for a slow browser."""

import asyncio
import random

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, Running, staff
from tests.workspace.conftest import Listener, button
from tests.workspace.page.watching import Browser, browser

PRAISE, GENERAL = staff.PRAISE_CHANNEL, staff.GENERAL_CHANNEL
NOON = "2026-11-24T12:00:30+08:00"


async def fresh(slack: Running, who: str, at: str = PRAISE, **more: object) -> Browser:
    """What somebody sees who comes now."""
    async with browser(slack) as one:
        await one.look(who, at, **more)
        return one


async def test_what_is_said_is_told_to_all_who_are_there_and_to_nobody_else(slack: Running, people: Control) -> None:
    async with browser(slack) as mei, browser(slack) as sam:
        await mei.look("mei")
        await sam.look("sam", GENERAL)
        await people.say("jun", "#praise", "The lift works")
        await people.say("jun", "#general", "Lunch is ready")
        await mei.sees("The lift works")
        await sam.sees("Lunch is ready")
        assert "Lunch" not in mei.room and "lift" not in sam.room
        assert mei.said == "王俊: The lift works"


async def test_nothing_is_lost_between_looking_and_the_first_change(slack: Running, people: Control) -> None:
    async with browser(slack) as mei:
        await mei.ask("mei")
        for number in range(20):
            await people.say("jun", "#praise", f"number {number}.")
        await mei.sees(*(f"number {number}." for number in range(20)))
        assert list(mei.lists["messages"]) == list((await fresh(slack, "mei")).lists["messages"])


async def test_whatever_happens_the_browser_shows_what_a_new_one_would(
    slack: Running, people: Control, client: AsyncWebClient, listener: Listener
) -> None:
    chance = random.Random(7)
    await people.set_clock(NOON)
    async with browser(slack) as mei:
        await mei.look("mei")
        said: list[str] = []
        for number in range(60):
            kind = chance.choice(["say", "post", "reply", "react", "update", "delete", "whisper", "join", "look"])
            ts = chance.choice(said) if said else ""
            if kind == "say" or not said:
                said.append(await people.say(chance.choice(["sam", "jun"]), "#praise", f"said {number}"))
            elif kind == "post":
                said.append(str((await client.chat_postMessage(channel=PRAISE, text=f"posted {number}"))["ts"]))
            elif kind == "reply":
                also = chance.random() < 0.5
                await client.chat_postMessage(
                    channel=PRAISE, text=f"reply {number}", thread_ts=ts, reply_broadcast=also
                )
            elif kind == "react":
                await asyncio.gather(people.react("sam", "#praise", ts, f"e{number}"), return_exceptions=True)
            elif kind == "update":
                await asyncio.gather(client.chat_update(channel=PRAISE, ts=ts, text="new"), return_exceptions=True)
            elif kind == "delete":
                await asyncio.gather(client.chat_delete(channel=PRAISE, ts=ts), return_exceptions=True)
                if slack.workspace.messages.get(PRAISE, ts) is None:
                    said.remove(ts)
            elif kind == "whisper":
                await client.chat_postEphemeral(channel=PRAISE, user="U0MEI00000", text=f"psst {number}")
            elif kind == "join":
                await people.remove("hao", "#praise")
                await people.invite("hao", "#praise")
            else:
                await mei.look("mei", "home")
                await mei.look("mei")
        await people.say("jun", "#praise", "That was all")
        await mei.sees("That was all")
        wanted = await fresh(slack, "mei")
        days = [one for one in mei.lists["messages"] if one.startswith("d-")]
        assert len(days) == 1
        assert mei.room.replace(" New messages", "") == wanted.room


async def test_only_the_person_meant_sees_an_ephemeral(
    slack: Running, people: Control, client: AsyncWebClient, listener: Listener
) -> None:
    async with browser(slack) as mei, browser(slack) as sam:
        await mei.look("mei")
        await sam.look("sam")
        blocks = [{"type": "actions", "elements": [button()]}]
        shown = await client.chat_postEphemeral(channel=PRAISE, user="U0MEI00000", text="psst", blocks=blocks)
        await people.say("jun", "#praise", "after")
        await mei.sees("after", "Only visible to you")
        await sam.sees("after")
        assert "Only visible" not in sam.room
        assert list(mei.lists["messages"])[-2] == f"e-{shown['message_ts']}"
        await people.click("mei", "#praise", str(shown["message_ts"]), "go")
        url = (await people.traffic())[-1]["payload"]["response_url"]
        async with aiohttp.ClientSession() as session:
            await session.post(url, json={"replace_original": True, "text": "psst, done"})
            await mei.sees("psst, done")
            await session.post(url, json={"delete_original": True})
        await mei.until(lambda: "psst" not in mei.room)


async def test_what_one_alone_sees_is_put_away_by_that_person_alone(
    slack: Running, people: Control, client: AsyncWebClient
) -> None:
    async with browser(slack) as mei:
        await mei.look("mei")
        shown = await client.chat_postEphemeral(channel=PRAISE, user="U0MEI00000", text="psst")
        await mei.sees("psst", "Dismiss")
        ts = str(shown["message_ts"])
        with pytest.raises(ControlError, match="nothing that sam alone sees"):
            await people.ask("dismiss", user="sam", channel="#praise", ts=ts)
        assert len(await people.ephemerals("mei")) == 1
        await people.ask("dismiss", user="mei", channel="#praise", ts=ts)
        await mei.until(lambda: "psst" not in mei.room)
        with pytest.raises(ControlError, match="nothing that mei alone sees"):
            await people.ask("dismiss", user="mei", channel="#praise", ts=ts)


async def test_a_thread_is_told_to_whoever_has_it_open(slack: Running, people: Control) -> None:
    first = await people.say("mei", "#praise", "first")
    async with browser(slack) as mei, browser(slack) as sam:
        await mei.look("mei", thread=first)
        await sam.look("sam")
        reply = await people.say("jun", "#praise", "an answer", thread_ts=first)
        await mei.until(lambda: "an answer" in mei.thread and "1 reply" in mei.thread)
        await sam.sees("1 reply")
        assert "an answer" not in sam.room + mei.room
        assert list(mei.lists["replies"]) == [f"t-{first}", "replied", f"t-{reply}"]
        await people.react("sam", "#praise", reply, "tada")
        await mei.until(lambda: ":tada: reaction" in mei.thread or "tada" in str(mei.lists["replies"]))
        await mei.ask("mei", thread="")
        await mei.until(lambda: mei.regions["thread"] == "")


async def test_who_comes_and_who_leaves_is_told_in_its_place(slack: Running, people: Control) -> None:
    async with browser(slack) as mei:
        await mei.look("mei", staff.OTHER_CHANNEL)
        await people.say("sam", "#random", "before")
        await people.invite("olu", "#random", by="mei")
        await people.remove("noah", "#random")
        await people.invite("goldenear", "#random")
        await people.say("sam", "#random", "after")
        await mei.sees("before", "after", "Golden Ear joined")
        told = mei.room
        places = [
            told.index(one) for one in ("before", "was added by 陳美儀", "Noah Lindqvist left", "Ear joined", "after")
        ]
        assert places == sorted(places)


async def test_home_is_told_to_its_person(slack: Running, client: AsyncWebClient) -> None:
    view = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Hello Mei"}}]}
    async with browser(slack) as mei:
        await mei.look("mei", "home")
        await client.views_publish(user_id="U0SAM00000", view=view)
        assert "Hello" not in mei.regions["room"]
        await client.views_publish(user_id="U0MEI00000", view=view)
        await mei.until(lambda: "Hello Mei" in mei.regions["room"])


async def test_a_new_day_is_told_when_the_clock_moves(slack: Running, people: Control) -> None:
    await people.set_clock(NOON)
    await people.say("sam", "#praise", "hello")
    async with browser(slack) as mei:
        await mei.look("mei")
        assert "Today" in mei.room
        await people.move_clock(86_400)
        await mei.sees("Yesterday")
        await people.say("sam", "#praise", "good morning")
        await mei.sees("good morning", "Today")
        assert len([one for one in mei.lists["messages"] if one.startswith("d-")]) == 2


async def test_a_name_that_changes_is_changed_everywhere(slack: Running, people: Control) -> None:
    await people.say("sam", "#praise", "hello")
    async with browser(slack) as mei:
        await mei.look("mei")
        await people.update_user("sam", real_name="<blink>Samuel</blink>")
        await mei.until(lambda: "Samuel" in mei.regions["side"] and "Samuel" in mei.room)
        assert "<blink>" not in mei.regions["side"] + mei.regions["room"]


async def test_that_nobody_is_left_is_said_and_the_connection_stays(slack: Running, people: Control) -> None:
    everybody = [str(one["id"]) for one in slack.workspace.people if not one["is_bot"]]
    async with browser(slack) as one:
        await one.look("tomas", "kitchen-office")
        for who in everybody:
            await people.update_user(who, deleted=True)
        await one.look("tomas", "kitchen-office")
        await one.until(lambda: one.orders[-1]["do"] == "wrong")
        await people.update_user("U0TOMAS000", deleted=False)
        already = len(one.orders)
        await one.ask("tomas", "kitchen-office")
        await one.until(lambda: any(order.get("id") == "room" for order in one.orders[already:]))
        assert "kitchen-office" in one.regions["room"]


@pytest.mark.parametrize("nonsense", ["x", "[]", "3", '"x"', "null"])
async def test_nonsense_ends_the_connection_and_nothing_else(slack: Running, people: Control, nonsense: str) -> None:
    async with browser(slack) as one:
        await one.socket.send_str(nonsense)
        while (await one.socket.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
    await people.say("mei", "#praise", "still here")
    assert "still here" in (await fresh(slack, "mei")).room


async def test_a_page_of_another_site_is_told_nothing(slack: Running) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({"Origin": "https://example.com"}, {"Host": "example.com"}):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(slack.url.replace("http", "ws", 1) + "/page/live", headers=headers)


async def test_nobody_waits_for_a_slow_browser_and_it_has_everything_in_the_end(
    slack: Running, people: Control, client: AsyncWebClient
) -> None:
    async with browser(slack) as slow, browser(slack) as quick:
        await slow.look("mei")
        await quick.look("sam")
        long = "x" * 39_000
        for number in range(400):
            await client.chat_postMessage(channel=PRAISE, text=f"number {number} {long}")
        last = str((await client.chat_postMessage(channel=PRAISE, text="the last"))["ts"])
        began = len(slow.orders)
        await quick.until(lambda: f"m-{last}" in quick.lists["messages"])
        await slow.until(lambda: f"m-{last}" in slow.lists["messages"])
        assert list(slow.lists["messages"])[-60:] == list(quick.lists["messages"])[-60:]
        assert any(one["id"] == "room" for one in slow.orders[began:] if one["do"] == "fill"), "told each by itself"


async def test_who_comes_back_has_what_they_missed(slack: Running, people: Control) -> None:
    first = await people.say("sam", "#praise", "number 0.")
    async with browser(slack) as mei:
        await mei.look("mei")
    for number in range(1, 100):
        await people.say("sam", "#praise", f"number {number}.")
    assert "number 0." not in (await fresh(slack, "mei")).room
    again = await fresh(slack, "mei", oldest=first)
    assert all(f"number {number}." in again.room for number in range(100))
    held = [one.removeprefix("m-") for one in again.lists["messages"] if one.startswith("m-")]
    further_up = await fresh(slack, "mei", oldest=held[10], latest=held[79])
    assert [one for one in further_up.lists["messages"] if one.startswith("m-")] == [f"m-{ts}" for ts in held[10:80]]
    assert 'data-older="true"' in further_up.regions["room"] and 'data-newer="true"' in further_up.regions["room"]


async def test_those_who_read_alike_get_the_same_drawing_and_others_their_own(slack: Running, people: Control) -> None:
    ts = await people.say("sam", "#praise", "hello")
    await people.react("mei", "#praise", ts, "tada")
    drawn = {who: (await fresh(slack, who)).lists["messages"][f"m-{ts}"] for who in ("mei", "tomas", "rosa", "priya")}
    assert drawn["tomas"] == drawn["rosa"] != drawn["mei"]
    assert 'aria-pressed="true"' in drawn["mei"] and 'aria-pressed="false"' in drawn["rosa"]
    assert drawn["priya"] != drawn["rosa"], "London reads another time"
