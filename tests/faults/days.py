"""The days of a crash run: mornings on which the ritual comes due while the bot is killed, and quiet evenings."""

import time as real
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.workspace import Control
from tests.faults.crowd import Crowd
from tests.faults.process import BotProcess

ZONE = ZoneInfo("Asia/Hong_Kong")
FIRST = date(2026, 11, 23)  # a Monday
BEFORE = time(8, 40)
RITUAL = time(9, 0)
NEARLY = time(8, 59, 52)
NIGHT = time(2, 0)
"""Past five in the afternoon wherever somebody of the hotel is: what was gathered for the day has left."""
QUIET = time(22, 30)
MORNING_KILLS, EVENING_KILLS = 4, 2


@dataclass
class Days:
    """Moves the clock of workspace and bot as the kills go on; `due` are the dates on which a ritual was due."""

    people: Control
    crowd: Crowd
    bot: BotProcess
    today: date = FIRST
    due: list[date] = field(default_factory=list)
    moves: list[tuple[float, float]] = field(default_factory=list)
    _evening: bool = True
    _kills: int = 0

    async def begin(self) -> None:
        """The first morning, before the bot has ever run."""
        await self._set(BEFORE)

    async def killed(self) -> None:
        """Another kill is over and the bot is up again: move on if it is time to."""
        self._kills += 1
        if self._evening and self._kills >= EVENING_KILLS:
            await self.morning()
        elif not self._evening and self._kills >= MORNING_KILLS and self._opened():
            self._evening, self._kills = True, 0
            await self._set(QUIET)

    async def morning(self, at: time = NEARLY) -> None:
        """A few seconds before the next ritual's time (or `at`): of today if it is still to come, else of tomorrow."""
        if self.due:
            self.today += timedelta(days=1)
        self._evening, self._kills = False, 0
        if self.today.weekday() < 5:
            self.due.append(self.today)
        await self._set(at)

    async def last_morning(self, drained: Callable[[], Awaitable[None]]) -> None:
        """A working morning on which all is counted again and nothing happens but the ritual."""
        while self.due and not self._opened():
            await drained()
        while (self.today + timedelta(days=1)).weekday() >= 5:
            self.today += timedelta(days=1)
        await self.morning(time(8, 52))
        await drained()
        await self._set(NEARLY)
        while not self._opened():
            await drained()
        await drained()
        self.today += timedelta(days=1)
        await self._set(NIGHT)
        await drained()

    def _opened(self) -> bool:
        """Whether today is decided and what it brings has left: a ritual that is four hours late would be skipped."""
        decided = self.bot.rows(f"SELECT state FROM occurrence WHERE local_date = '{self.today}'")
        left = self.bot.rows(f"SELECT 1 FROM outbox WHERE key LIKE 'ritual:%{self.today}' AND state = 'sent'")
        return bool(decided and (left or decided[0][0] != "posted"))

    async def _set(self, wall: time) -> None:
        async with self.crowd.gate.closed():
            self.crowd.truth.today = self.today
            offset = await self.people.set_clock(datetime.combine(self.today, wall, ZONE).isoformat())
            self.moves.append((real.time(), offset))

    def real_time(self, moment: float) -> float:
        """When a moment of the workspace's clock really was."""
        for since, offset in reversed(self.moves):
            if moment - offset >= since - 0.1:
                return moment - offset
        return moment
