"""A steady rush: so many praises a second, each at its time, whatever became of those before it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import engines, figures, processes, stored
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.sending import Load, Rounds

RATE = 50
MOST_MS = (10, 100)
"""For half of them, and for 99 of 100."""


def measure(folder: Path, on: Sequence[Engine], seconds: float) -> Iterator[str | Finding]:
    """The table, and what it says of the aims."""
    rows = []
    for engine in on:
        found, load = Rounds(), Load()
        with (
            engines.database(engine, folder, "steady") as (at, url),
            processes.slack() as slack,
            processes.bot(at, slack, url) as bot,
        ):
            load.warm(bot)
            load.steady(bot, RATE, seconds, found)
            if stored.counted(url).praises != load.sent:
                raise SystemExit(f"{load.sent} praises were acknowledged; the database holds another number")
        halves = figures.halves(found.latencies)
        cpu = figures.ms(found.cpu_each_s)
        rows.append([engine.name, f"{len(found.latencies):,}", *halves, figures.ms(max(found.latencies)), cpu])
        for share, name, most in ((0.5, "p50", MOST_MS[0]), (0.99, "p99", MOST_MS[1])):
            taken = figures.percentile(found.latencies, share)
            figure = f"acknowledged {name} ms at a steady {RATE} a second, {engine.name}"
            yield Finding(figure, f"< {most}", figures.ms(taken), taken * 1000 < most)
    head = (f"{RATE} a second", "praises", "acknowledged p50 ms", "p99 ms", "longest ms", "CPU ms each")
    yield figures.table(head, rows) + "\n"
