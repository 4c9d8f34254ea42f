"""How far an import is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import typer

from bot.commands import end

if TYPE_CHECKING:  # a bot that runs draws no bar: it would hold 2 MB for it
    from rich.progress import Progress as Bar

EVERY_S = 10.0
STOPPED = 130
"""The exit status of what was ended by Ctrl-C, as shells have it."""


class Progress:
    """Counts what became of the rows; `place` says how many of `size` bytes are read."""

    def __init__(self, size: int, place: Callable[[], int]) -> None:
        self._size, self._place = size, place
        self._counts: Counter[str] = Counter()
        self._awarded = 0
        self._began = self._told = time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
            self._bar = Bar(*parts, transient=True)
            self._bar.start()
            self._task = self._bar.add_task("Importing", total=self._size)
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
        if isinstance(error, KeyboardInterrupt):
            end(STOPPED, f"Stopped: {self.rows:,} rows are done and stay. Run it again, and it goes on behind them.")

    @property
    def rows(self) -> int:
        """How many rows are done."""
        return self._counts.total()

    def add(self, outcomes: Counter[str], awarded: int) -> None:
        """A batch is safe."""
        self._counts += outcomes
        self._awarded += awarded
        rows = self.rows
        if self._bar:
            self._bar.update(self._task, completed=self._place(), description=f"{rows:,} rows")
        elif time.monotonic() - self._told > EVERY_S:
            self._told = time.monotonic()
            typer.echo(f"{rows:,} rows so far, {100 * self._place() // max(self._size, 1)} % of the file", err=True)

    def summary(self, words: Sequence[str]) -> str:
        """What became of all rows, such as `12 rows: 10 added, 1 known already, 1 refused.`"""
        rows, seconds = self.rows, max(time.monotonic() - self._began, 0.001)
        told = ", ".join(f"{self._counts[word]:,} {word}" for word in (*words, "refused"))
        points = f" {self._awarded:,} times somebody got points." if self._awarded else ""
        return f"{rows:,} {'row' if rows == 1 else 'rows'}: {told}.{points} It took {seconds:,.1f} s."
