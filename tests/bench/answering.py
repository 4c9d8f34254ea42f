"""A rush of answers to a pulse round, while they are mixed and the questions still go out: each is acknowledged soon,
thanked, and counted once when the round closes."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench import crowd, engines, figures, processes
from tests.bench.crowd import Crowd
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.sending import Load, Rounds

RATE = 83
"""50,000 people within ten minutes."""
MOST_S = 1.0
LATE_S = 3.0
"""After the last answer, for its thank-you."""


def measure(folder: Path, on: Sequence[Engine], seconds: float) -> Iterator[str | Finding]:
    """The table, and what it says of the aim."""
    rows = []
    for engine in on:
        with engines.database(engine, folder, "answering") as (at, url):
            rush = _Rush(crowd.enrolled(at, url, round(RATE * seconds)))
            rush.go(seconds)
        rows.append([engine.name, *rush.cells()])
        p99 = figures.percentile(rush.found.latencies, 0.99)
        figure = f"acknowledged p99 ms at {RATE} answers a second for {seconds:.0f} s, {engine.name}"
        yield Finding(figure, f"< {MOST_S * 1000:.0f}", figures.ms(p99), p99 < MOST_S)
        lost = rush.crowd.people - rush.counted
        figure = f"answers lost or counted twice of {rush.crowd.people:,}, {engine.name}"
        yield Finding(figure, "0", f"{abs(lost)}", lost == 0)
    head = (
        f"{RATE} answers a second", "answers", "acknowledged p50 ms", "p99 ms", "longest ms", "CPU ms each",
        "mixed meanwhile", "thanked", "MB before", "in the middle", "after",
    )  # fmt: skip
    yield figures.table(head, rows) + "\n"


class _Rush:
    """One round that everybody answers, each at their time."""

    def __init__(self, company: Crowd) -> None:
        self.crowd, self.found, self.counted = company, Rounds(), 0
        self._mixed = self._thanked = 0
        self._memory: list[float] = []

    def go(self, seconds: float) -> None:
        """Answer, and close. Ends the bench if an answer was not acknowledged, or the round does not close."""
        with (
            processes.slack() as slack,
            processes.bot(self.crowd.folder, slack, self.crowd.url, **self.crowd.settings) as bot,
            crowd.looking(self.crowd.url) as look,
            self.crowd.database() as database,
        ):
            survey = crowd.survey(database, look.round())
            asked = crowd.asked(self.crowd, survey, self.crowd.folder / "asked.json")
            self._answer(bot, Load(str(asked), f"http://127.0.0.1:{slack}/thanks"), seconds)
            self._mixed = look.mixed()
            time.sleep(LATE_S)
            self._thanked = processes.seen(slack)["heard"].get("thanks", 0)
            self._memory.append(bot.resident_mb)
            if (taken := look.taken()) != self.crowd.people:
                raise SystemExit(f"{self.crowd.people} answers were acknowledged, {taken} were taken")
            crowd.over(database, survey.id)
            look.until_tidy()
            self.counted = int(look.one("SELECT answered FROM survey"))

    def _answer(self, bot: Running, load: Load, seconds: float) -> None:
        self._memory.append(bot.resident_mb)
        with ThreadPoolExecutor(1) as beside:
            answering = beside.submit(load.steady, bot, RATE, seconds, self.found)
            time.sleep(seconds / 2)
            self._memory.append(bot.resident_mb)
            answering.result()

    def cells(self) -> list[str]:
        """What the table says."""
        cpu, longest = figures.ms(self.found.cpu_each_s), figures.ms(max(self.found.latencies))
        counts = (f"{count:,}" for count in (self._mixed, self._thanked))
        memory = (f"{mb:.0f}" for mb in self._memory)
        return [f"{self.crowd.people:,}", *figures.halves(self.found.latencies), longest, cpu, *counts, *memory]
