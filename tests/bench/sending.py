"""Sending to a process that is measured, and what came of it."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median

from tests.bench import figures, signed
from tests.bench.load import LATE_S
from tests.bench.processes import Running

MOST = 20_000
"""Requests in one round, at most."""


@dataclass
class Rounds:
    """What came of a process at one number of connections, round after round."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second: the median round."""
        return median(self.rates)

    @property
    def cpu_each_s(self) -> float:
        """Processor time of a request."""
        return self.cpu_s / len(self.latencies)

    def cells(self) -> list[str]:
        """Requests a second, the latencies of all rounds, processor time of a request."""
        return [f"{self.rate:,.0f}", *figures.halves(self.latencies), figures.ms(self.cpu_each_s)]


@dataclass
class Load:
    """What was sent so far; each request has a number of its own."""

    kind: str = "praise"
    answers: str = signed.NOWHERE
    sent: int = 0

    def warm(self, target: Running) -> None:
        """Everybody is met once, every statement put into words."""
        self.run(target, 8, 30, Rounds(), most=signed.PEOPLE)

    def run(self, target: Running, connections: int, seconds: float, rounds: Rounds, most: int = MOST) -> None:
        """One round against a process, so long or so many. Ends the bench if anything but 200 came back."""
        self._run(target, rounds, most, str(connections), seconds, seconds + 60)

    def steady(self, target: Running, rate: float, seconds: float, rounds: Rounds) -> None:
        """So many a second, each at its time. Ends the bench if anything but 200 came back."""
        self._run(target, rounds, round(rate * seconds), "steady", rate, seconds + LATE_S + 60)

    def _run(self, target: Running, rounds: Rounds, most: int, how: str, pace: float, patience_s: float) -> None:
        before = target.cpu_s
        arguments = map(str, (target.port, self.kind, self.sent, most, self.answers, how, pace))
        command = [sys.executable, "-m", "tests.bench.load", *arguments]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=patience_s).stdout)
        answered = len(said["latencies"])
        if said["answers"] != {"200": answered}:
            raise SystemExit(f"not every request was answered with 200: {said['answers']}")
        self.sent += answered
        rounds.rates.append(answered / said["seconds"])
        rounds.latencies += said["latencies"]
        rounds.cpu_s += target.cpu_s - before
