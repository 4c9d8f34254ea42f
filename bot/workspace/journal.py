"""What happened: API calls, deliveries with their acks, loud errors, pings."""

import heapq
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.workspace.changes import Changes
from bot.workspace.clock import WorkspaceClock
from bot.workspace.shapes import Json

KEPT = 10_000


@dataclass
class Journal:
    """Keeps the newest in memory: entries, which `reader` gets too, and apart errors, which are printed, and pings."""

    clock: WorkspaceClock
    quiet: bool = False
    changes: Changes = field(default_factory=Changes)
    errors: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))
    pings: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))
    version: int = 0
    reader: Callable[[Json], None] = lambda entry: None
    _traffic: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))

    def error(self, kind: str, what: str, **more: object) -> None:
        """Record that the app broke one of Slack's rules, and say so on stderr."""
        self.errors.append({**self._numbered("error"), "kind": kind, "what": what, **more})
        self._told("trouble")
        if not self.quiet:
            print(f"workspace: {kind}: {what}", file=sys.stderr, flush=True)

    def ping(self, where: str, found: list[str]) -> None:
        """Record broadcasts which a message of the app would set off."""
        for one in found:
            self.pings.append({**self._numbered("ping"), "ping": one, "where": where})
            self._told("trouble")

    def note(self, entry: Json) -> None:
        """Record one call or delivery."""
        self._traffic.append({**self._numbered(str(entry["way"])), **entry})
        self._told("")
        self.reader(entry)

    def forget_errors(self) -> None:
        """Empty the list of errors."""
        self.errors.clear()
        self.changes.tell("traffic", "trouble", str(self.version))

    def traffic(self, limit: int) -> list[Json]:
        """Give the newest entries, oldest of them first."""
        start = max(0, len(self._traffic) - limit)
        return list(islice(self._traffic, start, None))

    def newest(self) -> Iterator[Json]:
        """Give all, newest first: calls, deliveries, errors and pings, each with its number `n` and its `way`."""
        ways = (reversed(self._traffic), reversed(self.errors), reversed(self.pings))
        yield from heapq.merge(*ways, key=lambda entry: int(entry["n"]), reverse=True)

    def entry(self, number: int) -> Json | None:
        """Give the entry of that number; None if it has been forgotten."""
        return next((one for one in self.newest() if one["n"] == number), None)

    def _numbered(self, way: str) -> Json:
        """The number of an entry, the time of the workspace's clock, and the real one, from which durations come."""
        return {"n": self.version, "way": way, "at": self.clock.now(), "real": time.time()}

    def _told(self, trouble: str) -> None:
        self.version += 1
        self.changes.tell("traffic", trouble, str(self.version - 1))
