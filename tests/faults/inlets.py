"""Other ways in of a crash run: the shortcuts, the signed intake, and files of former praise that are imported."""

import asyncio
import csv
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp

from tests.faults.crowd import ROOMS, TRIES, Crowd
from tests.faults.process import SECRET, BotProcess, Process
from tests.faults.truth import HANDLES, IDS, Deed

INTAKE_S = 10.0
SHORT, LONG = 20, 600
"""Rows of a file: most are one batch, some are three."""
IMPORTS_KILLED = 0.6
PAUSE_S = 3.0


@dataclass
class Inlets:
    """The crowd with shortcuts, and a help desk that knows where the bot listens: at `address`."""

    crowd: Crowd
    address: str

    async def save(self) -> None:
        """A colleague's message, saved as praise."""
        crowd = self.crowd
        actor, author = crowd.dice.sample(HANDLES, 2)
        room = crowd.dice.choice(ROOMS)
        if crowd.wishful():
            async with crowd.gate.passing():
                ts = await crowd.people.say(author, room, "A guest wrote to me")
            opening = partial(crowd.people.message_shortcut, actor, room, ts, "save_praise")
            await crowd.fill_praise(actor, opening, "save_praise")

    async def record(self) -> None:
        """The form from anywhere."""
        actor = self.crowd.dice.choice(HANDLES)
        opening = partial(self.crowd.people.global_shortcut, actor, "record_praise")
        await self.crowd.fill_praise(actor, opening, "record_praise")

    async def take_in(self) -> None:
        """Another program sends praise; without an answer it sends the same again, and sometimes with one."""
        crowd = self.crowd
        if not crowd.wishful():
            return
        people = tuple(crowd.dice.sample(HANDLES, crowd.dice.choice((1, 1, 2))))
        deed = crowd.truth.deed("intake", "", people)
        ids: set[str] = set()
        for _ in range(TRIES):
            await self._send(deed, ids)
            if deed.told:
                break
            await asyncio.sleep(crowd.dice.uniform(0.1, 0.6))
            await crowd.up.wait()
        if deed.told and crowd.dice.random() < crowd.again:
            await self._send(deed, ids)
            crowd.truth.counts["intake sent again"] += 1
        if len(ids) > 1:
            crowd.truth.surprises.append(f"intake {deed.token} was answered with {len(ids)} ids")

    async def _send(self, deed: Deed, ids: set[str]) -> None:
        """One request; what it was answered with is added to `ids`."""
        told = {"people": [IDS[one] for one in deed.people], "words": f"Wrote to us: {deed.token}", "customer": "Ms Ho"}
        body, stamp = json.dumps(told).encode(), str(int(time.time()))
        digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Idempotency-Key": f"case-{deed.token}",
            "X-Golden-Ear-Timestamp": stamp,
            "X-Golden-Ear-Signature": f"v0={digest}",
        }
        deed.tries += 1
        timeout = aiohttp.ClientTimeout(total=INTAKE_S)
        try:
            async with (
                self.crowd.gate.passing(),
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(f"{self.address}/intake/praise", data=body, headers=headers) as answer,
            ):
                said = await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return
        if answer.status in (200, 201):
            deed.told = True
            ids.add(json.loads(said)["id"])
            self.crowd.answers.release()
        elif answer.status not in (502, 503):
            self.crowd.truth.surprises.append(f"intake {deed.token} was answered: {answer.status} {said[:200]}")


@dataclass
class Importer:
    """One file after the other is imported, awards and all, and started again where it was killed, until it is in."""

    crowd: Crowd
    bot: BotProcess
    folder: Path
    _file: Path | None = None
    _deeds: list[Deed] = field(default_factory=list)
    _files: int = 0
    _longest_s: float = 4.0

    async def live(self) -> None:
        """Import until cancelled."""
        while True:
            await self.crowd.up.wait()
            began = time.monotonic()
            await self._once(kills=True)
            await asyncio.sleep(PAUSE_S + self.crowd.dice.uniform(1, 2) * (time.monotonic() - began))  # others work too

    async def finish(self) -> None:
        """Bring the last file in."""
        while self._file is not None:
            await self._once(kills=False)

    async def _once(self, *, kills: bool) -> None:
        """Start the command on the file of now, perhaps kill it; a file that is in makes place for the next."""
        crowd, counts = self.crowd, self.crowd.truth.counts
        file = self._file = self._file or self._next()
        importing = self.bot.begin("import", "praise", str(file), "--award")
        began = time.monotonic()
        try:
            if kills and crowd.dice.random() < IMPORTS_KILLED:
                await asyncio.sleep(crowd.dice.uniform(0.2, 1.1) * self._longest_s)
            else:
                await asyncio.to_thread(importing.wait, 120)
                self._longest_s = time.monotonic() - began
        finally:
            ended = _ended(importing)
        counts["imports"] += 1
        counts["imports killed"] += ended < 0
        if ended == 0:
            for deed in self._deeds:
                deed.told = True
            file.unlink()
            self._file = None
        elif ended > 0:
            counts["imports that could not begin"] += 1

    def _next(self) -> Path:
        self._files += 1
        file = self.folder / f"praise-{self._files}.csv"
        day = datetime.now(UTC).date() - timedelta(days=40)
        with file.open("w", newline="", encoding="utf-8") as opened:
            table = csv.writer(opened)
            table.writerow(("happened_on", "people", "words", "customer", "source", "link"))
            self._deeds = [self._deed() for _ in range(LONG if self._files % 6 == 0 else SHORT)]
            for deed in self._deeds:
                people = " ".join(IDS[one] for one in deed.people)
                table.writerow((day, people, f"Long ago, {deed.token}", "a guest", "letter", ""))
        return file

    def _deed(self) -> Deed:
        people = tuple(self.crowd.dice.sample(HANDLES, self.crowd.dice.choice((1, 1, 2))))
        deed = self.crowd.truth.deed("import", "", people)
        deed.tries = 1
        return deed


def _ended(process: Process) -> int:
    """Its exit status; it is killed if it has not ended."""
    if process.poll() is None:
        process.kill()
    return process.wait()
