"""Memory over many events: what the bot holds after it has heard so many, of all kinds."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import linear_regression, median

from tests.bench import engines, figures, processes
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.sending import Load, Rounds

CONNECTIONS = 16
STEPS = 10
MOST_MB, MOST_GROWTH_MB = 150, 1.0
MOST_S = 1200.0
"""After so long no further step begins; the table says how far it came."""
_ROUND_S = 120.0


def measure(folder: Path, engine: Engine, events: int) -> Iterator[str | Finding]:
    """The table, step by step, of so many events and as many again. Growth is a slope: of the first half from its
    second step on, when all that is kept once is there, and of the second half, when the heap's holes have settled."""
    began = time.perf_counter()
    with (
        engines.database(engine, folder, "memory") as (at, url),
        processes.slack() as slack,
        processes.bot(at, slack, url) as bot,
    ):
        load, held = Load("everything", f"http://127.0.0.1:{slack}/answer"), [(0, bot.resident_mb)]
        for step in range(1, 2 * STEPS + 1):
            if time.perf_counter() - began > MOST_S:
                break
            load.run(bot, CONNECTIONS, _ROUND_S, Rounds(), most=events * step // STEPS - load.sent)
            held.append((load.sent, _at_rest(bot)))
    yield figures.table(("events heard", "memory MB"), [[f"{at:,}", f"{mb:.1f}"] for at, mb in held]) + "\n"
    first, again = held[1 : STEPS + 1], held[STEPS + 1 :]
    last, now = first[-1]
    figure = f"memory MB after {last:,} events, {engine.name}"
    yield Finding(figure, f"< {MOST_MB}", f"{now:.0f}", now < MOST_MB)
    yield from _growths(engine, first[1:] or first, [first[-1], *again])


def _growths(engine: Engine, *spans: list[tuple[int, float]]) -> Iterator[Finding]:
    """What 100,000 events add in each of these."""
    for span in spans:
        figure = f"memory MB that 100,000 events add, from {span[0][0]:,} on, {engine.name}"
        aim = f"< {MOST_GROWTH_MB:.0f}"
        if len(span) > 2:
            growth = linear_regression(*zip(*span, strict=True)).slope * 100_000
            yield Finding(figure, aim, f"{growth:.2f}", growth < MOST_GROWTH_MB)
        else:
            yield Finding(figure, aim, "not reached", met=False)


def _at_rest(bot: Running) -> float:
    """What it holds when nobody asks: the median of a second."""
    looks = []
    for _ in range(5):
        time.sleep(0.2)
        looks.append(bot.resident_mb)
    return median(looks)
