"""Praise under load: how soon it is acknowledged and how much is stored, beside a listener that does nothing."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench import figures, processes, signed
from tests.bench.processes import Running

CONNECTIONS = (1, 8, 16)
MOST = 20_000
"""Requests in one round, at most."""
_HEAD = (
    "connections", "praises stored a second", "acknowledged p50 ms", "p99 ms", "CPU ms each",
    "empty listener a second", "p50 ms", "p99 ms", "CPU ms each",
)  # fmt: skip


@dataclass
class Rounds:
    """What came of a process at one number of connections, round after round."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    def cells(self) -> list[str]:
        """Requests a second (the median round), the latencies of all rounds, processor time of a request."""
        cpu = figures.ms(self.cpu_s / len(self.latencies))
        return [f"{median(self.rates):,.0f}", *figures.halves(self.latencies), cpu]


@dataclass
class Load:
    """What was sent so far; each praise has a number of its own."""

    sent: int = 0

    def run(self, target: Running, connections: int, seconds: float, rounds: Rounds, most: int = MOST) -> None:
        """One round against a process. Ends the run if anything but 200 came back."""
        before = target.cpu_s
        arguments = map(str, (target.port, connections, seconds, self.sent, most))
        command = [sys.executable, "-m", "tests.bench.load", *arguments]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=seconds + 60).stdout)
        answered = len(said["latencies"])
        if said["answers"] != {"200": answered}:
            raise SystemExit(f"not every request was answered with 200: {said['answers']}")
        self.sent += answered
        rounds.rates.append(answered / said["seconds"])
        rounds.latencies += said["latencies"]
        rounds.cpu_s += target.cpu_s - before


def measure(folder: Path, rounds: int, seconds: float) -> Iterator[str]:
    """The table; each round goes through all numbers of connections, the bot and the empty listener in turn."""
    praises, nothing = ({connections: Rounds() for connections in CONNECTIONS} for _ in range(2))
    load, idle_load = Load(), Load()
    with processes.slack() as slack, processes.bot(folder, slack) as bot, processes.empty_listener(folder) as empty:
        after_start = bot.resident_mb
        load.run(bot, 8, 30, Rounds(), most=signed.PEOPLE)  # everybody is met once, every statement compiled
        idle_load.run(empty, 8, 2, Rounds(), most=500)
        for _ in range(rounds):
            for connections in CONNECTIONS:
                load.run(bot, connections, seconds, praises[connections])
                idle_load.run(empty, connections, seconds / 2, nothing[connections])
        after_load = bot.resident_mb
        stored, sent, waiting = _counted(folder / "bench.db")
    if stored != load.sent:
        raise SystemExit(f"{load.sent} praises were acknowledged, {stored} are stored and accepted")
    rows = [[str(number), *praises[number].cells(), *nothing[number].cells()] for number in CONNECTIONS]
    yield figures.table(_HEAD, rows) + "\n"
    yield (
        f"All {stored:,} acknowledged praises are in the database, accepted and with their points. Meanwhile the bot "
        f"posted {sent:,} messages at its own pace; {waiting:,} wait their turn.\n"
    )
    yield f"Resident memory: {after_start:.0f} MB after start, {after_load:.0f} MB after {stored:,} praises.\n"


def _counted(path: Path) -> tuple[int, int, int]:
    """Accepted praises that have their ledger entry; messages sent; messages that wait."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        count = "SELECT count(*) FROM"
        stored = f"{count} praise JOIN entry ON key LIKE 'praise:' || praise.id || ':%' WHERE state = 'accepted'"
        sent = f"{count} outbox WHERE state = 'sent'"
        waiting = f"{count} outbox WHERE state != 'sent'"
        counts = [int(database.execute(each).fetchone()[0]) for each in (stored, sent, waiting)]
    return counts[0], counts[1], counts[2]
