"""What takes too long for `make test`, part by part, and a summary: `make soak ARGS="ledger fuzz"`, all without ARGS.

Each part is a command of its own that may be run alone; its figures are in what it prints. Exit status 1 if a part
fails.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

FUZZ = ("tests/whole/test_fuzz.py", "tests/commands/test_importing_fuzz.py", "tests/whole/test_intake_fuzz.py")
PARTS: Mapping[str, Sequence[str]] = {
    "ledger": ("-m", "tests.ledger", "--runs", "1500", "--most", "0"),
    "guards": ("-m", "tests.ledger", "--runs", "0"),
    "fuzz": ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=5", "--show-capture=no", *FUZZ),
    "power": ("-m", "tests.faults.powercut", "--cuts", "500"),
    "backups": ("-m", "tests.faults.backups", "--count", "40"),
    "forks": ("-m", "tests.faults.forks", "--kills", "10000"),
    "rounds": ("-m", "tests.faults.rounds", "--kills", "1000"),
    "erasures": ("-m", "tests.faults.erasures"),
}
"""Fifteen hundred shops on each engine, every guard taken out, a hundred thousand fuzz cases, power cuts, backups under
load, and forks that are killed, also in rounds of the pulse and while somebody is erased."""
FUZZ_TIMES = 6


def run(name: str) -> tuple[bool, float]:
    """Whether a part went well, and its seconds."""
    print(f"\n---- {name}: python {' '.join(PARTS[name])}", flush=True)
    began = time.monotonic()
    environ = {**os.environ, "FUZZ": str(FUZZ_TIMES)}
    return subprocess.run([sys.executable, *PARTS[name]], env=environ, check=False).returncode == 0, (
        time.monotonic() - began
    )


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="make soak ARGS=…", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    results = {name: run(name) for name in asked.parts or PARTS}
    print("\n---- summary")
    for name, (well, seconds) in results.items():
        print(f"  {name:10} {'well' if well else 'FAILED':8} {seconds:7.0f} s")
    return 0 if all(well for well, _ in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
