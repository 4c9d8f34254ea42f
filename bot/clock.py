"""The bot's clock: real time, moved by the seconds in CLOCK_FILE in a rehearsal."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

LONGEST_MOVE = 100 * 366 * 86_400  # a century: beyond it, dates overflow


class Clock:
    """`now()` for every decision of the bot; leases, pacing and signatures keep to real time."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._seen: tuple[int, int, int] | None = None
        self._offset = 0.0

    @property
    def moves(self) -> bool:
        """Whether it may be moved: then what it and Slack's showed before is not to be told from the real time."""
        return self._file is not None

    def now(self) -> datetime:
        """The present, aware, in UTC, with the offset of the file if there is one."""
        return datetime.now(UTC) + timedelta(seconds=self.offset())

    def offset(self) -> float:
        """Seconds between this clock and the real one; the file is read again only when it has changed.

        A missing, unreadable or half-written file leaves the last good offset (at first 0).
        """
        if self._file is None:
            return 0.0
        try:
            stat = self._file.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._offset = _seconds(self._file.read_text(encoding="ascii"))
                self._seen = seen
        except (OSError, ValueError):
            self._seen = None  # look again next time
        return self._offset


def _seconds(text: str) -> float:
    seconds = float(text)
    if not math.isfinite(seconds) or abs(seconds) > LONGEST_MOVE:
        raise ValueError("an offset must be a number of seconds within a century")
    return seconds
