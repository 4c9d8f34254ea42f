"""Bad days of the database: nothing is acknowledged that is not stored, admins hear of it, and it mends by itself.

The bot is a process of its own before the local workspace, and never started again. How each day is simulated:
a full disk, a read-only file and a failing disk by SQLite's VFS in that process, which answers writes with the error
(`tests.faults.sick`); the lock by another connection's open transaction; PostgreSQL by a server that is really stopped.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.workspace import Control, Settings, read_manifest, serve, staff
from tests.faults import sick
from tests.faults.process import ROOT, SECRET, BotProcess
from tests.servers import NotToBeHad, server
from tests.whole.house import ACK_S

ALARM, WELL, SORRY = "I cannot store anything at present", "My database is well again", "Something went wrong"
PATIENCE_S = 60.0
IDS = {person.handle: person.id for person in staff.STAFF}


class SickBot(BotProcess):
    """Everything that it does, it does on a disk that may fall ill."""

    @property
    def switch(self) -> Path:
        return self._folder / "switch"

    def _command(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        return ("tests.faults.sick", str(self.switch), *arguments)


class Hotel:
    """The bot, those who ask it for something until they are answered well, and what they were answered before."""

    def __init__(self, bot: SickBot, people: Control) -> None:
        self.bot, self.people = bot, people
        self.sorry: list[str] = []
        self.refused: list[tuple[int, str | None]] = []
        self.imports: list[str] = []

    async def praise(self, actor: str, token: str) -> None:
        """Type the same command until it is confirmed."""
        while True:
            outcome = await self.people.command(actor, "#praise", f"/praise @ling She was wonderful, {token}")
            said = str((outcome["body"] or {}).get("text", "")) if outcome["ok"] else ""
            if outcome["ok"] and SORRY not in said:
                return
            self.sorry.append(said)
            await asyncio.sleep(0.5)

    async def send(self, token: str) -> None:
        """Another program sends the same under the same key until it is told that it is stored."""
        told = {"people": [IDS["jun"]], "words": f"Wrote to us: {token}", "customer": "Ms Ho"}
        body = json.dumps(told).encode()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                stamp = str(int(time.time()))
                signed = b"v0:" + stamp.encode() + b":" + body
                headers = {
                    "Idempotency-Key": token,
                    "X-Golden-Ear-Timestamp": stamp,
                    "X-Golden-Ear-Signature": "v0=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest(),
                }
                async with session.post(f"{self.bot.address}/intake/praise", data=body, headers=headers) as answer:
                    if answer.status in (200, 201):
                        return
                    self.refused.append((answer.status, answer.headers.get("Retry-After")))
                await asyncio.sleep(0.5)

    async def bring(self, token: str, folder: Path) -> None:
        """Import a file until that command ends well."""
        file = folder / "former.csv"
        rows = [
            f"2026-03-0{day},{IDS['rosa']},Long ago she was so kind {token} {day},a guest,letter," for day in (2, 3)
        ]
        file.write_text("\n".join(["happened_on,people,words,customer,source,link", *rows, ""]))
        while (done := await self.bot.ask("import", "praise", str(file))).returncode:
            self.imports.append(done.stderr)
            assert done.returncode == 1, done.stderr

    async def health(self) -> tuple[int, str, bool]:
        """The status of /healthz, what it says of the database, and whether the metric says that it fails."""
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{self.bot.address}/healthz") as answer:
                status, told = answer.status, (await answer.json())["database"]
            async with session.get(f"{self.bot.address}/metrics") as answer:
                return status, told, "golden_ear_database_failing 1.0" in await answer.text()

    async def logged(self, words: str) -> None:
        """Wait until the bot has said so in its log."""
        async with asyncio.timeout(PATIENCE_S):
            while words not in self.bot.log.read_text():  # noqa: ASYNC110 (another process writes it)
                await asyncio.sleep(0.1)

    def stored(self, token: str) -> int:
        return int(self.bot.rows(f"SELECT count(*) FROM praise WHERE words LIKE '%{token}%'")[0][0])


@contextlib.asynccontextmanager
async def hotel(folder: Path, url: str = "") -> AsyncIterator[Hotel]:
    """A Monday at the hotel; its bot must be up to the end."""
    settings = Settings(
        manifest=read_manifest(ROOT / "bot" / "manifest.json"),
        clock_file=folder / "clock",
        retry_seconds=(1.0,) * 100,
        ack_seconds=ACK_S,  # who waits for the lock is told after 2.5 s, at best
        quiet=True,
    )
    async with serve(settings) as slack, Control(slack.url) as people:
        await people.set_clock("2026-11-23T10:00:00+08:00")
        bot = SickBot(folder, slack.ready(), url=url)
        try:
            bot.start("http")
            await bot.up()
            await people.use_http(bot.request_url)
            yield Hotel(bot, people)
            assert await bot.stop() == 0
        finally:
            bot.kill()


async def a_bad_day(hotel: Hotel, folder: Path, alarm: str, fail: Callable[[], Any], mend: Callable[[], Any]) -> None:
    """The day from morning to evening; `fail` and `mend` take a moment, `alarm` is in the admins' message."""
    people = hotel.people
    await hotel.praise("sam", "token-0")
    post = (await people.wait({"channel": "#praise", "contains": "token-0"}, PATIENCE_S))[-1]
    await hotel.logged("if the database fails, 1 admins are told")
    assert (await hotel.health())[::2] == (200, False)

    await asyncio.to_thread(fail)
    asking = [
        *(asyncio.create_task(hotel.praise(actor, f"token-{actor}")) for actor in ("sam", "aiko", "noah")),
        *(asyncio.create_task(hotel.send(f"token-sent-{number}")) for number in range(2)),
        asyncio.create_task(hotel.bring("token-brought", folder)),
    ]
    await people.react("mei", "#praise", post["ts"], "tada")
    told = (await people.wait({"dm": "sam", "contains": [ALARM, alarm]}, PATIENCE_S))[-1]
    assert told["blocks"][0]["type"] == "header"
    assert [task for task in asking if task.done()] == []
    assert await hotel.health() == (503, "failing", True)
    assert hotel.sorry and hotel.refused and set(hotel.refused) == {(503, "10")}
    assert all("reference" in said for said in hotel.sorry if said) and any(hotel.sorry)

    await asyncio.to_thread(mend)
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*asking)
    await people.wait({"dm": "sam", "contains": WELL}, PATIENCE_S)
    assert await hotel.health() == (200, "ok", False)
    await everything_stands_once(hotel)


