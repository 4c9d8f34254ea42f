"""Where the processor's time goes while praise is stored: the bot's threads are looked at from outside, 100 times a
second, by py-spy. A round of its own, for each look stops the bot for a moment.

py-spy and not cProfile: it needs no change in the bot, sees all threads, leaves out those that wait, and slows nothing
from within, so that small functions are not overrated. Not more often, for threads that wait are woken up by a look,
and seem to work if the next one comes too soon; nor without stopping it, which misses stacks that change fast.
"""

import subprocess
import sysconfig
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench import engines, figures, processes
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.sending import Load, Rounds

CONNECTIONS = 8
LOOKS_A_SECOND = 100
LARGEST = 5
PY_SPY = Path(sysconfig.get_path("scripts")) / "py-spy"
ROOT = Path(__file__).parents[2]
_SITE = Path(sysconfig.get_path("purelib"))

_PARTS = {
    "SQL: statements, SQLAlchemy, driver, engine": ("storage", "sqlalchemy", "sqlmodel", "psycopg", "sqlite3"),
    "Bolt's dispatch": ("slack_bolt", "bot/app.py"),
    "HTTP and the event loop": (
        "uvicorn", "starlette", "asyncio", "uvloop", "httptools", "anyio", "concurrent", "selectors.py",
        "bot/server.py", "bot/bodies.py", "bot/intake.py", "bot/shapes.py", "slack_sdk/signature",
    ),
    "JSON and forms": ("json", "urllib/parse.py"),
    "words and views": ("bot/views", "babel", "gettext.py", "bot/locales"),
    "rules and services": ("bot/services", "bot/rules", "bot/parsing.py", "bot/tags.py"),
    "listeners": ("handlers", "bot/desk"),
    "sending to Slack": ("bot/delivery", "aiohttp", "slack_sdk", "yarl", "multidict"),
    "log and figures": ("logging", "bot/logs.py", "bot/figures.py", "prometheus_client"),
}  # fmt: skip
"""Each function belongs to the part that its file begins with; one of the standard library to that of its caller."""
_REST = "the rest"
_WAITING = ("_worker in concurrent/futures/thread.py", "_work in storage/database.py")
"""A thread in a function's own lines here waits for something to do, whatever woke it up."""


class NotToBeSeen(Exception):
    """The bot cannot be looked into here; the text says why."""


def measure(folder: Path, on: Sequence[Engine], seconds: float) -> Iterator[str | Finding]:
    """The table: the largest parts of each engine."""
    rows = []
    for engine in on:
        with (
            engines.database(engine, folder, "profile") as (at, url),
            processes.slack() as slack,
            processes.bot(at, slack, url) as bot,
        ):
            try:
                looks, each_s = _looked_at(bot, at / "looks", seconds)
            except NotToBeSeen as error:
                yield f"No profile: {error}\n"
                return
        rows += _rows(engine.name, looks, each_s)
    head = ("stored by", "part", "share of processor time", "CPU ms a praise", "most of it in")
    yield figures.table(head, rows) + "\n"


def parts(looks: Iterable[tuple[Sequence[str], int]]) -> dict[str, Counter[str]]:
    """How often each part was seen at work, and in which function; a look is frames `function (file)` from the
    outermost to the innermost, and how often it was the same."""
    found: dict[str, Counter[str]] = {}
    for frames, times in looks:
        part, frame = _part(frames)
        if not frame.endswith(_WAITING):
            found.setdefault(part, Counter())[frame] += times
    return found


def _part(frames: Sequence[str]) -> tuple[str, str]:
    for frame in reversed(frames):
        function, _, place = frame.partition(" (")
        where = _within(place.rpartition(":")[0] if ":" in place else place.removesuffix(")"))
        for part, beginnings in _PARTS.items():
            if where.startswith(beginnings):
                return part, f"{function} in {where}"
    return _REST, frames[-1].partition(" (")[0]


def _within(file: str) -> str:
    """The file within its package: below site-packages, the repository or the standard library."""
    path = Path(file)
    for root in (_SITE, ROOT, Path(sysconfig.get_path("stdlib"))):
        if path.is_relative_to(root):
            return str(path.relative_to(root))
    return file


def _looked_at(bot: Running, file: Path, seconds: float) -> tuple[list[tuple[list[str], int]], float]:
    """What was seen, and the processor time of a praise. Raises NotToBeSeen."""
    if not PY_SPY.exists():
        raise NotToBeSeen("py-spy is not installed")
    load, found = Load(), Rounds()
    load.warm(bot)
    command = [
        str(PY_SPY), "record", f"--pid={bot.pid}", f"--duration={max(1, round(seconds - 1))}", f"--output={file}",
        f"--rate={LOOKS_A_SECOND}", "--format=raw", "--full-filenames", "--function",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as looking:
        load.run(bot, CONNECTIONS, seconds, found)
        _, said = looking.communicate(timeout=60)
    if looking.returncode or not file.exists():
        raise NotToBeSeen(
            f"py-spy may not look into the bot (it wants root, or sysctl kernel.yama.ptrace_scope=0): {said[-200:]}"
        )
    lines = (line.rpartition(" ") for line in file.read_text().splitlines())
    return [(stack.split(";"), int(times)) for stack, _, times in lines], found.cpu_each_s


def _rows(name: str, looks: list[tuple[list[str], int]], each_s: float) -> list[list[str]]:
    seen = parts(looks)
    total = sum(part.total() for part in seen.values())
    largest = sorted(seen.items(), key=lambda item: -item[1].total())[:LARGEST]
    return [
        [
            name, part, f"{within.total() / total:.0%}", figures.ms(each_s * within.total() / total),
            ", ".join(f"`{frame}` {times / total:.0%}" for frame, times in within.most_common(2)),
        ]
        for part, within in largest
    ]  # fmt: skip
