"""What happened: API calls, deliveries with their acks, loud errors, pings."""

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from bot.workspace.clock import WorkspaceClock
from bot.workspace.shapes import Json

KEPT = 10_000


@dataclass
class Journal:
    """Keeps the newest entries in memory; errors and pings are kept for ever and printed. `reader` gets each entry."""

    clock: WorkspaceClock
    quiet: bool = False
    errors: list[Json] = field(default_factory=list)
    pings: list[Json] = field(default_factory=list)
    version: int = 0
    reader: Callable[[Json], None] = lambda entry: None
    _traffic: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))

    def error(self, kind: str, what: str, **more: object) -> None:
        """Record that the app broke one of Slack's rules, and say so on stderr."""
        self.errors.append({"kind": kind, "what": what, "at": self.clock.now(), **more})
        self.version += 1
        if not self.quiet:
            print(f"workspace: {kind}: {what}", file=sys.stderr, flush=True)

    def ping(self, where: str, found: list[str]) -> None:
        """Record broadcasts which a message of the app would set off."""
        for one in found:
            self.pings.append({"ping": one, "where": where, "at": self.clock.now()})

    def note(self, entry: Json) -> None:
        """Record one call or delivery."""
        self._traffic.append({"n": self.version, "at": self.clock.now(), **entry})
        self.version += 1
        self.reader(entry)

    def traffic(self, limit: int) -> list[Json]:
        """Give the newest entries, oldest of them first."""
        start = max(0, len(self._traffic) - limit)
        return list(islice(self._traffic, start, None))
