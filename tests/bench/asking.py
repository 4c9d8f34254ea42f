"""A pulse round is asked, the bot is killed in the middle: how long it takes, and that nobody is asked twice."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench import crowd, engines, figures, processes
from tests.bench.crowd import Crowd
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.slack import QUESTION

RATE = 100
MOST = 1.1
"""Of the time that the rate allows."""
AIMED = 10_000
"""Among fewer people the restart, and what its predecessor's leases hold up, would be all that is measured."""
_OWED = f"SELECT count(*) FROM outbox WHERE key LIKE '{QUESTION}%' AND state IN ('due', 'sending')"
PATIENCE = 6
"""How many times that time may pass before the bench gives up."""


def measure(folder: Path, on: Sequence[Engine], people: int) -> Iterator[str | Finding]:
    """The table, and what it says of the aim."""
    rows = []
    for engine in on:
        with engines.database(engine, folder, "asking") as (at, url):
            asked = _Fanout(crowd.enrolled(at, url, people))
            asked.go()
        rows.append([engine.name, *asked.cells()])
        most_s = MOST * people / RATE
        aim, met = (f"<= {most_s:.0f}", asked.seconds <= most_s) if people >= AIMED else ("", None)
        figure = f"seconds to ask {people:,} people at {RATE} a second, killed in the middle, {engine.name}"
        yield Finding(figure, aim, f"{asked.seconds:.1f}", met)
        twice = f"people asked twice of {people:,}, {engine.name}"
        yield Finding(twice, "0", f"{asked.twice}", asked.twice == 0)
    head = (
        "questions", "people", "seconds", "a second until the kill", "afterwards", "CPU ms each", "MB at first",
        "at a quarter", "at the kill", "started again", "at three quarters", "after all",
    )  # fmt: skip
    yield figures.table(head, rows) + "\n"


class _Fanout:
    """One round, asked by a bot that is killed once."""

    def __init__(self, company: Crowd) -> None:
        self._crowd, self.seconds, self.twice, self._cpu_s = company, 0.0, 0, 0.0
        self._memory: list[float] = []
        self._rates: list[float] = []

    def go(self) -> None:
        """From the first question to the last. Ends the bench if somebody was not asked."""
        people = self._crowd.people
        with processes.slack() as slack, ExitStack() as first:
            bot = first.enter_context(self._bot(slack))
            self._asked(bot, slack, people // 2)
            os.kill(bot.pid, signal.SIGKILL)
            first.close()
            with self._bot(slack) as bot, crowd.looking(self._crowd.url) as look:
                self._asked(bot, slack, people)
                processes.until(lambda: not look.one(_OWED), "questions are still owed")
            seen = processes.seen(slack)
        self.seconds, self.twice = seen["last"] - seen["first"], seen["questions"] - people

    def _bot(self, slack: int) -> processes.Started:
        settings = {**self._crowd.settings, "POST_RATE": str(RATE)}
        return processes.bot(self._crowd.folder, slack, self._crowd.url, "tests.bench.grown", **settings)

    def _asked(self, bot: Running, slack: int, people: int) -> None:
        """Wait until so many were asked, and look at the memory at the beginning, half way there, and there."""
        before, began, cpu_s = processes.seen(slack)["asked"], time.perf_counter(), bot.cpu_s
        self._memory.append(bot.resident_mb)
        patience_s = PATIENCE * self._crowd.people / RATE + processes.PATIENCE_S
        for those in ((before + people) // 2, people):
            processes.until(
                lambda: processes.seen(slack)["asked"] >= those,  # noqa: B023
                f"{those} people were not asked",
                patience_s,
                look_s=0.2,
            )
            self._memory.append(bot.resident_mb)
        self._rates.append((people - before) / (time.perf_counter() - began))
        self._cpu_s += bot.cpu_s - cpu_s

    def cells(self) -> list[str]:
        """What the table says."""
        cpu = figures.ms(self._cpu_s / self._crowd.people)
        rates, memory = (f"{rate:.0f}" for rate in self._rates), (f"{mb:.0f}" for mb in self._memory)
        return [f"{self._crowd.people:,}", f"{self.seconds:.1f}", *rates, cpu, *memory]
