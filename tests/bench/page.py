"""The workspace in the browser: what it holds, how long who looks waits, and how smoothly a long channel scrolls."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp

from bot.workspace import Control, staff
from tests.bench import figures
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.scrolling import frames

MANIFEST = Path(__file__).parents[2] / "bot" / "manifest.json"
MOST_MB, MOST_FIRST_MS, MOST_TOLD_MS, MOST_FRAME_MS = 100, 300, 100, 50
ROOM = staff.PRAISE_CHANNEL
SAID = ("The lobby smells of oranges.", "Thank you, the guests in 402 were delighted.", "早班的同事，今天辛苦了！")


@dataclass(frozen=True)
class Workspace:
    """A workspace of its own process, and what it told when it was ready."""

    process: Running
    told: dict[str, str]

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.told["url"]


def measure(messages: int, viewers: int, times: int) -> Iterator[str | Finding]:
    """The tables: memory and first page, the time until the last of many viewers is told, and frames of scrolling."""
    taken = asyncio.run(_measured(messages, viewers, times))
    empty, held, first, told, drawn = taken.empty, taken.held, taken.first[1:], taken.told, taken.drawn
    yield (
        figures.table(
            ("the page of the local workspace", "p50 ms", "p99 ms"),
            [
                ["the very first page of a new workspace", *figures.halves(taken.first[:1])],
                [f"first page of a channel with {messages:,} messages", *figures.halves(first)],
                [f"from chat.postMessage to the last of {viewers} viewers", *figures.halves(told)],
                *([[f"a frame while {messages:,} messages are scrolled", *figures.halves(drawn)]] if drawn else []),
            ],
        )
        + "\n"
    )
    yield f"<!-- memory MB of the workspace: {empty:.1f} empty, {held:.1f} with {messages:,} messages -->\n"
    if not drawn:
        yield "<!-- no Chromium was found: nothing is said of scrolling -->\n"
    figure = f"memory MB of the workspace with {messages:,} messages in a channel"
    yield Finding(figure, f"< {MOST_MB}", f"{held:.0f}", held < MOST_MB)
    yield _finding(f"first page of a channel with {messages:,} messages, p99 ms", first, MOST_FIRST_MS)
    yield _finding(f"told to the last of {viewers} viewers, p99 ms", told, MOST_TOLD_MS)
    if drawn:
        yield _finding(f"frame while {messages:,} messages are scrolled, p99 ms", drawn, MOST_FRAME_MS)
        yield Finding("longest of these frames, ms", "", figures.ms(max(drawn)))


def _finding(figure: str, taken: Sequence[float], most: int) -> Finding:
    found = figures.percentile(taken, 0.99)
    return Finding(figure, f"< {most}", figures.ms(found), found * 1000 < most)


@dataclass(frozen=True)
class Taken:
    """What was measured: memory in MB before and after, and seconds."""

    empty: float
    held: float
    first: list[float]
    told: list[float]
    drawn: list[float]


async def _measured(messages: int, viewers: int, times: int) -> Taken:
    async with started() as workspace:
        empty = workspace.process.resident_mb
        await fill(workspace.url, messages)
        held = await _at_rest(workspace)
        first = await _first_pages(workspace.url, times)
        held = max(held, await _at_rest(workspace))
        told = await _told(workspace, viewers, times)
        held = max(held, await _at_rest(workspace))
        drawn = await frames(f"{workspace.url}/?as=mei&at={ROOM}&lang=en")
    return Taken(empty, held, first, told, drawn)


@asynccontextmanager
async def started() -> AsyncIterator[Workspace]:
    """`python -m bot.workspace`, alone in its process."""
    command = [sys.executable, "-m", "bot.workspace", "--manifest", str(MANIFEST), "--quiet"]
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, env={**os.environ})
    try:
        assert process.stdout is not None
        told = json.loads(await process.stdout.readline())
        port = int(told["url"].rpartition(":")[2])
        yield Workspace(Running(process.pid, port, perf_counter() - began), told)
    finally:
        process.terminate()
        await process.wait()


async def fill(url: str, messages: int) -> None:
    """Let people say so much, with reactions and threads among it."""
    async with Control(url) as people:
        handles = [one.handle for one in staff.STAFF]
        for number in range(messages):
            ts = await people.say(handles[number // 3 % len(handles)], ROOM, f"{number}: {SAID[number % len(SAID)]}")
            if number % 10 == 0:
                await people.react("sam", ROOM, ts, "tada")
            if number % 50 == 0:
                await people.say("jun", ROOM, "Well said", thread_ts=ts)


async def _first_pages(url: str, times: int) -> list[float]:
    """The whole page, as people who never looked get it first; the first of all is drawn for nobody before."""
    taken = []
    handles = [one.handle for one in staff.STAFF]
    async with aiohttp.ClientSession() as session:
        for number in range(times):
            began = perf_counter()
            asked = f"{url}/?as={handles[number % len(handles)]}&at={ROOM}&lang=en"
            async with session.get(asked) as reply:
                assert reply.status == 200 and await reply.read()
            taken.append(perf_counter() - began)
    return taken


async def _told(workspace: Workspace, viewers: int, times: int) -> list[float]:
    """From just before chat.postMessage is asked until the last of all has the order to show it."""
    taken = []
    async with AsyncExitStack() as closing:
        session = await closing.enter_async_context(aiohttp.ClientSession())
        sockets = [await closing.enter_async_context(_viewer(session, workspace.url, at)) for at in range(viewers)]
        for number in range(times):
            words = f"Told to everybody, number {number}."
            hearing = [asyncio.create_task(_heard(socket, words)) for socket in sockets]
            began = perf_counter()
            await _post(session, workspace, words)
            await asyncio.gather(*hearing)
            taken.append(perf_counter() - began)
            await asyncio.sleep(0.1)
    return taken


@asynccontextmanager
async def _viewer(
    session: aiohttp.ClientSession, url: str, number: int
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    person = staff.STAFF[number % len(staff.STAFF)]
    async with session.ws_connect(f"{url.replace('http', 'ws', 1)}/page/live", max_msg_size=0) as socket:
        await socket.send_json({"as": person.handle, "at": ROOM, "lang": "en"})
        await socket.receive_str()
        yield socket


async def _heard(socket: aiohttp.ClientWebSocketResponse, words: str) -> None:
    async with asyncio.timeout(30):
        while words not in await socket.receive_str():
            pass


async def _post(session: aiohttp.ClientSession, workspace: Workspace, words: str) -> None:
    headers = {"Authorization": f"Bearer {workspace.told['bot_token']}"}
    said = {"channel": ROOM, "text": words}
    async with session.post(f"{workspace.told['api_url']}chat.postMessage", json=said, headers=headers) as reply:
        assert (await reply.json())["ok"]


async def _at_rest(workspace: Workspace) -> float:
    """What it holds when nobody asks: the median of half a second."""
    looks = []
    for _ in range(5):
        await asyncio.sleep(0.1)
        looks.append(workspace.process.resident_mb)
    return median(looks)
