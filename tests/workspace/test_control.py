"""The control API: people can do what Slack's client lets them do, and nothing else."""

import json
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, NotSeen, Running, staff
from tests.workspace.conftest import Listener, button


async def test_it_answers_loopback_only(slack: Running) -> None:
    url = f"{slack.url}/control/state"
    async with aiohttp.ClientSession() as session:
        for headers in (
            {"Host": "example.com"},
            {"Origin": "https://example.com"},
            {"Host": "127.0.0.1.example.com"},
            {"Origin": "http://127.0.0.1:1"},
            {"Origin": "null"},
        ):
            async with session.post(url, headers=headers) as reply:
                assert reply.status == 403
        async with session.post(url, headers={"Host": "localhost:1", "Origin": "http://localhost:1"}) as reply:
            assert reply.status == 200
        async with session.post(f"{slack.url}/control/dance") as reply:
            assert reply.status == 404 and "say" in (await reply.json())["verbs"]


async def test_the_staff_are_twelve_in_three_teams_and_three_languages() -> None:
    assert len(staff.STAFF) == 12
    assert {one.team for one in staff.STAFF} == set(staff.TEAMS)
    assert {one.locale for one in staff.STAFF} == {"en-GB", "en-US", "zh-TW", "zh-HK", "zh-CN"}
    assert sorted(one.email for one in staff.STAFF) == [
        f"{name}@example.com"
        for name in ("aiko", "chen", "hao", "jun", "ling", "mei", "noah", "priya", "rosa", "sam", "tomas", "yun")
    ]


async def test_nobody_acts_where_they_are_not(people: Control) -> None:
    ts = await people.say("tomas", "kitchen-office", "soup")
    for act in (
        people.say("mei", "kitchen-office", "x"),
        people.command("mei", "kitchen-office", "/praise"),
        people.react("mei", "kitchen-office", ts, "star"),
        people.say("nobody", "#praise", "x"),
        people.say("mei", "#nowhere", "x"),
        people.say("mei", "#praise", "x", thread_ts="1.000001"),
        people.react("mei", "#praise", "1.000001", "star"),
        people.add_user("mei"),
        people.update_user("mei", colour="red", hat=True),
    ):
        with pytest.raises(ControlError):
            await act


async def test_a_reaction_is_given_once_and_taken_back_once(people: Control) -> None:
    ts = await people.say("mei", "#praise", "x")
    await people.react("sam", "#praise", ts, "star")
    with pytest.raises(ControlError, match="already_reacted"):
        await people.react("sam", "#praise", ts, "star")
    await people.unreact("sam", "#praise", ts, "star")
    with pytest.raises(ControlError, match="no_reaction"):
        await people.unreact("sam", "#praise", ts, "star")
    assert "reactions" not in (await people.messages("#praise"))[0]


async def test_what_is_typed_is_escaped_and_names_become_mentions(people: Control) -> None:
    await people.say(
        "mei", "#praise", "@ann @sam谢谢 <!channel> a@sam.com @rosa, #general! https://example.com/?a=1&b=2"
    )
    (seen,) = await people.messages("#praise")
    assert seen["text"] == (
        "@ann <@U0SAM00000|sam>谢谢 &lt;!channel&gt; a@sam.com <@U0ROSA0000|rosa>, <#C0GENERAL1|general>!"
        " <https://example.com/?a=1&amp;b=2>"
    )
    assert await people.pings() == []


async def test_a_click_says_what_there_is_to_click(client: AsyncWebClient, people: Control, listener: Listener) -> None:
    elements = [button("a", value="1"), button("b")]
    twins = [{"type": "actions", "block_id": name, "elements": elements} for name in ("one", "two")]
    ts = (await client.chat_postMessage(channel="C0PRAISE01", text="x", blocks=twins))["ts"]
    with pytest.raises(ControlError, match=r"there are \['a', 'b'\]"):
        await people.click("mei", "#praise", ts, "c")
    with pytest.raises(ControlError, match="give block_id or value"):
        await people.click("mei", "#praise", ts, "b")
    assert (await people.click("mei", "#praise", ts, "b", block_id="two"))["ok"]
    with pytest.raises(ControlError, match="sees no message"):
        await people.click("mei", "#praise", "1.000001", "a")


