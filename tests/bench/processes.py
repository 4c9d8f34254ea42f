"""The processes that are measured, each started here and ended here."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.signed import CHANNEL, SECRET
from tests.ports import free_port

Started = contextlib.AbstractContextManager["Running"]
PATIENCE_S = 120.0
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Running:
    """A process that answers on `port`, `ready_s` seconds after it was started."""

    pid: int
    port: int
    ready_s: float

    @property
    def resident_mb(self) -> float:
        """Memory that it holds now, in MB of 1,000,000 bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    @property
    def cpu_s(self) -> float:
        """Seconds of processor time that it has used, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK_S


@contextlib.contextmanager
def slack() -> Iterator[int]:
    """The stand-in for Slack's Web API; gives its port."""
    with _child([sys.executable, "-m", "tests.bench.slack"], {}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())


def seen(slack_port: int) -> dict[str, Any]:
    """What the stand-in was sent so far (`tests.bench.slack`)."""
    with urllib.request.urlopen(f"http://127.0.0.1:{slack_port}/seen", timeout=PATIENCE_S) as answer:
        return dict(json.load(answer))


def until(holds: Callable[[], bool], otherwise: str, patience_s: float = PATIENCE_S, look_s: float = 0.05) -> None:
    """Wait for something. Ends the bench, with these words, if it does not come."""
    end = time.perf_counter() + patience_s
    while not holds():
        if time.perf_counter() > end:
            raise SystemExit(otherwise)
        time.sleep(look_s)


@contextlib.contextmanager
def bot(folder: Path, slack_port: int, url: str, module: str = "bot", **more: str) -> Iterator[Running]:
    """The bot as `golden-ear run` starts it, with this database, further settings, and its log in `folder`."""
    port = free_port()
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_APP_TOKEN": "",
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "PRAISE_CHANNEL": CHANNEL,
        "DATABASE_URL": url,
        "QUIET_HOURS": "",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        **more,
    }
    with _serving([sys.executable, "-m", module, "run"], settings, port, folder / "bot.log") as running:
        yield running


@contextlib.contextmanager
def empty_listener(folder: Path) -> Iterator[Running]:
    """The empty Bolt listener."""
    port = free_port()
    with _serving([sys.executable, "-m", "tests.bench.empty", str(port)], {}, port, folder / "empty.log") as running:
        yield running


@contextlib.contextmanager
def trying(folder: Path) -> Iterator[Running]:
    """The page as `golden-ear try` opens it; it is ready when it can be looked at, the bot may still be starting."""
    port = free_port()
    command = [sys.executable, "-m", "bot", "try", "--port", str(port)]
    with _serving(command, {}, port, folder / "try.log", path="/") as running:
        yield running


def hears(port: int) -> bool:
    """True if a bot is connected to the workspace at this port."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/state", data=b"{}", timeout=PATIENCE_S) as answer:
        return int(json.load(answer)["result"]["connections"]) > 0


@contextlib.contextmanager
def _serving(
    command: list[str], settings: Mapping[str, str], port: int, log: Path, path: str = "/healthz"
) -> Iterator[Running]:
    began = time.perf_counter()
    with log.open("ab") as errors, _child(command, settings, stdout=errors, stderr=errors) as process:
        while not _healthy(port, path):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE_S:
                raise SystemExit(f"{' '.join(command[1:])} did not come up:\n{log.read_text()[-2000:]}")
            time.sleep(0.005)
        yield Running(process.pid, port, time.perf_counter() - began)


@contextlib.contextmanager
def _child(
    command: list[str], settings: Mapping[str, str], stdout: object = None, stderr: object = None
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, env={**os.environ, **settings}, text=True, stdout=stdout, stderr=stderr)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _healthy(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
