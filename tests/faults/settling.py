"""The end of a crash run: wait until all that is owed has arrived, and count what came."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.workspace import Control, Workspace
from tests.faults.process import BotProcess
from tests.faults.truth import Truth

DRAIN_S = 300.0
QUIET_S = 2.5
"""So long nothing may be owed or under way until a run counts as drained: two ticks of the timetable."""
ALL = 20_000
SUSPECT = "SELECT key FROM outbox WHERE suspect AND state = 'sent'"


async def owed(people: Control, bot: BotProcess) -> list[str]:
    """The keys of what should have left by now."""
    now = datetime.fromtimestamp((await people.state())["now"], UTC).strftime("%F %T")
    waiting = f"SELECT key FROM outbox WHERE state IN ('due', 'sending') AND not_before <= '{now}'"
    gathered = f"SELECT key FROM gathered WHERE bundle = '' AND leaves_at <= '{now}'"
    return [key for statement in (waiting, gathered) for (key,) in bot.rows(statement)]


async def drained(people: Control, bot: BotProcess) -> None:
    """Wait until nothing is owed by now and nothing is under way, for a while. Raises AssertionError."""
    since = begun = time.monotonic()
    while time.monotonic() - since < QUIET_S:
        await asyncio.sleep(0.2)
        if (waiting := await owed(people, bot)) or (await people.state())["busy"]:
            since = time.monotonic()
        if since - begun > DRAIN_S:
            raise AssertionError(f"after {DRAIN_S:g} s still owed: {waiting[:5]}")


async def swept(bot: BotProcess) -> None:
    """Wait until every post that may stand twice was looked for. Raises AssertionError."""
    end = time.monotonic() + DRAIN_S
    while left := bot.rows(SUSPECT):
        if time.monotonic() > end:
            raise AssertionError(f"after {DRAIN_S:g} s not swept: {left[:5]}")
        await asyncio.sleep(0.5)


@dataclass
class Events:
    """How many events were acknowledged, and how many of them came again; to be counted before the journal forgets."""

    _answered: Counter[str] = field(default_factory=Counter)
    _next: int = 0

    def count(self, workspace: Workspace, truth: Truth) -> None:
        """Count what came since the last time."""
        for entry in workspace.journal.traffic(ALL):
            if entry["n"] >= self._next and entry["way"] == "to_app" and entry["kind"] == "events_api" and entry["ok"]:
                self._answered[entry["delivery"]] += 1
        self._next = workspace.journal.version
        truth.counts["events acknowledged"] = len(self._answered)
        truth.counts["events delivered again"] = self._answered.total() - len(self._answered)