async def test_the_clock_moves_for_the_workspace_and_its_file(slack: Running, people: Control, tmp_path: Path) -> None:
    first = await people.say("mei", "#praise", "today")
    offset = await people.move_clock(86_400)
    assert float((tmp_path / "clock").read_text()) == pytest.approx(offset, abs=1e-3)
    later = await people.say("mei", "#praise", "tomorrow")
    assert 86_000 < float(later) - float(first) < 87_000
    await people.set_clock("2031-03-30T09:00:00+02:00")
    assert abs((await people.state())["now"] - 1_932_620_400) < 60
    with pytest.raises(ControlError, match="zone"):
        await people.set_clock("2031-03-30T09:00:00")
    await people.move_clock(-10 * 86_400)
    assert float(await people.say("mei", "#praise", "the clock went back, the stamps do not")) > float(later)


async def test_waiting_gives_what_came_or_says_what_was_there(people: Control) -> None:
    await people.say("mei", "#praise", "one")
    await people.say("sam", "#praise", "two")
    assert len(await people.wait({"channel": "#praise", "count": 2}, timeout=1)) == 2
    (found,) = await people.wait({"channel": "#praise", "contains": "two", "lacks": "one"}, timeout=1)
    assert (await people.wait({"channel": "#praise", "after": float(found["ts"]) - 1e-6}, timeout=1))[-1] == found
    with pytest.raises(NotSeen, match="one"):
        await people.wait({"channel": "#praise", "contains": "three"}, timeout=0.05)
    with pytest.raises(ControlError, match="wait for what"):
        await people.wait({"weather": "fine"}, timeout=0.05)


async def test_people_and_channels_come_and_go(client: AsyncWebClient, people: Control) -> None:
    added = await people.add_user("ann", real_name="Ann", email="ann@example.com", is_stranger=True, locale="zh-TW")
    assert (await client.users_info(user=added["id"]))["user"]["is_stranger"]
    await people.invite("ann", "#praise")
    await people.update_user("ann", deleted=True)
    gone = (await client.users_info(user=added["id"], include_locale=True))["user"]
    assert gone["deleted"] and not {"locale", "tz", "is_admin", "real_name"} & set(gone)
    with pytest.raises(ControlError, match="deactivated"):
        await people.say("ann", "#praise", "still here?")
    room = await people.add_channel("newroom", private=True, members=["mei"], bot=True, locale="zh-CN")
    await people.invite("sam", "newroom", by="mei")
    assert (await client.conversations_members(channel=room["id"]))["members"] == [
        "U0MEI00000",
        "U0GEBOT001",
        "U0SAM00000",
    ]


async def test_two_people_talk_where_the_bot_hears_nothing(people: Control, listener: Listener) -> None:
    await people.say("mei", "@sam", "between us")
    outcome = await people.command("mei", "@sam", "/praise")
    assert outcome["ok"] and len(listener.heard) == 1
    assert b"channel_name=directmessage" in listener.heard[0][1]


async def test_a_command_may_have_several_lines(people: Control, listener: Listener) -> None:
    await people.command("mei", "#praise", "/praise\n@sam  two\nlines ")
    assert (await people.traffic())[-1]["payload"]["text"] == "<@U0SAM00000|sam>  two\nlines"


async def test_the_traffic_is_written_down(client: AsyncWebClient, people: Control, listener: Listener) -> None:
    await client.chat_postMessage(channel="C0PRAISE01", text="x")
    await people.command("sam", "#general", "/praise")
    call, delivery = [one for one in await people.traffic() if one.get("kind") != "events_api"]
    assert (call["way"], call["method"], call["ok"]) == ("from_app", "chat.postMessage", True)
    assert call["args"]["text"] == "x" and call["result"]["ts"]
    assert (delivery["way"], delivery["what"], delivery["ok"]) == ("to_app", "/praise by sam", True)
    assert delivery["ms"] >= 0 and "xoxb" not in json.dumps([call, delivery])
