"""What the figures were taken on."""

import os
import platform
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.database import connect
from tests.bench import figures

_SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")


def described(folder: Path) -> str:
    """One line: cores, processor, Python, SQLite as the bot opens it, and what a write to this disk costs."""
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    engine = connect(f"sqlite:///{folder / 'probe.db'}")
    with engine.connect() as connection:
        synchronous = _SYNCHRONOUS[int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())]
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    engine.dispose()
    return (
        f"{os.cpu_count()} cores ({found[1] if found else platform.machine()}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version} ({journal}, synchronous={synchronous}); "
        f"a write of 4 kB with fdatasync takes {figures.ms(_sync_s(folder))} ms here, "
        f"a million additions in Python {figures.ms(_additions_s())} ms."
    )


def _sync_s(folder: Path) -> float:
    with closing(tempfile.TemporaryFile(dir=folder)) as file:
        taken = []
        for _ in range(200):
            began = time.perf_counter()
            os.write(file.fileno(), bytes(4096))
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return figures.percentile(taken, 0.5)


def _additions_s() -> float:
    """The best of five: how fast the machine is when nobody else has it."""
    taken = []
    for _ in range(5):
        began, total = time.perf_counter(), 0
        for number in range(1_000_000):
            total += number
        taken.append(time.perf_counter() - began)
    return min(taken)


@contextmanager
def watched() -> Iterator[list[float]]:
    """Gives a list that afterwards holds the share of the machine's processor time that others used or took away."""
    share: list[float] = []
    busy, total = _ticks()
    ours = _our_ticks()
    yield share
    busy_then, total_then = _ticks()
    share.append(max(0.0, busy_then - busy - (_our_ticks() - ours)) / max(1, total_then - total))


def _ticks() -> tuple[float, float]:
    """The machine's processor time so far: busy (stolen by the host included), and all."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def _our_ticks() -> float:
    """Ours and that of the children which have ended."""
    return sum(os.times()[:4]) * os.sysconf("SC_CLK_TCK")
