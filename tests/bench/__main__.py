"""The figures of the README, in one run: `python -m tests.bench [--only praise] [--engine sqlite] [--quick]`.

Prints Markdown: a table for each part, and at the end one of what was aimed at and what was found. Every process that
is measured is started here, on loopback, and ended here; nothing else is touched.
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from tests.bench import (
    boards,
    engines,
    findings,
    homes,
    importing,
    machine,
    memory,
    page,
    praise,
    profiling,
    pulse,
    similar,
    startup,
    steady,
    teams,
)
from tests.bench.findings import Finding

Measure = Callable[[], Iterator[str | Finding]]
PARTS = (
    "start", "praise", "steady", "profile", "boards", "teams", "import", "similar", "memory", "pulse", "home",
    "publish", "page",
)  # fmt: skip
AIMS = """\
531 praises stored a second at 8 connections is what the best live peer stores on such a machine, acknowledging first.
Here a praise is committed before it is acknowledged, with one fdatasync for all that wait together; the empty listener
is the same server, acknowledging and storing nothing, which is the most that there is to be had. The load and, for
PostgreSQL, its server run on the same processors as the bot. What misses an aim is a miss.
"""


def main() -> None:
    """The command line."""
    asked = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before its time"))  # and with it all that it started
    began = perf_counter()
    found: list[Finding] = []
    with (
        tempfile.TemporaryDirectory(prefix="golden-ear-bench-") as name,
        machine.watched() as others,
        engines.engines(asked.engine or list(engines.NAMES)) as on,
    ):
        folder = Path(name)
        told = machine.described(folder)
        print(told + "\n", flush=True)
        measures = _measures(asked, folder, on)
        for part in asked.only or PARTS:
            for said in measures[part]():
                if isinstance(said, Finding):
                    found.append(said)
                else:
                    print(said, flush=True)
    if found:
        print(f"{findings.told(found)}\n\n{AIMS}")
    print(told)
    print(f"Measured in {perf_counter() - began:.0f} s; others had {others[0]:.0%} of the processors meanwhile.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part; may be given twice")
    parser.add_argument("--engine", action="append", choices=engines.NAMES, help="on this engine alone (both)")
    parser.add_argument("--quick", action="store_true", help="four minutes: everything is there, and small")
    parser.add_argument("--rounds", type=int, help="rounds of praise (3; quick: 1)")
    parser.add_argument("--seconds", type=float, help="seconds of load in a round of praise (5; quick: 2)")
    parser.add_argument("--entries", type=int, help="entries of the large ledger (10,000,000; quick: 20,000)")
    parser.add_argument("--ideas", type=int, help="ideas among which similar ones are found (100,000; quick: 2,000)")
    parser.add_argument("--changes", type=int, help="changes while people look at Home (2,000; quick: 100)")
    parser.add_argument("--viewers", type=int, help="people who look (200; quick: 15)")
    parser.add_argument("--rows", type=int, help="rows of the imported file (100,000; quick: 2,000)")
    parser.add_argument("--events", type=int, help="events over which memory is watched, twice (100,000; quick: 2,000)")
    parser.add_argument("--asked", type=int, help="people asked in a pulse round (10,000; quick: 400)")
    parser.add_argument("--rush", type=float, help="seconds for which answers come to a round (60; quick: 5)")
    parser.add_argument("--answers", type=int, help="answers of a round that closes (50,000; quick: 1,000)")
    return parser


def _measures(asked: argparse.Namespace, folder: Path, on: list[engines.Engine]) -> dict[str, Measure]:
    quick = asked.quick
    rounds = asked.rounds or (1 if quick else 3)
    seconds = asked.seconds or (2 if quick else 5)
    entries = asked.entries or (20_000 if quick else 10_000_000)
    few = asked.entries or (20_000 if quick else 1_000_000)
    crowds = [500] if quick else [5_000, 100_000]
    ideas = asked.ideas or (2_000 if quick else 100_000)
    rows = asked.rows or (2_000 if quick else 100_000)
    events = asked.events or (2_000 if quick else 100_000)
    people = asked.asked or (400 if quick else 10_000)
    rush = asked.rush or (5 if quick else 60)
    changes, viewers = asked.changes or (100 if quick else 2_000), asked.viewers or (15 if quick else 200)
    answers = asked.answers or (1_000 if quick else 50_000)
    return {
        "start": lambda: startup.measure(folder, 1 if quick else 3),
        "praise": lambda: praise.measure(folder, on, rounds, seconds),
        "steady": lambda: steady.measure(folder, on, 3 if quick else 20),
        "profile": lambda: profiling.measure(folder, on, 3 if quick else 11),
        "boards": lambda: boards.measure(folder, on, [entries], 20 if quick else 100),
        "teams": lambda: teams.measure(folder, on, few, crowds, 20 if quick else 100),
        "import": lambda: importing.measure(folder, on, rows),
        "similar": lambda: similar.measure(folder, on, ideas),
        "memory": lambda: memory.measure(folder, on[0], events),
        "home": lambda: homes.measure(folder, on, 10_000, 20 if quick else 200),
        "publish": lambda: homes.storm(folder, on, changes, viewers),
        "page": lambda: page.measure(1_000 if quick else 5_000, 10 if quick else 50, 20 if quick else 100),
        "pulse": lambda: pulse.measure(folder, on, asked=people, seconds=rush, answers=answers),
    }


if __name__ == "__main__":
    main()
