"""`golden-ear import praise` of a long file: rows a second, and the memory that it takes."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.bench import engines, figures, processes, signed
from tests.bench.engines import Engine
from tests.bench.findings import Finding

_COLUMNS = ("happened_on", "people", "words", "customer", "source", "link")
_WORDS = "The night porter found my daughter's bear in the laundry and had it on her pillow by noon; stay {number}."
_LOOK_S = 0.1
_MOST_S = 600.0


def measure(folder: Path, on: Sequence[Engine], rows: int) -> Iterator[str | Finding]:
    """The table; the bot was started once, to learn who is who, and runs no more."""
    file = folder / "praise.csv"
    _write(file, rows, datetime.now(UTC).date())
    told = []
    for engine in on:
        with engines.database(engine, folder, "import") as (at, url):
            with processes.slack() as slack, processes.bot(at, slack, url):
                pass
            seconds, memory_mb = _imported(file, url, rows)
        told.append([engine.name, f"{rows:,}", f"{seconds:.0f}", f"{rows / seconds:,.0f}", f"{memory_mb:.0f}"])
        yield Finding(f"rows imported a second, {engine.name}", "", f"{rows / seconds:,.0f}")
        yield Finding(f"most memory MB while importing {rows:,} rows, {engine.name}", "", f"{memory_mb:.0f}")
    yield figures.table(("import praise", "rows", "seconds", "rows a second", "most memory MB"), told) + "\n"


def _write(file: Path, rows: int, today: date) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        table = csv.writer(text)
        table.writerow(_COLUMNS)
        for number in range(rows):
            day, person = today - timedelta(days=number % 365), signed.user(number % signed.PEOPLE)
            table.writerow((day, person, _WORDS.format(number=number), f"Guest {number}", "e-mail", ""))


def _imported(file: Path, url: str, rows: int) -> tuple[float, float]:
    """Seconds of the whole command, and the most memory that it held. Ends the bench if a row was refused."""
    command = [sys.executable, "-m", "bot", "import", "praise", str(file)]
    environ = {**os.environ, "DATABASE_URL": url}
    began, most = time.perf_counter(), 0.0
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as importing:
        while importing.poll() is None:
            most = max(most, _peak_mb(importing.pid))
            if time.perf_counter() - began > _MOST_S:
                importing.kill()
            time.sleep(_LOOK_S)
        seconds = time.perf_counter() - began
        assert importing.stdout is not None
        said = importing.stdout.read()
    if importing.returncode or f"{rows:,} rows: {rows:,} added" not in said:
        raise SystemExit(f"the import did not take {rows} rows in: {said[-500:]}")
    return seconds, most


def _peak_mb(pid: int) -> float:
    """The most memory that a process has held so far; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return max((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")), default=0.0)
