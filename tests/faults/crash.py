"""Kill the bot at random moments while a hotel praises and thanks, then count what was lost and what doubled.

`make crash ARGS="--kills 50 --seed 7"`. The bot runs as a process of its own against the local workspace, over HTTP
and for a third of the kills over Socket Mode. Exit status 1 if anything acknowledged was lost, anything happened twice,
or a mutant (`tests.faults.mutants`) goes unnoticed.
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.mutants import MUTANTS
from tests.faults.report import Report
from tests.faults.run import Run

MUTANT_KILLS = 4
MUTANT_AGAIN = 1.0


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="make crash ARGS=…", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None, help="of all dice; printed, so that a run can be repeated")
    parser.add_argument("--again", type=float, default=0.1, help="share of what was acknowledged that comes again")
    parser.add_argument("--mutant", choices=MUTANTS, help="run with this guard missing: must turn red")
    parser.add_argument("--mutants", action="store_true", help="only show that each mutant turns the run red")
    parser.add_argument("--no-mutants", action="store_true", help="only the run itself")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the database and the log")
    return parser.parse_args()


def once(kills: int, seed: int, again: float, mutant: str = "", *, brief: bool = False, keep: bool = False) -> Report:
    """One run in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="golden-ear-crash-"))
    try:
        return asyncio.run(Run(folder, kills, seed, again, mutant, brief).run())
    finally:
        if keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)


def show_mutants(seed: int, *, control: bool) -> bool:
    """Whether a short run turns red with each guard missing, because something is lost or doubled, and green with
    none (`control`)."""
    print(f"\nShort runs of {MUTANT_KILLS} kills with a guard missing: each must turn red.")
    for name in [""] * control + [*MUTANTS]:
        begun = time.monotonic()
        report = once(MUTANT_KILLS, seed, MUTANT_AGAIN, name, brief=True)
        harmed = [fault for fault in report.faults if not fault.startswith("wrong")]
        well = bool(harmed) if name else not report.faults
        verdict = f"{'red' if report.faults else 'green'}{'' if well else ', WHICH IT MUST NOT BE'}"
        print(f"  {name or 'no guard missing':18} {verdict}, {len(harmed)} lost or doubled", end="")
        first = "".join(f": {fault}" for fault in (harmed or report.faults)[:1])
        print(f", {time.monotonic() - begun:.0f} s{first}", flush=True)
        if not well:
            return False
    return True


def main() -> int:
    """The exit status."""
    asked = arguments()
    seed = random.SystemRandom().randrange(1_000_000) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    well = True
    if not asked.mutants:
        report = once(asked.kills, seed, asked.again, asked.mutant or "", keep=asked.keep)
        print(report.text(), flush=True)
        well = not report.faults
    if well and (asked.mutants or not (asked.mutant or asked.no_mutants)):
        well = show_mutants(seed, control=asked.mutants)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
