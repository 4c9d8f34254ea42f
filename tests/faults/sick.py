"""The bot on a disk that can fall ill: `python -m tests.faults.sick SWITCH run`, and any other command.

While the file SWITCH is there, the number in it is what SQLite's own VFS answers to every write: 13 the disk is full, 8
it is read-only, 10 it failed. So SQLite, the driver and the bot meet the very errors of such days, in a process that
runs on. Production code has no switch for this. The admins are alarmed sooner than in twenty seconds.
"""

import sys
from pathlib import Path

from bot.jobs import watch
from tests.faults.power import Disk, Watch

FULL, READ_ONLY, BROKEN = 13, 8, 10
PATIENCE_S = 3.0


class SickDisk(Disk):
    """A disk as its switch says; what is on it is no matter here."""

    def __init__(self, switch: Path) -> None:
        super().__init__([], cut_at=sys.maxsize)
        self._switch = switch

    @property
    def answer(self) -> int:
        try:
            return int(self._switch.read_text())
        except (OSError, ValueError):  # mended just now
            return BROKEN

    def opened(self, name: str) -> None:
        """Nothing to note."""

    def deleted(self, name: str) -> None:
        """Nothing to note."""

    def changed(self, name: str, offset: int, data: bytes | None) -> bool:
        return not self._switch.exists() or (data is None and self.answer == FULL)

    def synced(self, name: str) -> bool:
        return not self._switch.exists() or self.answer == FULL


def main() -> None:
    """Put the disk under the bot, then go on as its command line."""
    disks = Watch(preferred=True)
    disks.disk = SickDisk(Path(sys.argv.pop(1)))
    watch.PATIENCE_S = PATIENCE_S
    from bot.__main__ import main as command_line

    command_line()


if __name__ == "__main__":
    main()
