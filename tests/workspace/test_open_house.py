"""`golden-ear try` with its page: nothing plays by itself, stories play in places of their own, Ctrl-C ends it all."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.workspace import Control, ControlError, open_house, staff, times
from bot.workspace.plan import Plan
from bot.workspace.rehearsal import coming_tuesday
from bot.workspace.screen import Screen
from bot.workspace.stories import STORIES
from bot.workspace.stories.stage import instant
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "try")
ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+")
PATIENCE_S = 180


@dataclass
class Trying:
    """A `golden-ear try` that goes on, and the address of its page."""

    process: asyncio.subprocess.Process
    url: str
    shown: list[bytes]

    async def up(self) -> None:
        """Wait until the bot is there."""
        while b"Golden Ear is up" not in self.shown[-1]:
            self.shown.append(await self._line())

    async def end(self, by: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C; gives the status, when all it printed is read."""
        self.process.send_signal(by)
        async with asyncio.timeout(PATIENCE_S):
            rest, errors = await self.process.communicate()
        self.shown.append(rest)
        assert errors == b"", errors.decode()
        return int(self.process.returncode or 0)

    async def _line(self) -> bytes:
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            line = await self.process.stdout.readline()
        assert line, b"".join(self.shown).decode()
        return line


@asynccontextmanager
async def trying(folder: Path, *options: str) -> AsyncIterator[Trying]:
    (folder / "tmp").mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")}
    port = () if "--port" in options else ("--port", str(free_port()))
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *port, *options, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        one = Trying(process, "", [])
        while not (found := ADDRESS.search(b"".join(one.shown))):
            one.shown.append(await one._line())
        one.url = found[0].decode()
        yield one
    finally:
        if process.returncode is None:
            process.terminate()  # it ends the bots that it has begun
            try:
                await asyncio.wait_for(process.wait(), PATIENCE_S)
            except TimeoutError:
                process.kill()


async def status_of(url: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(url) as reply:
        assert reply.status in (200, 503)
        return reply.status


async def page(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as reply:
        assert reply.status == 200
        return await reply.text()


async def test_the_page_is_there_before_the_bot_and_nothing_plays_by_itself(tmp_path: Path) -> None:
    async with trying(tmp_path) as one:
        assert "Golden Ear is starting" in await page(one.url)
        await one.up()
        assert "Golden Ear is starting" not in await page(one.url)
        async with Control(one.url) as people:
            assert await people.messages("#praise") == []
            state = await people.state()
            now = datetime.fromtimestamp(state["now"], ZoneInfo(staff.HERE))
            assert 8 <= now.hour < 21
        assert await one.end() == 0
    assert b"rehearsal" in b"".join(one.shown)
    assert os.listdir(tmp_path / "tmp") == []


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_while_the_bot_starts_leaves_nothing_behind(tmp_path: Path, by: signal.Signals) -> None:
    async with trying(tmp_path) as one:
        assert await one.end(by) == 0
    assert os.listdir(tmp_path / "tmp") == []


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        command = (*COMMAND, "--port", port)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = await asyncio.create_subprocess_exec(
            *command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        shown, errors = await done.communicate()
    assert done.returncode == 2
    assert port.encode() in shown and errors == b""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "The rehearsal could not go on: No space left on device."),
        (BrokenPipeError(), ""),
    ],
)
async def test_what_ends_a_rehearsal_is_not_told_of_its_port(
    monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    async def opened(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(open_house._OpenHouse, "opened", opened)
    out, plan = StringIO(), Plan((), {}, ROOT / "bot" / "manifest.json", ROOT, port=free_port())
    assert await open_house.keep_open(plan, Screen(out), lambda day: day) == 1
    assert out.getvalue().strip() == said


@pytest.mark.parametrize("story", STORIES)
async def test_each_story_plays_through_in_a_place_of_its_own(tmp_path: Path, story: str) -> None:
    async with trying(tmp_path) as one, Control(one.url) as people:
        placed = (await people.ask("play", story=story))["url"]
        assert placed != one.url
        async with Control(placed) as there:
            await played(there)
            whole = await page(placed)
            assert "That was the story." in whole and f'href="{one.url}/?lang=en"' in whole
            assert await there.messages("#praise") != []
            assert await there.errors() == []
        assert await people.messages("#praise") == []
        assert await one.end() == 0
    assert os.listdir(tmp_path / "tmp") == []


async def test_the_story_before_is_ended_by_the_next_and_what_is_none_is_refused(tmp_path: Path) -> None:
    async with trying(tmp_path, "--story", "morning") as one, Control(one.url) as first:
        with pytest.raises(ControlError, match="no story 'evening'"):
            await first.ask("play", story="evening")
        second = (await first.ask("play", story="pulse"))["url"]
        assert "Two weeks of the pulse" in await page(second)
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    if await status_of(one.url) == 503:  # it is leaving
                        break
                except aiohttp.ClientError:
                    break
                await asyncio.sleep(0.1)
        assert await one.end() == 0
    assert os.listdir(tmp_path / "tmp") == []


async def test_what_happens_is_kept_in_a_file_and_goes_on_from_it(tmp_path: Path) -> None:
    kept = ("--keep", str(tmp_path / "rehearsal"))
    tuesday = coming_tuesday(datetime.now(times.HERE).date())
    later = instant(tuesday + timedelta(days=6), time(14))  # applause is looked for on posts of the last seven days
    async with trying(tmp_path, *kept) as one, Control(one.url) as people:
        await one.up()
        await people.set_clock(instant(tuesday, time(10, 5)))
        await people.command("aiko", "#general", "/praise @rosa “She found my ring.” from Mrs Halloran")
        (post,) = await people.wait({"channel": "#praise", "contains": "She found my ring"}, PATIENCE_S)
        await people.set_clock(later)
        assert await one.end() == 0
    async with trying(tmp_path, *kept) as one, Control(one.url) as people:
        await one.up()
        assert [message["ts"] for message in await people.messages("#praise")] == [post["ts"]]
        assert (await people.state())["now"] - datetime.fromisoformat(later).timestamp() < 300
        assert 'id="try-praise"' in await page(one.url) and "1 of 7 done" in await page(one.url)
        await people.command("rosa", "#general", "/points")
        (told,) = await people.wait({"ephemeral": "rosa"}, PATIENCE_S)
        assert "10 points" in told["text"]
        await people.react("mei", "#praise", post["ts"], "tada")
        await people.wait({"channel": "#praise", "contains": "1 colleague applauds"}, PATIENCE_S)
        assert await one.end() == 0
    assert sorted(os.listdir(tmp_path)) == ["rehearsal", "tmp"]


async def test_a_file_that_is_none_of_ours_is_said_and_left(tmp_path: Path) -> None:
    file = tmp_path / "letter"
    file.write_text("Dear grandmother")
    done = await asyncio.create_subprocess_exec(
        *COMMAND, "--keep", str(file), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    shown, errors = await done.communicate()
    assert done.returncode == 2 and errors == b""
    assert b"was not written by golden-ear try" in b" ".join(shown.split())
    assert file.read_text() == "Dear grandmother"


async def played(there: Control) -> None:
    """Watch a story as fast as it goes, to its end."""
    state = ""
    async with asyncio.timeout(PATIENCE_S):
        while state not in ("over", "failed"):
            await asyncio.sleep(0.2)
            state = (await there.ask("caption", do="speed", speed=1000))["state"]
    assert state == "over"