async def everything_stands_once(hotel: Hotel) -> None:
    people, bot = hotel.people, hotel.bot
    tokens = ["token-0", "token-sam", "token-aiko", "token-noah", "token-sent-0", "token-sent-1"]
    for token in tokens:
        await people.wait({"channel": "#praise", "contains": token}, PATIENCE_S)
    await people.wait({"idle": True}, PATIENCE_S)
    posts = [message["text"] for message in await people.messages("#praise")]
    dms = [message["text"] for message in await people.dms("sam")]

    assert [hotel.stored(token) for token in tokens] == [1] * len(tokens)
    assert hotel.stored("token-brought") == 2
    assert [sum(token in text for text in posts) for token in tokens] == [1] * len(tokens)
    assert bot.rows("SELECT count(*) FROM applause WHERE emoji = 'tada' AND stands") == [(1,)]
    assert sum(ALARM in text for text in dms) == sum(WELL in text for text in dms) == 1
    assert all("database" in said and "Traceback" not in said for said in hotel.imports)
    assert bot.rows("SELECT count(*) FROM inbox WHERE kind = 'probe'") == [(0,)]
    assert (await bot.ask("db", "check")).returncode == 0
    log = [json.loads(line) for line in bot.log.read_text().splitlines()]
    assert [entry for entry in log if "exception" in entry] == []
    assert sum(entry["message"] == "golden-ear is ready workspace=T0GEHOTEL1 mode=http" for entry in log) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="SQLite is another library there")
@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("answer", "alarm"),
    [(sick.FULL, "is full"), (sick.READ_ONLY, "can only be read"), (sick.BROKEN, "fails, or takes nothing")],
    ids=["full", "read-only", "failing"],
)
async def test_a_disk_that_takes_nothing(tmp_path: Path, answer: int, alarm: str) -> None:
    async with hotel(tmp_path) as house:
        switch = house.bot.switch
        await a_bad_day(house, tmp_path, alarm, lambda: switch.write_text(str(answer)), switch.unlink)


@pytest.mark.timeout(240)
async def test_a_database_that_another_program_holds(tmp_path: Path) -> None:
    async with hotel(tmp_path) as house:
        path = house.bot.url.removeprefix("sqlite:///")
        holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            await a_bad_day(
                house, tmp_path, "another program", lambda: holder.execute("BEGIN IMMEDIATE"), holder.rollback
            )
        finally:
            holder.close()


@pytest.mark.timeout(300)
async def test_a_server_that_goes_and_comes(tmp_path: Path) -> None:
    try:
        with server() as running:
            async with hotel(tmp_path, running.url()) as house:
                await a_bad_day(house, tmp_path, "cannot be reached", running.stop, running.start)
    except NotToBeHad as why:
        pytest.skip(f"there is no PostgreSQL to test with: {why}")
