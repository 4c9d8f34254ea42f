"""`/leaderboard` over a large ledger: what the database takes, and what the person waits."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from aiohttp import web

from bot import config, running
from bot.rules.company import Company
from bot.rules.periods import Period
from bot.services import leaderboards
from storage.database import Database
from tests.bench import figures, ledger, processes, signed
from tests.bench.load import exchange

PERSONS = 5000
ASKED: tuple[Period, ...] = ("month", "all")
_HEAD = ("ledger entries", "board", "database p50 ms", "p99 ms", "acknowledged p50 ms", "p99 ms", "answered p50 ms")


def measure(folder: Path, sizes: list[int], times: int) -> Iterator[str]:
    """The table, a board asked for `times` times at each size."""
    rows = []
    for size in sizes:
        at = folder / str(size)
        at.mkdir()
        began = perf_counter()
        ledger.fill(at / "bench.db", entries=size, persons=PERSONS, today=datetime.now(UTC).date())
        yield f"<!-- {size:,} entries of {PERSONS:,} people made in {perf_counter() - began:.0f} s -->\n"
        asked = {period: _database_time(at / "bench.db", period, times) for period in ASKED}
        with processes.slack() as slack_port, processes.bot(at, slack_port) as bot:
            for period in ASKED:
                acknowledged, answered = asyncio.run(_commands(bot.port, period, times))
                times_of = [*figures.halves(asked[period]), *figures.halves(acknowledged)]
                rows.append([f"{size:,}", period, *times_of, figures.halves(answered)[0]])
    yield figures.table(_HEAD, rows) + "\n"


def _database_time(path: Path, period: Period, times: int) -> list[float]:
    """Seconds of the service call, for people all over the board, on a connection that is open and warm."""
    database = Database(f"sqlite:///{path}")
    taken = []
    for number in range(-5, times):
        viewer = signed.user(number * 37 % PERSONS)
        began = perf_counter()
        database.read_now(
            lambda session, viewer=viewer: leaderboards.standing(  # type: ignore[misc]
                session, _company(), viewer, "points", period, now=datetime.now(UTC)
            )
        )
        taken.append(perf_counter() - began)
    database.close()
    return taken[5:]


def _company() -> Company:
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
