"""The app under rehearsal: a real process of its own, in a folder of its own, with made-up settings."""

import asyncio
import contextlib
import errno
import random
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import aiohttp

from bot.workspace import staff
from bot.workspace.client import Control
from bot.workspace.server import Running
from bot.workspace.stories import Missing
from bot.workspace.telling import Told

HOST = "127.0.0.1"
START_S, END_S = 90.0, 60.0
"""Patience with a slow computer."""
BURY_S = 10.0
"""How long whoever leaves waits for an app that does not end."""
LOG_LINES = 25
PORTS = range(25_000, 32_000)
"""Below those that a computer gives to whoever asks for any, who might be given it before the app listens."""


class App:
    """The process, where it listens and where it writes its log."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, log: Path) -> None:
        self._process = process
        self._url = url
        self._log = log

    async def ready(self, people: Control, *, http: bool) -> None:
        """Wait until it hears the workspace. Raises Missing if it ends or takes too long."""
        end = asyncio.get_running_loop().time() + START_S
        while not await self._healthy():
            if self._process.returncode is not None:
                status = str(self._process.returncode)
                raise Missing(Told("Golden Ear ended at once, with status {status}", status=status))
            if asyncio.get_running_loop().time() > end:
                raise Missing(Told("Golden Ear was not ready within {seconds} s", seconds=f"{START_S:g}"))
            await asyncio.sleep(0.05)
        if http:
            await people.use_http(f"{self._url}/slack/events")
        else:
            await people.wait({"connections": 1}, timeout=START_S)

    async def ended(self) -> None:
        """Wait until it ends. Raises Missing if its status is not 0."""
        if status := await self._process.wait():
            raise Missing(Told("Golden Ear ended with status {status}", status=str(status)))

    async def end(self, patience: float = END_S) -> None:
        """Ask it to end. Raises Missing if it does not within so many seconds, or not well."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(patience):
                await self.ended()
        except TimeoutError:
            told = Told("Golden Ear did not end within {seconds} s of being asked", seconds=f"{patience:g}")
            raise Missing(told) from None

    async def bury(self) -> None:
        """Let nothing of it be left, whatever it does."""
        with contextlib.suppress(Missing):
            await self.end(BURY_S)
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def last_words(self) -> list[str]:
        """Give the end of its log."""
        return self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]

    async def _healthy(self) -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self._url}/healthz") as reply:
                return reply.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


@contextlib.asynccontextmanager
async def started(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    slack: Running,
    *,
    http: bool,
    settings: Mapping[str, str],
) -> AsyncIterator[App]:
    """Start the app in `folder` against a workspace, with these settings of the story; it is gone when the block
    ends."""
    port, log = _free_port(), folder / "log"
    kept = {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={**kept, **_settings(folder, slack, port, http=http), **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,  # Ctrl-C is ours: we end it in order
        )
    app = App(process, f"http://{HOST}:{port}", log)
    try:
        yield app
    finally:
        await app.bury()


def _settings(folder: Path, slack: Running, port: int, *, http: bool) -> dict[str, str]:
    """The app's settings for the hotel, by their names in its documentation."""
    told = slack.ready()
    leads = ",".join(person.id for person in staff.STAFF if person.handle in staff.LEADS)
    transport = {"SLACK_SIGNING_SECRET": "signing_secret"} if http else {"SLACK_APP_TOKEN": "app_token"}
    return {
        "SLACK_BOT_TOKEN": told["bot_token"],
        **{name: told[given] for name, given in transport.items()},
        "SLACK_API_URL": told["api_url"],
        "DATABASE_URL": f"sqlite:///{folder / 'golden-ear.db'}",
        "HOST": HOST,
        "PORT": str(port),
        "PRAISE_CHANNEL": staff.PRAISE_CHANNEL,
        "TIMEZONE": staff.HERE,
        "LANGUAGE": "",
        "LEADS": leads,
        "VALUES": "care,craft,courage",
        "PULSE": "off",
        "CLOCK_FILE": told["clock_file"],
        "PYTHONIOENCODING": "utf-8",
    }


def _free_port() -> int:
    for port in random.sample(PORTS, len(PORTS)):
        with contextlib.suppress(OSError), socket.create_server((HOST, port)):
            return port
    raise OSError(errno.EADDRNOTAVAIL, "no port is free")
