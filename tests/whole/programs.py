"""The bot as a program: `python -m bot`, in a folder of its own, with nothing of this machine's settings."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.ports import free_port
from tests.whole.house import ROOT

PATIENCE_S = 90.0
BEAT_S = 0.05


@dataclass
class Stalls:
    """How long this machine has run nobody who was to run: what it lost of the seconds that a test counts."""

    lost: float = 0.0

    async def watch(self) -> None:
        """Count until cancelled."""
        while True:
            began = time.monotonic()
            await asyncio.sleep(BEAT_S)
            self.lost += time.monotonic() - began - BEAT_S


@contextlib.asynccontextmanager
async def stalls() -> AsyncIterator[Stalls]:
    """Count what the machine loses while the block lasts."""
    found = Stalls()
    watching = asyncio.create_task(found.watch())
    try:
        yield found
    finally:
        watching.cancel()


@dataclass
class Program:
    """A running `python -m bot …`; its words are in `log`."""

    process: asyncio.subprocess.Process
    log: Path
    url: str

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    async def ended(self) -> int:
        """Its exit status, once it has ended."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()

    async def told_to_end(self) -> tuple[int, float]:
        """Send SIGTERM; the exit status and the seconds until it came."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return await self.ended(), time.monotonic() - began

    async def get(self, path: str) -> tuple[int, str]:
        """The status and body of a page; 0 while nobody listens."""
        try:
            async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientConnectionError:
            return 0, ""

    async def is_(self, path: str, status: int) -> str:
        """Wait until a page has that status; gives its body."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found, body = await self.get(path)
                if found == status:
                    return body
                assert self.process.returncode is None, self.said
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def program(folder: Path, *arguments: str, **environ: str) -> AsyncIterator[Program]:
    """Run `python -m bot` in `folder` with these settings alone; whatever still runs at the end is killed."""
    environ.setdefault("PORT", str(free_port()))
    log = folder / f"log-{environ['PORT']}-{time.monotonic_ns()}"
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), "LOG_LEVEL": "DEBUG"}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=folder, env={**own, **environ}, stdout=out, stderr=out
        )
    try:
        yield Program(process, log, f"http://127.0.0.1:{environ['PORT']}")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def run(folder: Path, *arguments: str, **environ: str) -> tuple[int, str]:
    """The exit status of `python -m bot …` and all that it said."""
    async with program(folder, *arguments, **environ) as running:
        return await running.ended(), running.said
