"""A round of many answers closes: how long it takes, phase by phase, and how long a small write waits meanwhile.

The answers are sealed by the bot's own functions and put into its database beside it; the bot mixes them, as it does
while people answer, before the time of the round is set to be over.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from sqlmodel import Session

from bot import sealing
from storage import models
from storage.database import Database
from storage.select import columns, table
from storage.surveys import Survey
from tests.bench import crowd, engines, figures, processes
from tests.bench.crowd import Crowd, Look
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.sending import Load, Rounds
from tests.bench.signed import TEAM

MOST_S = 60.0
RATE = 10
"""Small writes a second, praises, before and while the round closes."""
STEP_S = 5.0
PATIENCE_S = 1200.0
STILL_S = 15.0
"""Nothing was mixed for so long: what is left waits for the end of the round."""
_LEFT = " OR ".join(f"EXISTS (SELECT 1 FROM {name})" for name in ("participation", "envelope", "answer"))
PHASES = {
    "no vote is taken": "SELECT state <> 'open' FROM survey",
    "opened, counted": "SELECT state = 'closed' FROM survey",
    "told, destroyed": f"SELECT NOT ({_LEFT})",
    "out of the files": "SELECT scrubbed FROM survey",
}
"""What the round goes through, and how that is seen from outside."""


def measure(folder: Path, on: Sequence[Engine], answers: int) -> Iterator[str | Finding]:
    """The table, and what it says of the aim."""
    rows = []
    for engine in on:
        with engines.database(engine, folder, "closing") as (at, url):
            close = _Close(crowd.enrolled(at, url, answers))
            close.go()
        rows.append([engine.name, *close.cells()])
        figure = f"seconds until a round of {answers:,} answers is closed and wiped out, {engine.name}"
        yield Finding(figure, f"< {MOST_S:.0f}", f"{close.seconds:.1f}", close.seconds < MOST_S)
        figure = f"longest wait of a praise in ms while it closes, {engine.name}"
        yield Finding(figure, "", figures.ms(max(close.meanwhile.latencies)))
    head = (
        "closing", "answers", "s to open it", "s to mix them", *(f"s until {phase}" for phase in PHASES), "CPU s",
        "a praise waited at most ms, before", "meanwhile", "p50 meanwhile", "MB before", "mixed", "at most", "after",
    )  # fmt: skip
    yield figures.table(head, rows) + "\n"


class _Close:
    """One round that everybody answered."""

    def __init__(self, company: Crowd) -> None:
        self._crowd, self.before, self.meanwhile = company, Rounds(), Rounds()
        self._opened_s = self._mixed_s = self._cpu_s = 0.0
        self._phases: list[float] = []
        self._memory: list[float] = []

    @property
    def seconds(self) -> float:
        """From the instant at which it closes until nothing is left of it."""
        return self._phases[-1]

    def go(self) -> None:
        """Answer, mix, close. Ends the bench if the round is not closed, or counts another number of answers."""
        began = time.time()
        with (
            processes.slack() as slack,
            processes.bot(self._crowd.folder, slack, self._crowd.url, **self._crowd.settings) as bot,
            crowd.looking(self._crowd.url) as look,
            self._crowd.database() as database,
        ):
            survey, load = crowd.survey(database, look.round()), Load()
            self._opened_s = time.time() - began - bot.ready_s
            load.warm(bot)
            self._memory.append(bot.resident_mb)
            _answer(database, survey)
            self._mix(bot, look)
            load.steady(bot, RATE, STEP_S, self.before)
            self._close(bot, look, load, crowd.over(database, survey.id))
            counted = int(look.one("SELECT answered FROM survey"))
        if counted != self._crowd.people:
            raise SystemExit(f"{self._crowd.people} answers were given, {counted} were counted")

    def _mix(self, bot: Running, look: Look) -> None:
        """Wait until all is mixed that can be."""
        began = changed = time.perf_counter()
        mixed = look.mixed()
        while (now := time.perf_counter()) < changed + STILL_S and now < began + PATIENCE_S:
            time.sleep(0.5)
            if look.mixed() > mixed:
                mixed, changed = look.mixed(), now
        self._mixed_s = changed - began
        self._memory.append(bot.resident_mb)

    def _close(self, bot: Running, look: Look, load: Load, instant: datetime) -> None:
        cpu_s, most, over = bot.cpu_s, 0.0, Event()

        def praise() -> None:
            while not over.is_set():
                load.steady(bot, RATE, STEP_S, self.meanwhile)

        with ThreadPoolExecutor(1) as beside:
            praising = beside.submit(praise)
            try:
                for seen in PHASES.values():
                    while not look.one(seen):
                        most = max(most, bot.resident_mb)
                        if (datetime.now(UTC) - instant).total_seconds() > PATIENCE_S:
                            raise SystemExit("the round was not closed")
                        time.sleep(0.05)
                    self._phases.append((datetime.now(UTC) - instant).total_seconds())
            finally:
                over.set()
            praising.result()
        self._cpu_s = bot.cpu_s - cpu_s
        self._memory += [most, bot.resident_mb]

    def cells(self) -> list[str]:
        """What the table says."""
        seconds = (f"{value:.1f}" for value in (self._opened_s, self._mixed_s, *self._phases, self._cpu_s))
        waits = [figures.ms(max(each.latencies)) for each in (self.before, self.meanwhile)]
        half = figures.ms(figures.percentile(self.meanwhile.latencies, 0.5))
        return [f"{self._crowd.people:,}", *seconds, *waits, half, *(f"{mb:.0f}" for mb in self._memory)]


def _answer(database: Database, survey: Survey) -> None:
    """Everybody who is asked answers, as `bot.services.voting` seals it."""
    asked = columns(models.Invitation.person_id, models.Invitation.segment)
    people = database.read_now(lambda session: session.execute(asked).all())
    values = survey.question.values
    for piece in crowd.split(list(enumerate(people)), crowd.PIECE):
        taken, sealed = [], []
        for number, (person_id, segment) in piece:
            tag = sealing.tag(survey.secret, person_id)
            row = {"survey_id": survey.id, "part": "answer", "tag": tag, "workspace_id": TEAM}
            content = {"segment": segment, "value": values[number % len(values)]}
            taken.append(row)
            sealed.append({**row, "box": sealing.seal(survey.public_key, content, sealing.ANSWER_BYTES)})
        database.write_now(partial(_put, taken=taken, sealed=sealed))


def _put(session: Session, taken: list[Any], sealed: list[Any]) -> None:
    session.execute(table(models.Participation).insert(), taken)
    session.execute(table(models.Envelope).insert(), sealed)
