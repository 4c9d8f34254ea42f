"""The guards of the ledger, each taken out: within how many shops it is missed, and by what (`make soak`)."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests import stores
from tests.ledger import idea_guards, reward_guards
from tests.ledger.floor import Floor
from tests.ledger.guards import GUARDS
from tests.ledger.shop import Everything, Purses, Shop, Thoughts, Voices, live
from tests.stores import Store

ENGINES = ("sqlite", "postgresql")
MOST = 1500
"""Shops, until a guard counts as one that nobody misses: one that only a long story shows was found in the 245th, the
291st, and not among 300."""


@contextmanager
def engine(name: str) -> Iterator[Store]:
    """A store on one of the engines."""
    if name == "postgresql":
        with stores.postgresql() as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="golden-ear-shop-") as folder, stores.sqlite(Path(folder)) as store:
        yield store


def missed(store: Store, guard: str, most: int = MOST) -> tuple[int, str]:
    """In which shop it was found that this guard is out, and what was said; 0 if it never was."""
    with GUARDS[guard](store.database):
        try:
            live(store, most, quiet=True, trades=trades(guard))
        except (AttributeError, NameError, TypeError):
            raise  # a guard that was taken out clumsily proves nothing
        except Exception as error:
            return Floor.failed, f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')}"
    return 0, ""


def trades(guard: str) -> Sequence[type[Shop]]:
    """The shops that should miss it."""
    own = Thoughts if guard in idea_guards.GUARDS else Purses if guard in reward_guards.GUARDS else Voices
    return own, own, Everything


def table(store: Store, guards: Iterable[str], most: int = MOST) -> int:
    """Print a line for each guard; gives how many were not missed."""
    unseen = 0
    for guard in guards:
        began = time.monotonic()
        run, said = missed(store, guard, most)
        unseen += not run
        found = f"shop {run:3}" if run else f"NOT MISSED in {most}"
        print(f"  {guard:48} {found}, {time.monotonic() - began:3.0f} s  {said[:70]}", flush=True)
    return unseen


def main() -> int:
    """The exit status: 0 if every shop is well with all guards, and each guard is missed when it is out."""
    parser = argparse.ArgumentParser(prog="python -m tests.ledger", description=__doc__)
    parser.add_argument("--runs", type=int, default=1500, help="shops of 40 steps with all guards, on each engine")
    parser.add_argument("--most", type=int, default=MOST, help="shops for each guard that is out; 0: no guards")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    asked = parser.parse_args()
    unseen = 0
    for name in asked.engine or ENGINES:
        with engine(name) as store:
            began = time.process_time()
            runs = live(store, asked.runs) if asked.runs else 0
            print(
                f"{name}: {runs} shops of 40 steps, nothing wrong; {time.process_time() - began:.0f} s of CPU",
                flush=True,
            )
            if asked.most:
                print(f"{name}: each guard taken out", flush=True)
                unseen += table(store, GUARDS, asked.most)
    print(f"{unseen or 'no'} guards that nobody misses")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
