"""One crash run from the first start to the verdict."""

import asyncio
import contextlib
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import ClassVar

from bot.workspace import Control, Running, Settings, read_manifest, serve
from tests.faults import answers, ledger, nursery, seen, settling
from tests.faults.crowd import MORE_ROOMS, Act, Crowd
from tests.faults.days import Days
from tests.faults.earners import Earners
from tests.faults.fans import Fans
from tests.faults.inlets import Importer, Inlets
from tests.faults.process import ROOT, BotProcess
from tests.faults.report import Report
from tests.faults.spenders import Spenders
from tests.faults.thinkers import Thinkers
from tests.faults.truth import HANDLES, KINDS, Truth
from tests.servers import server

PAUSE_S = 1.7
"""Between two acts of one of the crowd: all that they bring has to leave at Slack's pace, 4 messages a second."""
OWED = 40
"""Messages that may wait; they leave at Slack's pace, and a morning's has to leave before its day can end."""
AFTERWARDS = 8
"""Kudos and intakes of a brief run that no kill disturbs: it might have too few that are delivered again."""
USUAL_S = 1.0
"""How long a warm start takes; where it takes longer, lives are longer too, or nothing would ever happen in them."""
STARTING = 0.12
"""Share of kills that hit the bot while it starts."""
MANY = 100
"""Kills of a run in which every way in must have flowed."""
COLD = 20
"""One start in so many is of a new interpreter, as is the last; the others are forks (`tests.faults.nursery`)."""


