"""A crash run with several replicas on one PostgreSQL: some are killed, some stand still for longer than a lease."""

import asyncio
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from bot.workspace import Running
from tests.faults.answers import BUSY
from tests.faults.process import BotProcess
from tests.faults.run import COLD, Run
from tests.faults.wires import Front, Wire

WAVE = 2
"""Replicas that stand still at once."""
STALL_S = (16.0, 20.0)
"""Longer than the lease of 15 s."""
CAUGHT_S = 30.0
AFTER_S = 5.0
"""How long after a replica goes on, or dies, others may still fail that had waited for it."""
TWICE = "stood twice"
GONE = ("status 502", "status 503")
"""The front's answers for a replica that died over a request, and for none that is there."""


@dataclass
class Replicated(Run):
    """`replicas` bots behind one front; `stalls` times one stands still just after a message of its has left it, which
    arrives only when another has taken the row over."""

    replicas: int = 4
    stalls: int = 20
    wishes = 4
    retry_s = 2.0
    _stopped: set[int] = field(default_factory=set)
    _stood: list[tuple[float, float]] = field(default_factory=list)
    _away: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def _hire(self, slack: Running, url: str) -> BotProcess:
        ready = slack.ready()
        self.wire = await self._away.enter_async_context(Wire(ready["api_url"]))
        self.front = await self._away.enter_async_context(Front(self.dice))
        self.bots = [
            BotProcess(
                self.folder, {**ready, "api_url": self.wire.end_of(number)}, self.mutant, name=f"bot{number}", url=url
            )
            for number in range(self.replicas)
        ]
        return self.bots[0]

    async def _dismiss(self) -> None:
        for bot in self.bots:
            bot.kill()
        await self._away.aclose()

    @property
    def _address(self) -> str:
        return self.front.url

    async def _start(self, mode: str) -> None:
        """Have every replica up."""
        await self.people.use_http(f"{self.front.url}/slack/events", verify=False)
        for bot in self.bots:
            await self._up(bot)
        self.front.open = list(self.bots)
        self.crowd.up.set()

    async def _up(self, bot: BotProcess) -> None:
        """Have one up; as its service manager would, start it again if it ends because the database is too busy."""
        while True:
            if not bot.running:
                bot.warm = self._modes["kills"] % COLD > 0
                bot.start("http")
            try:
                return await bot.up()
            except AssertionError:
                if bot.running or not any(busy in bot.log.read_text(errors="replace")[-2000:] for busy in BUSY):
                    raise
                self.truth.counts["starts that gave up on a busy database"] += 1

    async def _end(self) -> list[str]:
        twins = sum(TWICE in line for bot in self.bots for line in bot.log.read_text(errors="replace").splitlines())
        self.truth.counts["second copies that were deleted"] = twins
        ends = [await bot.stop() for bot in self.bots]
        never = [f"lost: {what} was never answered by a bot that was up" for what in self.front.unanswered]
        return never + [f"wrong: SIGTERM ended replica {number} with {end}" for number, end in enumerate(ends) if end]

    async def _lives_and_deaths(self, living: list[asyncio.Task[None]]) -> None:
        await self._start("http")
        waves, end = max(1, -(-self.stalls // WAVE)), time.monotonic() + self.at_most_s
        for wave in range(waves):
            if time.monotonic() > end:
                return
            stalled = self.dice.sample(range(self.replicas), min(WAVE, self.stalls - wave * WAVE, self.replicas - 2))
            stalling = [asyncio.create_task(self._stall(number)) for number in stalled]
            kills = self.kills * (wave + 1) // waves - self.kills * wave // waves
            for number in range(kills):
                if number == kills // 2:
                    await asyncio.gather(*stalling)
                    await self._start("http")
                await self._kill()
                if not self._stopped and all(task.done() for task in stalling):
                    await self.days.killed()
            await asyncio.gather(*stalling)
            await self._start("http")
            for task in living:
                if task.done():
                    task.result()

    async def _kill(self) -> None:
        """Kill one that does not stand still, at any moment, and start it again."""
        await self._go_on()
        await asyncio.sleep(self.dice.uniform(0.1, 2.0))
        able = [number for number in range(self.replicas) if number not in self._stopped and self.bots[number].running]
        bot = self.bots[self.dice.choice(able)]
        bot.kill()
        self._modes["kills"] += 1
        self.front.open = [one for one in self.front.open if one is not bot]
        await self._up(bot)
        self.front.open.append(bot)

    async def _stall(self, number: int) -> None:
        """Let one stand still with a message on its way, and go on when another has taken over."""
        bot = self.bots[number]
        held = self.wire.hold(number)
        self._stopped.add(number)
        with suppress(TimeoutError):
            async with asyncio.timeout(CAUGHT_S):
                await held.caught.wait()
        self.wire.let_be(number)
        caught = held.caught.is_set()
        stopped = time.time()
        bot.freeze()
        self._modes["stalls"] += 1
        self._modes["with a message on its way"] += caught
        await asyncio.sleep(self.dice.uniform(*STALL_S))
        if self.dice.random() < 0.5:
            bot.thaw()  # it cuts its call off; what it sent arrives all the same
            await asyncio.sleep(self.dice.uniform(0, 0.5))
        held.released.set()
        if caught:
            await held.arrived.wait()
        bot.thaw()
        self._stood.append((stopped, time.time()))
        await self._up(bot)
        self._stopped.discard(number)

    def _excuse(self, moment: float, what: str) -> str:
        """Somebody stands still or is gone nearly always. A process that stands still excuses a 500 too: it may hold
        the write lock until PostgreSQL ends its transaction, and meanwhile nobody can store anything."""
        if any(answer in what for answer in GONE):
            return "tries that met a replica which was gone"
        stood = any(stopped <= moment <= went_on + AFTER_S for stopped, went_on in self._stood)
        if "status 500" in what and stood:
            return "tries answered 500 while a replica stood still"
        return super()._excuse(moment, what) if "status 500" in what else ""

    def _logged(self) -> list[str]:
        return self._load.report(self.truth, [one for bot in self.bots for one in bot.timed_errors()], stood=True)
