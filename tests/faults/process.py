"""The bot as a process of its own, to be killed or stopped at any moment and started again."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.workspace import staff
from tests.faults.nursery import Child
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
READY_S = 180.0
END_S = 60.0
"""What the bot promises, ten seconds, `tests/whole/test_program.py` counts; here it may share its machine with many."""
Process = subprocess.Popen[bytes] | Child
SECRET = "5a0c9e7d1b3f4862"
"""Of the signed intake."""


class BotProcess:
    """One bot on the database at `url`, by default a file in `folder`, against the workspace that says `ready`; a
    `mutant` lacks a guard. While it is `warm`, what is begun is a fork of the nursery's, not a new interpreter."""

    warm = False

    def __init__(
        self, folder: Path, ready: Mapping[str, Any], mutant: str = "", name: str = "bot", url: str = ""
    ) -> None:
        self.url = url or f"sqlite:///{folder}/golden-ear.db"
        self.log = folder / f"{name}.log"
        self.port = free_port()
        self._folder = folder
        self._ready = ready
        self._mutant = mutant
        self._process: Process | None = None

    @property
    def request_url(self) -> str:
        """Where it takes what Slack sends in HTTP mode."""
        return f"{self.address}/slack/events"

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self, mode: str) -> None:
        """Start it for "http" or "socket", without waiting."""
        self._process = self._begun(("run",), self._environment(mode), self.log)

    async def up(self) -> None:
        """Wait until it says that it is well."""
        await self.past("")

    async def past(self, moment: str) -> None:
        """Wait until it is well and its own clock, in UTC, is past an ISO moment."""
        end = time.monotonic() + READY_S
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
            while await self._clock(session) <= moment:
                if not self.running or time.monotonic() > end:
                    raise AssertionError(f"the bot is not well: {self.log.read_text()[-2000:]}")
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def freeze(self) -> None:
        """SIGSTOP: it stands still where it is."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def begin(self, *arguments: str) -> Process:
        """Start another command of the bot on the same database, to be killed perhaps; what it says is thrown away."""
        return self._begun(arguments, self._environment("http"), Path(os.devnull))

    async def stop(self) -> int:
        """SIGTERM; gives the exit status. Raises TimeoutExpired or TimeoutError if it never ends."""
        assert self._process is not None
        self._process.terminate()
        return await asyncio.to_thread(self._process.wait, END_S)

    async def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the bot on the same database, to its end."""
        command, environment = [sys.executable, "-m", *self._command(arguments)], self._environment("http")
        return await asyncio.to_thread(
            subprocess.run, command, cwd=self._folder, env=environment, capture_output=True, text=True
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds, read without disturbing the bot; nothing while there are no tables."""
        return read(self.url, query)

    def errors(self) -> list[str]:
        """What the bot itself logged as errors."""
        return [line for _, line in self.timed_errors()]

    def timed_errors(self) -> list[tuple[float, str]]:
        """The same, each with its moment; what is no line of the log has none."""
        found = []
        for line in self.log.read_text(errors="replace").splitlines():
            if '"level": "ERROR"' in line:
                entry = json.loads(line)
                said = f"{entry['message']} {str(entry.get('exception', ''))[-300:]}".strip()
                found.append((datetime.fromisoformat(entry["time"]).timestamp(), said))
            elif line and not line.startswith("{"):
                found.append((0.0, line[:300]))
        return found

    async def _clock(self, session: aiohttp.ClientSession) -> str:
        """The bot's clock; nothing unless it is well."""
        try:
            async with session.get(f"{self.address}/healthz") as answer:
                return str((await answer.json())["clock"]) if answer.status == 200 else ""
        except (aiohttp.ClientError, TimeoutError):
            return ""

    def _begun(self, arguments: tuple[str, ...], environ: dict[str, str], log: Path) -> Process:
        module, *more = self._command(arguments)
        if self.warm:
            return Child(module, tuple(more), self._folder, environ, log)
        with log.open("ab") as said:
            command = [sys.executable, "-m", module, *more]
            return subprocess.Popen(command, cwd=self._folder, env=environ, stdout=said, stderr=said)

    def _command(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """The module and what it is told. `again` is a command of ours; with a mutant everything goes through
        `mutants`."""
        own = ("tests.faults.again",) if arguments == ("again",) else ("bot.__main__", *arguments)
        return ("tests.faults.mutants", self._mutant, *arguments) if self._mutant else own

    def _environment(self, mode: str) -> dict[str, str]:
        leads = ",".join(person.id for person in staff.STAFF if person.handle in staff.LEADS)
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self._ready["bot_token"],
            "SLACK_APP_TOKEN": self._ready["app_token"] if mode == "socket" else "",
            "SLACK_SIGNING_SECRET": self._ready["signing_secret"],
            "SLACK_API_URL": self._ready["api_url"],
            "DATABASE_URL": self.url,
            "INTAKE_SECRET": SECRET,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PRAISE_CHANNEL": staff.PRAISE_CHANNEL,
            "TIMEZONE": "Asia/Hong_Kong",
            "KEYS_DIR": str(self._folder / "keys"),
            "LEADS": leads,
            "CLOCK_FILE": self._ready["clock_file"],
            "LOG_LEVEL": "DEBUG",
        }


def read(url: str, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on either engine; none while there are no tables."""
    if url.startswith("postgresql"):
        import psycopg

        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("SET TimeZone=UTC")
            try:
                return connection.execute(query).fetchall()
            except psycopg.errors.UndefinedTable:
                return []
    try:
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as opened:
            return opened.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error) or "unable to open" in str(error):
            return []
        raise
