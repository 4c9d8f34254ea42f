"""`/leaderboard` and `/points` over a large ledger: what the database takes, and what the person waits."""

import asyncio
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import get_args

from aiohttp import web
from sqlmodel import Session

from bot import config, running
from bot.rules.company import Company
from bot.rules.periods import PERIODS, Period
from bot.rules.points import Board
from bot.services import leaderboards, points
from storage.database import Database
from tests.bench import engines, figures, ledger, processes, signed
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.load import exchange

PERSONS = 5000
ASKED: tuple[Period, ...] = ("month", "all")
"""What is asked of the whole bot as well."""
MOST_MS = 10
NO_PERIOD = "at once"
_WARM = 5
_HEAD = ("/leaderboard of the whole bot", "entries", "acknowledged p50 ms", "p99 ms", "answered p50 ms", "p99 ms")
Asked = Callable[[Session, str], object]


def measure(folder: Path, on: Sequence[Engine], sizes: Sequence[int], times: int) -> Iterator[str | Finding]:
    """Two tables, each board asked for `times` times at each size."""
    within: list[list[str]] = []
    around: list[list[str]] = []
    for engine in on:
        for size in sizes:
            if not _room(folder, size):
                yield f"{engine.name} with {size:,} entries is left out: there is no room for it on this disk.\n"
                continue
            with engines.database(engine, folder, f"boards-{size}") as (at, url):
                began = perf_counter()
                ledger.fill(url, entries=size, persons=PERSONS, today=datetime.now(UTC).date())
                yield f"<!-- {engine.name}: {size:,} entries made in {perf_counter() - began:.0f} s -->\n"
                taken = _database_times(url, times)
                within += [[engine.name, f"{size:,}", *row] for row in _rows(taken)]
                around += _whole(engine, at, url, size, times)
            if size == max(sizes):
                yield from _findings(engine, size, taken)
    yield f"Database time in ms, p50 and p99, of {PERSONS:,} people in turn:\n"
    yield figures.table(("database", "entries", "asked", *PERIODS, NO_PERIOD), within) + "\n"
    yield figures.table(_HEAD, around) + "\n"


def _room(folder: Path, size: int) -> bool:
    return shutil.disk_usage(folder).free > size * ledger.BYTES_AN_ENTRY + 2e9


def _questions() -> dict[tuple[str, str], Asked]:
    """What is asked: by its name and period."""
    ours, now = company(), datetime.now(UTC)
    found: dict[tuple[str, str], Asked] = {}
    for board in get_args(Board):
        for period in PERIODS:
            found[f"/leaderboard {board}", period] = lambda session, viewer, board=board, period=period: (  # type: ignore[misc]
                leaderboards.standing(session, ours, viewer, board, period, now=now)
            )
    found["/leaderboard @oneself", NO_PERIOD] = lambda session, viewer: leaderboards.record(
        session, ours, viewer, viewer, now=now
    )
    found["/points", NO_PERIOD] = lambda session, viewer: points.statement(session, ours, viewer, now=datetime.now(UTC))
    return found


def _database_times(url: str, times: int) -> dict[tuple[str, str], list[float]]:
    """Seconds of each service call, for people all over the board, on a connection that is open and warm."""
    database = Database(url)
    taken: dict[tuple[str, str], list[float]] = {}
    for name, asked in _questions().items():
        for number in range(-_WARM, times):
            viewer = signed.user(number * 37 % PERSONS)
            began = perf_counter()
            database.read_now(lambda session, viewer=viewer, asked=asked: asked(session, viewer))  # type: ignore[misc]
            if number >= 0:
                taken.setdefault(name, []).append(perf_counter() - began)
    database.close()
    return taken


def _rows(taken: dict[tuple[str, str], list[float]]) -> list[list[str]]:
    """A line for each kind of question, a column for each period."""
    kinds = dict.fromkeys(kind for kind, _ in taken)
    columns = (*PERIODS, NO_PERIOD)
    return [[kind, *(" / ".join(figures.halves(taken.get((kind, each), ()))) for each in columns)] for kind in kinds]


def _findings(engine: Engine, size: int, taken: dict[tuple[str, str], list[float]]) -> Iterator[Finding]:
    for command in ("/leaderboard", "/points"):
        asked = [seconds for (kind, _), seconds in taken.items() if kind.startswith(command)]
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            slowest = max(figures.percentile(seconds, share) for seconds in asked)
            figure = f"`{command}` at {size:,} entries, its slowest question, {name} ms in the database, {engine.name}"
            yield Finding(figure, f"< {MOST_MS}", figures.ms(slowest), slowest * 1000 < MOST_MS)


def _whole(engine: Engine, at: Path, url: str, size: int, times: int) -> list[list[str]]:
    """What the person waits for whom the whole bot answers."""
    rows = []
    with processes.slack() as slack, processes.bot(at, slack, url) as bot:
        for period in ASKED:
            acknowledged, answered = asyncio.run(_commands(bot.port, period, times))
            halves = [*figures.halves(acknowledged), *figures.halves(answered)]
            rows.append([f"{engine.name}, {period}", f"{size:,}", *halves])
    return rows


def company() -> Company:
    """The company that the load belongs to."""
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "PRAISE_CHANNEL": signed.CHANNEL, "SLACK_SIGNING_SECRET": signed.SECRET}
    return running.company_of(config.load(environ, Path("/dev/null")), signed.TEAM)


async def _commands(port: int, period: Period, times: int) -> tuple[list[float], list[float]]:
    """Seconds until the acknowledgement, and until the board is there, one command after the other."""
    heard: asyncio.Queue[float] = asyncio.Queue()
    runner, url = await _hearing(heard)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    acknowledged, answered = [], []
    first = time.time_ns()
    for number in range(times):
        viewer = signed.user(number * 41 % PERSONS)
        request = signed.request(signed.command("/leaderboard", viewer, period, first + number, url))
        began = perf_counter()
        status, body = await exchange(reader, writer, request)
        acknowledged.append(perf_counter() - began)
        assert (status, body) == (200, b""), (status, body)
        async with asyncio.timeout(10):
            answered.append(await heard.get() - began)
    writer.close()
    await runner.cleanup()
    return acknowledged, answered


async def _hearing(heard: asyncio.Queue[float]) -> tuple[web.AppRunner, str]:
    """Stand where a response_url points to."""

    async def hear(request: web.Request) -> web.Response:
        message = json.loads(await request.read())
        assert any(block["type"] == "data_table" for block in message["blocks"]), message
        heard.put_nowait(perf_counter())
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/answer", hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/answer"
