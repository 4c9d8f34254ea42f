"""The tools beside the room, over real sockets: who hears of the clock, of faults, of the traffic, and what is seen."""

import asyncio
import html
import json
from collections.abc import AsyncIterator
from functools import cache
from html.parser import HTMLParser

import aiohttp
import pytest
from htpy import fragment
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, staff
from bot.workspace.page import entry_whole, inspecting, inspector
from bot.workspace.page.json_text import masked
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.words import words
from bot.workspace.shapes import Json
from bot.workspace.state import Settings, Workspace
from tests.workspace.conftest import Listener, client, listener, people, section, slack
from tests.workspace.test_deliveries import one_event

__all__ = ["client", "listener", "people", "slack"]
ROOM = staff.PRAISE_CHANNEL
AIKO = "U0AIKO0000"


class Viewer:
    """A browser that only listens."""

    def __init__(self, stream: aiohttp.ClientWebSocketResponse) -> None:
        self._stream = stream

    async def look(self, **more: str) -> None:
        """Look at the room with this tool."""
        await self._stream.send_json({"as": "aiko", "at": ROOM, "lang": "en", **more})

    async def next(self) -> list[Json]:
        """Give the next orders."""
        return list(json.loads(await asyncio.wait_for(self._stream.receive_str(), 60)))

    async def until(self, do: str, id: str = "", *, only: str = "") -> Json:
        """Wait for an order of that kind, for that element; with `only`, all until then are to be of that kind."""
        while True:
            for order in await self.next():
                assert not only or order["do"] in (only, "look")
                if order["do"] == do and id in ("", order["id"]):
                    return order


@pytest.fixture
async def viewer(slack: Running) -> AsyncIterator[Viewer]:
    slack.workspace.channels.direct(staff.BOT_USER_ID, AIKO)  # else it is opened, and told, while one draws
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{slack.url.replace('http', 'ws')}/page/live") as stream,
    ):
        yield Viewer(stream)


async def whole(slack: Running, number: int, lang: str = "en") -> str:
    address = f"{slack.url}/page/traffic/{number}?as=U0AIKO0000&lang={lang}"
    async with aiohttp.ClientSession() as session, session.get(address) as reply:
        assert reply.status == 200 and "default-src 'none'" in reply.headers["Content-Security-Policy"]
        return await reply.text()


async def test_everybody_hears_that_the_clock_was_moved(viewer: Viewer, people: Control) -> None:
    await viewer.look()
    await viewer.until("fill", "top")
    await people.ask("hotel_time", at="2027-03-05T17:30")
    told = (await viewer.until("fill", "mark-clock"))["html"]
    assert "Fri 5 Mar" in told and "17:30" in told and "Tokyo" in told and "18:30" in told and "moved" in told
    await people.ask("real_time")
    assert "moved" not in (await viewer.until("fill", "mark-clock"))["html"]


async def test_the_open_clock_names_the_mornings_to_come(viewer: Viewer, people: Control) -> None:
    await viewer.look(tool="clock")
    panel = (await viewer.until("fill", "tools"))["html"]
    assert 'id="clock-form"' in panel and "four hours" in panel
    await people.ask("hotel_time", at="2026-11-27T12:00")
    jumps = (await viewer.until("fill", "clock-jumps"))["html"]
    assert "Sat 28 Nov 09:00" in jumps and "Mon 30 Nov 09:00" in jumps


async def test_everybody_is_told_what_is_broken_until_it_is_well_again(viewer: Viewer, people: Control) -> None:
    await viewer.look()
    await viewer.until("fill", "top")
    await people.ask("scene", name="refuses")
    banner = (await viewer.until("fill", "trouble"))["html"]
    assert "Slack refuses for 30 seconds" in banner and "data-left" in banner
    await people.clear_faults()
    assert (await viewer.until("fill", "trouble"))["html"] == ""


async def test_a_switch_shows_how_often_its_fault_has_struck(
    viewer: Viewer, people: Control, client: AsyncWebClient
) -> None:
    await viewer.look(tool="faults")
    await viewer.until("fill", "tools")
    await people.ask("scene", name="refuses")
    assert "Has not struck yet" in (await viewer.until("fill", "scenes"))["html"]
    with pytest.raises(SlackApiError):
        await client.auth_test()
    assert "Struck once" in (await viewer.until("fill", "scenes"))["html"]


async def test_only_whoever_has_the_inspector_open_is_told_of_the_traffic(
    viewer: Viewer, people: Control, client: AsyncWebClient
) -> None:
    await people.set_clock("2026-11-24T12:00:10+08:00")  # no minute ends meanwhile
    await viewer.look()
    await viewer.until("fill", "top")
    await client.auth_test()
    await people.move_clock(1)
    await viewer.until("fill", "mark-clock", only="fill")
    await viewer.look(tool="inspector")
    assert "auth.test" in (await viewer.until("fill", "tools", only="fill"))["html"]
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=ROOM, text="x", blocks=[{"type": "gremlin"}])
    row = (await viewer.until("traffic"))["html"]
    assert "chat.postMessage" in row and "invalid_blocks" in row and "#praise" in row


