"""How long the bot takes to be ready, and the memory that it then holds; how long `golden-ear try` shows nothing."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench import figures, processes


def measure(folder: Path, times: int) -> Iterator[str]:
    """The lines: from the start of the process until `/healthz` answers 200, Slack answering at once; of
    `golden-ear try`, until its page is there, and until the bot behind it hears."""
    first: list[float] = []
    again: list[float] = []
    memory: list[float] = []
    with processes.slack() as slack:
        for number in range(times):
            at = folder / f"start-{number}"
            at.mkdir()
            for seconds in (first, again):
                with processes.bot(at, slack, f"sqlite:///{at / 'bench.db'}") as bot:
                    seconds.append(bot.ready_s)
                    memory.append(bot.resident_mb)
    head = (f"start (median of {times})", "seconds until ready", "resident memory MB")
    rows = [
        ["new database", f"{median(first):.2f}", f"{median(memory[::2]):.0f}"],
        ["existing database", f"{median(again):.2f}", f"{median(memory[1::2]):.0f}"],
    ]
    yield figures.table(head, rows) + "\n"
    yield "\n" + _of_the_page(folder, times)


def _of_the_page(folder: Path, times: int) -> str:
    pages: list[float] = []
    heard: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        with processes.trying(folder) as page:
            pages.append(page.ready_s)
            processes.until(lambda: processes.hears(page.port), "no bot came to the page")
            heard.append(time.perf_counter() - began)
    head = (f"golden-ear try (median of {times})", "seconds")
    rows = [
        ["page ready after golden-ear try, s", f"{median(pages):.2f}"],
        ["and the bot behind it hears, s", f"{median(heard):.2f}"],
    ]
    return figures.table(head, rows) + "\n"