@dataclass
class Run:
    """`kills` kills in `folder` by the dice of `seed`, fewer if they take longer than `at_most_s`; `again` is the share
    that is delivered twice. `engine` is sqlite or postgresql, a server of the run's own.

    A `brief` run does more at once, kills just after answers only, and ends before all that is owed has left, which
    takes the longest: it looks at what is stored and not at what people see.
    """

    folder: Path
    kills: int
    seed: int
    again: float
    mutant: str = ""
    brief: bool = False
    engine: str = "sqlite"
    at_most_s: float = float("inf")
    wishes: ClassVar = 2
    """Deeds for each life of the bot, while it does not owe too much."""
    retry_s: ClassVar = 0.3
    """Slack's retries come within minutes; these come as soon, and as often, as a bot that starts in a second needs."""
    _slowness: float = 1.0
    _lives: list[tuple[float, float]] = field(default_factory=list)
    _modes: Counter[str] = field(default_factory=Counter)
    _load: answers.Load = field(default_factory=answers.Load)
    _events: settling.Events = field(default_factory=settling.Events)

    async def run(self) -> Report:
        """Do it all."""
        if self.engine == "sqlite":
            return await self._run("")
        with server() as running:
            return await self._run(running.url())

    async def _run(self, url: str) -> Report:
        begun = time.monotonic()
        nursery.open_()
        settings = Settings(
            manifest=read_manifest(ROOT / "bot" / "manifest.json"),
            clock_file=self.folder / "clock",
            retry_seconds=(self.retry_s,) * 600,
            quiet=True,
        )
        self.dice, self.truth = Random(self.seed), Truth()
        async with serve(settings) as self.slack, Control(self.slack.url) as self.people:
            self.bot = await self._hire(self.slack, url)
            self.crowd = Crowd(self.people, self.truth, self.dice, self.again, PAUSE_S / (3 if self.brief else 1))
            self.days = Days(self.people, self.crowd, self.bot)
            self.importer, self.acts = Importer(self.crowd, self.bot, self.folder), self._acts()
            watching = asyncio.create_task(self._load.watch())
            try:
                await self._live_and_die()
                killed = time.monotonic()
                faults = await self._verdict()
            finally:
                watching.cancel()
                await self._dismiss()
        return Report(
            self.seed, f"{self.mutant or 'the bot as it is'} on {self.engine}", self._modes, self.truth,
            len(self.days.due), faults, killed - begun, time.monotonic() - killed,
        )  # fmt: skip

    async def _hire(self, slack: Running, url: str) -> BotProcess:
        """The bot, not started yet."""
        return BotProcess(self.folder, slack.ready(), self.mutant, url=url)

    async def _dismiss(self) -> None:
        """Whatever becomes of the run, nothing of it goes on."""
        self.bot.kill()

    @property
    def _address(self) -> str:
        """Where other programs find the bot."""
        return self.bot.address

    async def _live_and_die(self) -> None:
        await self.days.begin()
        for room in MORE_ROOMS:
            await self.people.add_channel(room.removeprefix("#"), members=HANDLES, bot=True)
        await self.people.duplicates(self.again, self.seed)
        living = [asyncio.create_task(self.crowd.live(self.acts)), asyncio.create_task(self.importer.live())]
        try:
            await self._lives_and_deaths(living)
        finally:
            for task in living:
                task.cancel()
            await asyncio.gather(*living, return_exceptions=True)

    async def _lives_and_deaths(self, living: list[asyncio.Task[None]]) -> None:
        """All the kills, while the crowd is `living`."""
        end = time.monotonic() + self.at_most_s
        for number in range(self.kills):
            if time.monotonic() > end:
                return
            await self._one_life("socket" if number % 3 == 2 else "http", number)
            for task in living:
                if task.done():
                    task.result()

    def _acts(self) -> list[tuple[int, Act]]:
        """What the crowd does, each with its weight."""
        crowd, fans, earners = self.crowd, Fans(self.crowd), Earners(self.crowd)
        inlets, thinkers = Inlets(crowd, self._address), Thinkers(crowd, self.bot.rows)
        spenders = Spenders(crowd, self.bot.rows)
        return [
            (10, crowd.praise), (3, crowd.praise_form), (10, crowd.kudos), (4, crowd.kudos_form), (6, crowd.join),
            (3, inlets.save), (3, inlets.record), (5, inlets.take_in), (4, earners.hand_on), (4, earners.name_helper),
            (5, thinkers.suggest), (4, thinkers.back), (8, thinkers.answer), (3, thinkers.solve),
            (3, spenders.shelve), (3, spenders.plan), (6, spenders.ask), (6, spenders.give), (5, spenders.approve),
            (3, spenders.deliver),
            (8, fans.star), (24, fans.applaud),
        ]  # fmt: skip

    async def _one_life(self, mode: str, number: int) -> None:
        """Start the bot, let it work, kill it: at any moment, or just after it has acknowledged something."""
        ready = 0.0
        await self._go_on()
        self.bot.warm = number % COLD > 0
        if number and not self.brief and self.dice.random() < STARTING:
            self.bot.start(mode)
            await asyncio.sleep(self.dice.uniform(0.05, 1.0) * self._slowness)
            self._modes["while starting"] += 1
        else:
            await self._start(mode)
            ready = time.time()
            await self.days.killed()
            if self.brief or self.dice.random() < 0.5:
                self.crowd.answers = asyncio.Semaphore(0)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(8 if self.brief else 2.5 * self._slowness):
                        for _ in range(self.dice.choice((1, 1, 2, 3))):
                            await self.crowd.answers.acquire()
                await asyncio.sleep(self.dice.uniform(0, 0.03))
                self._modes["just after an answer"] += 1
            else:
                await asyncio.sleep(self.dice.uniform(0.05, 1.8) * self._slowness)
                self._modes["at any moment"] += 1
        self._modes[mode] += 1
        self._modes["kills"] += 1
        self.crowd.up.clear()
        killed = time.time()
        self.bot.kill()
        if ready:
            self._lives.append((ready, killed))

    async def _go_on(self) -> None:
        """Count what has come, and let the crowd ask for a little more."""
        self._events.count(self.slack.workspace, self.truth)
        if self.brief or len(await settling.owed(self.people, self.bot)) < OWED:
            self.crowd.wishes += self.wishes * (3 if self.brief else 1)

    async def _start(self, mode: str) -> None:
        if mode == "http":
            await self.people.use_http(self.bot.request_url, verify=False)
        else:
            await self.people.use_socket()
        began = time.monotonic()
        self.bot.start(mode)
        await self.bot.up()
        if self.bot.warm:
            self._slowness = min(8.0, max(1.0, (time.monotonic() - began) / USUAL_S))
        if mode == "socket":
            await self.people.wait({"connections": 1}, timeout=60)
        self.crowd.up.set()

    async def _verdict(self) -> list[str]:
        """Start it once more, let everything arrive, end it, and hold it against the truth."""
        self.bot.warm = False
        await self._start("http")
        ready = time.time()
        await self.importer.finish()
        faults = await self._arrived()
        self._events.count(self.slack.workspace, self.truth)
        looked = await seen.look(self.people)
        faults += await self._end()
        self._lives.append((ready, time.time()))
        deeds = await self.bot.ask("again")
        if deeds.returncode:
            faults.append(f"wrong: the deeds could not be entered again: {deeds.stderr[-500:]}")
        rows, held = self.bot.rows, ledger.read(self.bot.rows)
        await answers.regretted(self.people, self.truth, held)
        faults += [*ledger.faults(held, self.truth, rows), *ledger.stars(looked.standing(), rows)]
        if not self.brief:
            faults += [*seen.gathered(looked, rows), *seen.faults(looked, held, self.truth)]
            faults += [*seen.sent(looked, rows), *seen.strangers(looked, rows)]
            faults += [*seen.applause(looked, held, rows), *seen.mornings(looked, self.days.due)]
        if self.kills >= MANY:
            faults += [f"wrong: no {kind} was ever acknowledged" for kind in KINDS if not self.truth.told(kind)]
        checked = await self.bot.ask("db", "check")
        faults += [f"wrong: db check: {line}" for line in checked.stderr.splitlines() if checked.returncode]
        return faults + await self._rules_broken()

    async def _end(self) -> list[str]:
        """SIGTERM; gives what is wrong with that."""
        status = await self.bot.stop()
        return [f"wrong: SIGTERM ended the bot with {status}"] if status else []

    def _logged(self) -> list[str]:
        """What the bot called errors."""
        return self._load.report(self.truth, self.bot.timed_errors(), stood=False)

    async def _arrived(self) -> list[str]:
        """Wait for all that is under way; gives what never arrived."""
        try:
            await self._undisturbed()
            await self.crowd.rest()
            await self.people.wait({"idle": True}, timeout=30)
            if not self.brief:
                await self.days.last_morning(partial(settling.drained, self.people, self.bot))
                if self.mutant != "no-sweep":
                    await settling.swept(self.bot)
        except AssertionError as error:
            return [f"lost: {error}"]
        return []

    async def _undisturbed(self) -> None:
        """Go every way in once more, now that nobody kills. Raises AssertionError if an answer never comes."""
        since = time.time()
        brief = (self.crowd.kudos, Inlets(self.crowd, self._address).take_in) * AFTERWARDS
        for act in brief if self.brief else [act for _, act in self.acts]:
            self.crowd.wishes = len(self.truth.deeds) + 2
            await act()
        await answers.insisted(self.people, self.days, since)

    async def _rules_broken(self) -> list[str]:
        """What the workspace held against the bot and no kill explains, broadcasts, and what the bot calls errors."""
        found = [f"wrong: the bot set off {ping}" for ping in await self.people.pings()]
        found += await answers.faults(self.people, self.days, self.truth, self._excuse)
        dead = self.bot.rows("SELECT key, error FROM outbox WHERE state = 'dead'")
        found += [f"wrong: {key} was given up: {error}" for key, error in dead]
        found += [f"wrong: the bot logged {line}" for line in self._logged()]
        return found + [f"wrong: {surprise}" for surprise in self.truth.surprises]

    def _excuse(self, moment: float, what: str) -> str:
        """Why a try failed at that moment, if there is a reason that is none of the bot's."""
        if "status 500" in what:  # never a kill's doing
            return "tries answered 500 by a machine with too much to do" if self._load.too_much(moment) else ""
        return answers.while_away(self._lives, moment, what)