async def test_what_is_sought_is_all_that_is_told(viewer: Viewer, client: AsyncWebClient) -> None:
    await viewer.look(tool="inspector")
    await viewer.until("fill", "tools")
    await client.auth_test()
    await client.chat_postMessage(channel=ROOM, text="早安", blocks=[section("謝謝大家")])
    await viewer.look(tool="inspector", seek="name=postmess")
    found = (await viewer.until("fill", "traffic"))["html"]
    assert "chat.postMessage" in found and "auth.test" not in found
    await viewer.look(tool="inspector", seek="way=from_app&words=%E8%AC%9D%E8%AC%9D")
    assert (await viewer.until("fill", "traffic"))["html"].count("<li") == 1
    await client.auth_test()
    await client.chat_postMessage(channel=ROOM, text="謝謝")
    assert "chat.postMessage" in (await viewer.until("traffic"))["html"]


async def test_an_entry_tells_all_about_a_refusal(slack: Running, people: Control, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=ROOM, text="x", blocks=[{"type": "gremlin"}])
    told = html.unescape(await whole(slack, (await people.traffic())[-1]["n"]))
    assert "one post a second in each channel" in told and "<dd>200</dd>" in told and "Copy blocks" in told
    assert "invalid_blocks" in told and "[ERROR] unsupported type: gremlin [json-pointer:/blocks/0]</p>" in told


async def test_a_delivery_shows_the_calls_that_came_of_it(
    slack: Running, people: Control, listener: Listener, client: AsyncWebClient
) -> None:
    await people.command("sam", "#general", "/praise")
    delivery = (await people.traffic())[-1]
    async with aiohttp.ClientSession() as session:
        await session.post(delivery["payload"]["response_url"], json={"text": "thanks"})
    await client.auth_test()
    told = await whole(slack, delivery["n"])
    assert "What the app did with it" in told and ">response_url<" in told and ">auth.test<" not in told
    call = (await people.traffic())[-2]
    assert f'data-show="{delivery["n"]}"' in await whole(slack, call["n"])


async def test_no_token_is_shown_whole(slack: Running, people: Control, listener: Listener) -> None:
    await people.command("sam", "#general", "/praise xoxp-1234-5678")
    entry = (await people.traffic())[-1]
    told = await whole(slack, entry["n"])
    settings = slack.workspace.settings
    for secret in (settings.verification_token, entry["payload"]["response_url"].rsplit("/", 1)[1], "1234-5678"):
        assert secret not in told
    assert "xoxb…" in str(masked({settings.bot_token: [settings.bot_token]}, settings))


async def test_what_was_told_can_be_told_again(people: Control, listener: Listener) -> None:
    await one_event(people)
    await people.wait({"event": "team_join"})
    await people.redeliver((await people.traffic())[-1]["delivery"])
    assert [one["attempt"] for one in await people.traffic() if one["way"] == "to_app"] == [0, 1]


async def test_an_entry_that_is_forgotten_is_said_to_be(slack: Running) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{slack.url}/page/traffic/999999?as=U0AIKO0000") as reply,
    ):
        assert reply.status == 404


# ---- hostile words -------------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """What is markup, and what is not."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _ in attrs)))


def elements(markup: object) -> set[tuple[str, tuple[str, ...]]]:
    parser = Elements()
    parser.feed(str(markup))
    return set(parser.seen)


HOSTILE = st.one_of(
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</pre></li>", "&lt;b&gt;", "'", "\x00"]
    ),
    st.text(max_size=40),
)
SPOKEN = st.recursive(HOSTILE, lambda inner: st.dictionaries(HOSTILE, inner, max_size=3) | st.lists(inner, max_size=3))


@cache
def reader() -> Reader:
    workspace = Workspace(Settings(quiet=True))
    return Reader(workspace, workspace.people.find("aiko"), HOME, words("en"))


def drawn(one: Reader, call: object, said: str) -> set[tuple[str, tuple[str, ...]]]:
    """Journal a call and a delivery with these words, and give the elements of which their pictures are made."""
    journal = one.workspace.journal
    told = {"ok": False, "error": said, "ms": 1.0}
    result = {"response_metadata": {"messages": [said]}}
    args = {"text": said, "metadata": call}
    journal.note(
        {"way": "from_app", "method": "chat.postMessage", "args": args, "result": result, "status": 200, **told}
    )
    payload = {"type": "shortcut", "user": {"id": said}, "callback_id": said, "more": call}
    more = {"what": said, "delivery": "d1", "attempt": 0, "detail": said, "fault": "", "ack": {"text": call}}
    journal.note({"way": "to_app", "kind": "interactive", "payload": payload, **more, **told})
    journal.error("bad_ack", said, envelope=call)
    found = list(inspecting.found(one.workspace, inspecting.Seek()))[:3]
    rows = "".join(str(inspector.row(one, entry)) for entry in found)
    return elements(rows + "".join(str(fragment[entry_whole.drawn(one, entry)]) for entry in found))


@given(SPOKEN, HOSTILE)
def test_no_markup_is_born_from_what_was_sent(call: object, said: str) -> None:
    for tag, attributes in drawn(reader(), call, said):
        assert tag not in ("script", "img", "iframe", "a", "style", "link", "object", "b"), tag
        assert not any(name.startswith("on") or name in ("style", "src", "href") for name in attributes), attributes
