"""The figures of the README, in one run: `python -m tests.bench [--only praise] [--quick]`.

Prints Markdown. Every process that is measured is started here, on loopback, and ended here; nothing else is touched.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench import boards, machine, praise, startup

PARTS = ("start", "praise", "boards")
AIMS = """\
Aims: more than 531 praises stored a second at 8 connections, which is what the best live peer stores on such a machine,
acknowledging first; its p50 is 1.8 ms at one connection. Here a praise is committed before it is acknowledged, with one
fdatasync for all that wait together. Bolt as it comes acknowledges a command after 11 ms, for it looks every 10 ms.
A board under 10 ms of database time. Memory under 150 MB. Figures above that miss an aim are misses.
"""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part; may be given twice")
    parser.add_argument("--quick", action="store_true", help="a minute: shorter rounds, no large ledger")
    parser.add_argument("--rounds", type=int, help="rounds of the load (3; quick: 1)")
    parser.add_argument("--seconds", type=float, help="seconds of load in a round (5; quick: 2)")
    asked = parser.parse_args()
    rounds = asked.rounds or (1 if asked.quick else 3)
    seconds = asked.seconds or (2 if asked.quick else 5)
    sizes = [10_000] if asked.quick else [10_000, 1_000_000]
    began = perf_counter()
    with tempfile.TemporaryDirectory(prefix="golden-ear-bench-") as name, machine.watched() as others:
        folder = Path(name)
        print(machine.described(folder) + "\n", flush=True)
        measures = {
            "start": lambda: startup.measure(folder, 1 if asked.quick else 3),
            "praise": lambda: praise.measure(folder, rounds, seconds),
            "boards": lambda: boards.measure(folder, sizes, 50 if asked.quick else 100),
        }
        for part in asked.only or PARTS:
            for text in measures[part]():
                print(text, flush=True)
    print(AIMS)
    print(f"Measured in {perf_counter() - began:.0f} s; others had {others[0]:.0%} of the processors meanwhile.")


if __name__ == "__main__":
    main()
