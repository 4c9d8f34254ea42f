"""Kill the bot at random moments while a hotel praises and thanks, then count what was lost and what doubled.

`make crash ARGS="--kills 50 --seed 7 --engine postgresql"`. The bot runs as a process of its own against the local
workspace, over HTTP and for a third of the kills over Socket Mode; with `--replicas 4` as several, over HTTP, and some
of them stand still for longer than a lease. Exit status 1 if anything acknowledged was lost, anything happened twice,
or a mutant (`tests.faults.mutants`) goes unnoticed.
"""

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.mutants import ASIDE, MUTANTS
from tests.faults.replicas import Replicated
from tests.faults.report import Report
from tests.faults.run import Run

MUTANT_KILLS = 4
MUTANT_AGAIN = 1.0


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="make crash ARGS=…", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="fewer kills if they take longer")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--replicas", type=int, default=1, help="so many bots at once, on PostgreSQL, over HTTP")
    parser.add_argument("--stalls", type=int, default=20, help="how often a replica stands still, longer than a lease")
    parser.add_argument("--seed", type=int, default=None, help="of all dice; printed, so that a run can be repeated")
    parser.add_argument("--again", type=float, default=0.1, help="share of what was acknowledged that comes again")
    parser.add_argument("--mutant", choices=[*MUTANTS, *ASIDE], help="run with this guard missing: must turn red")
    parser.add_argument("--brief", action="store_true", help="look at what is stored only, as with --mutants")
    parser.add_argument("--mutants", action="store_true", help="only show that each mutant turns the run red")
    parser.add_argument("--no-mutants", action="store_true", help="only the run itself")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the database and the log")
    return parser.parse_args()


def once(asked: argparse.Namespace, kills: int, again: float, mutant: str = "", *, brief: bool = False) -> Report:
    """One run in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="golden-ear-crash-"))
    given = (folder, kills, asked.seed, again, mutant, brief, asked.engine, asked.minutes * 60)
    run = Run(*given)
    if asked.replicas > 1 and not brief:
        run = Replicated(*given, replicas=asked.replicas, stalls=asked.stalls)
    try:
        return asyncio.run(run.run())
    finally:
        if asked.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)


def show_mutants(asked: argparse.Namespace, *, control: bool) -> bool:
    """Whether a short run turns red with each guard missing, because something is lost or doubled, and green with
    none (`control`)."""
    print(f"\nShort runs of {MUTANT_KILLS} kills with a guard missing: each must turn red.")
    for name in [""] * control + [*MUTANTS]:
        begun = time.monotonic()
        report = once(asked, MUTANT_KILLS, MUTANT_AGAIN, name, brief=True)
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
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # nothing that was started goes on
    asked.seed = random.SystemRandom().randrange(1_000_000) if asked.seed is None else asked.seed
    asked.engine = "postgresql" if asked.replicas > 1 else asked.engine
    print(f"seed {asked.seed}", flush=True)
    well = True
    if not asked.mutants:
        report = once(asked, asked.kills, asked.again, asked.mutant or "", brief=asked.brief)
        print(report.text(), flush=True)
        well = not report.faults
    if well and (asked.mutants or not (asked.mutant or asked.no_mutants)):
        well = show_mutants(asked, control=asked.mutants)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
