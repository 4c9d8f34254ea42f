"""The workspace's own clock: real time plus an offset that a rehearsal may move."""

import math
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.workspace.shapes import Impossible

EARLIEST, LATEST = 946_684_800, 4_102_444_800
"""1 January 2000 and 2100, in UTC: calendars everywhere can count there, and whoever goes further has mistyped."""


class WorkspaceClock:
    """Gives the time and unique, increasing message timestamps; keeps the offset in a file for the bot.

    `moved` hears when the clock has been moved; `last` are the microseconds of the newest timestamp.
    """

    def __init__(self, file: Path | None = None, moved: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._moved = moved
        self.last = 0
        self.offset = self._read()
        self._write()

    def now(self) -> float:
        """Give the workspace's time in seconds since 1970."""
        return time.time() + self.offset

    def ts(self) -> str:
        """Give the next timestamp in Slack's form ``seconds.micros``, never one given before."""
        self.last = max(int(self.now() * 1_000_000), self.last + 1)
        return f"{self.last // 1_000_000}.{self.last % 1_000_000:06d}"

    def move(self, seconds: float) -> float:
        """Move the clock by so many seconds; give the new offset. Impossible beyond 2000 to 2100."""
        return self._go(self.offset + seconds)

    def set(self, instant: datetime) -> float:
        """Set the clock to an aware instant; give the new offset. Impossible beyond 2000 to 2100."""
        if instant.tzinfo is None:
            raise ValueError("the instant needs a zone, such as 2026-11-23T09:00:00+08:00")
        return self._go(instant.timestamp() - time.time())

    def resume(self, offset: float, last: int) -> None:
        """Go on as far from the real time as another clock did, and give no timestamp that it gave."""
        self.last = max(self.last, last)
        self._go(offset)

    def _go(self, offset: float) -> float:
        if not math.isfinite(offset) or not EARLIEST <= time.time() + offset < LATEST:
            raise Impossible("the clock goes from 2000 to 2099", "beyond")
        self.offset = offset
        self._write()
        self._moved()
        return self.offset

    def _read(self) -> float:
        if self._file is None or not self._file.exists():
            return 0.0
        return float(self._file.read_text().strip() or 0)

    def _write(self) -> None:
        """Write the offset so that a reader never sees half of it."""
        if self._file is None:
            return
        part = self._file.with_name(self._file.name + ".part")
        part.write_text(f"{self.offset:.6f}\n")
        os.replace(part, self._file)
