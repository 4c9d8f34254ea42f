"""Rooms, people and what is unread, as the page shows them."""

import json
import re

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, staff
from tests.workspace.page.watching import Browser, browser, entries, words

PRAISE, GENERAL = staff.PRAISE_CHANNEL, staff.GENERAL_CHANNEL
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def place(one: Browser, name: str) -> str:
    """What the side says of a place."""
    links = re.findall(r"<a [^>]*data-at=.*?</a>", one.regions["places"], re.S)
    return next(words(link) for link in links if name in words(link))


async def got(slack: Running, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(slack.url + path, headers=headers) as reply:
        return reply.status, (await reply.read()).decode(errors="replace"), dict(reply.headers)


async def test_what_is_unread_is_counted_for_each_person(slack: Running, people: Control) -> None:
    await people.say("sam", "#general", "for everybody")
    await people.say("sam", "#general", "for @mei and nobody else")
    await people.say("noah", "@mei", "between us")
    async with browser(slack) as mei, browser(slack) as jun:
        await mei.look("mei")
        await jun.look("jun")
        assert (place(mei, "general"), place(jun, "general")) == ("# general 1 1 unread", "# general 2 unread")
        assert place(mei, "Noah") == "NL Noah Lindqvist 1 1 unread"
        assert "Noah" not in jun.regions["places"]
        assert mei.title.startswith("(2) #praise") and jun.title.startswith("• #praise")
        await mei.look("mei", GENERAL)
        assert place(mei, "general") == "# general"
        await people.say("sam", "#praise", "@mei again")
        await mei.until(lambda: mei.title.startswith("(2) #general"))
        await jun.look("jun", GENERAL)
        await people.say("jun", "#praise", "mine")
        await jun.until(lambda: place(jun, "praise") == "# praise")


async def test_two_windows_of_one_person_know_of_one_another(slack: Running, people: Control) -> None:
    async with browser(slack) as one, browser(slack) as other:
        await one.look("mei")
        await people.say("sam", "#general", "@mei")
        await one.until(lambda: "(1)" in one.title)
        await other.look("mei", GENERAL)
        await one.until(lambda: "(1)" not in one.title)


async def test_a_line_stands_above_what_is_new_since_one_was_there(slack: Running, people: Control) -> None:
    await people.say("sam", "#praise", "old")
    async with browser(slack) as mei:
        await mei.look("mei")
        assert "New messages" not in mei.room
        await mei.look("mei", GENERAL)
        await people.say("sam", "#praise", "fresh")
        await people.say("sam", "#praise", "fresher")
        await mei.look("mei")
        assert mei.room.index("old") < mei.room.index("New messages") < mei.room.index("fresh")
        await mei.look("mei", anew=True)
        assert mei.room.index("old") < mei.room.index("New messages") < mei.room.index("fresh")
        await mei.look("mei", GENERAL)
        await mei.look("mei")
        assert "New messages" not in mei.room


async def test_nobody_reads_what_nobody_sees(slack: Running, people: Control) -> None:
    async with browser(slack) as mei:
        await people.say("sam", "#praise", "seen")
        await mei.look("mei")
        await mei.ask("mei", away=True)
        await people.say("sam", "#praise", "@mei not seen")
        await mei.until(lambda: mei.title.startswith("(1)"))
        await mei.ask("mei", away=False)
        await mei.until(lambda: mei.title.startswith("#praise"))
        await mei.sees("New messages")
        assert mei.room.index("seen") < mei.room.index("New messages") < mei.room.index("not seen")


async def test_older_messages_come_page_by_page_without_gap_or_twin(slack: Running, people: Control) -> None:
    said = [await people.say("sam", "#praise", f"number {number}.") for number in range(150)]
    async with browser(slack) as mei:
        await mei.look("mei")
        held = [one for one in mei.lists["messages"] if one.startswith("m-")]
    more = True
    while more:
        path = f"/page/more?as=mei&at={PRAISE}&lang=en&before={held[0].removeprefix('m-')}"
        status, body, _ = await got(slack, path)
        assert status == 200
        page = json.loads(body)
        more = page["more"]
        held = [one for one in entries(page["html"]) if one.startswith("m-")] + held
    assert held == [f"m-{ts}" for ts in said]


@pytest.mark.parametrize(
    "asked", ["as=olu&at=C0GENERAL1&before=9", "as=mei&at=home&before=9", "as=mei&at=C0PRAISE01", "as=x&before=9"]
)
async def test_nothing_older_is_given_to_whoever_may_not_look(slack: Running, asked: str) -> None:
    assert (await got(slack, f"/page/more?{asked}"))[0] == 404


async def test_everybody_has_a_role_a_team_a_language_and_a_time(slack: Running, people: Control) -> None:
    await people.set_clock("2026-11-24T12:00:10+08:00")  # no minute ends while it is drawn
    async with browser(slack) as one:
        await one.look("priya")
        told = words(one.regions["side"])
    for said in (
        "Sam Okafor admin Reception · General manager · English",
        "陳美儀 lead Reception · Head of reception · 繁體中文",
        "王俊 Service · Porter · 简体中文",
        "Olu Visiting guest",
    ):
        assert said in told
    assert "Rota Bot" not in told and "Slackbot" not in told
    times = set(re.findall(r"\d\d:\d\d local time", told))
    assert len(times) == 3, "Hong Kong, Tokyo and London"


async def test_a_guest_sees_only_their_channels_and_members_their_private_ones(slack: Running) -> None:
    async with browser(slack) as one:
        await one.look("olu")
        assert "general" not in one.regions["places"]
        await one.look("tomas")
        assert "kitchen-office" in one.regions["places"]
        await one.look("mei")
        assert "kitchen-office" not in one.regions["places"]


async def test_who_looks_into_a_channel_may_join_it(slack: Running, people: Control) -> None:
    room = await people.add_channel("new")
    async with browser(slack) as mei:
        await mei.look("mei", room["id"])
        assert f'data-join="{room["id"]}"' in mei.regions["room"] and "<textarea" not in mei.regions["room"]
        await people.invite("mei", "new")
        await mei.until(lambda: "<textarea" in mei.regions["room"])


async def test_files_are_shown_or_given_and_never_run(slack: Running, client: AsyncWebClient) -> None:
    for name, content in (("a.png", PNG), ("b.csv", b"a,b"), ("c.svg", b"<svg onload='x()'/>"), ("d.html", b"<p>")):
        await client.files_upload_v2(channel=PRAISE, filename=name, content=content, title=f"The {name}")
    async with browser(slack) as mei:
        await mei.look("mei")
        room = mei.regions["room"]
    ids = re.findall(r'href="/page/file/(F\w+)"', room)
    assert len(ids) == 4 and len(re.findall(r'<img[^>]* src="/page/file/', room)) == 1
    kinds = []
    for one in ids:
        status, _, headers = await got(slack, f"/page/file/{one}")
        assert status == 200 and headers["X-Content-Type-Options"] == "nosniff"
        kinds.append((headers["Content-Type"], headers["Content-Disposition"].partition(";")[0]))
    assert kinds == [("image/png", "inline")] + [("application/octet-stream", "attachment")] * 3
    assert (await got(slack, "/page/file/F0NOWHERE"))[0] == 404
    assert (await got(slack, f"/page/file/{ids[0]}", Host="example.com"))[0] == 403


async def test_a_message_that_was_changed_says_so_and_one_with_a_name_of_markup_is_harmless(
    slack: Running, people: Control, client: AsyncWebClient
) -> None:
    await people.add_user("eve", real_name="<script>alert(1)</script>")
    await people.invite("eve", "#praise")
    ts = await people.say("eve", "#praise", "<img src=x onerror=alert(1)>")
    await people.react("eve", "#praise", ts, "tada")
    posted = await client.chat_postMessage(channel=PRAISE, text="one")
    await client.chat_update(channel=PRAISE, ts=str(posted["ts"]), text="two")
    _, page, _ = await got(slack, f"/?as=mei&at={PRAISE}&lang=en")
    assert "(edited)" in words(page)
    assert "<script>alert" not in page and "<img src=x" not in page


async def test_a_run_of_one_person_has_one_head(slack: Running, people: Control) -> None:
    one = await people.say("sam", "#praise", "one")
    two = await people.say("sam", "#praise", "two")
    await people.move_clock(600)
    late = await people.say("sam", "#praise", "late")
    async with browser(slack) as mei:
        await mei.look("mei")
        drawn = mei.lists["messages"]
        runs = [('class="entry run"' in drawn[f"m-{ts}"]) for ts in (one, two, late)]
    assert runs == [False, True, False]
