"""How long the bot takes to be ready, and the memory that it then holds."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench import figures, processes


def measure(folder: Path, times: int) -> Iterator[str]:
    """The line: from the start of the process until `/healthz` answers 200, Slack answering at once."""
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
