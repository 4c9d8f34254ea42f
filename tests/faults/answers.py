"""Answers that the bot of a crash run owed: which were late, which came never, and which a kill explains."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.workspace import Control
from tests.faults.days import Days
from tests.faults.ledger import Held
from tests.faults.truth import HANDLES, PRESSED, SETTLED, SORRY, Truth

LATE = ("http_timeout", "timeout")
"""How the workspace calls an answer that has not come within 3 s: a machine with too much to do, which is counted. An
answer that never comes is a fault (`insisted`)."""
INSISTENCE = 20
"""How often something is delivered to a bot that is up until it counts as never answered."""
SLACK_S = 0.5
"""How long after a kill or a start what was under way may still be noted as unanswered."""
BUSY = ("lock timeout", "55P03", "SQLITE_BUSY", "database is locked")
"""What a bot says that has waited too long for others to write."""
THAWED = ("away (", "server closed the connection")
"""What one says that stood still in a transaction: the server has ended its connection, as it must."""
OVERLOAD = 3.0
"""From this load average for each processor on, whoever holds the write lock may not get to the end of a transaction
before others give up waiting for it: a 500 is counted then, and a fault on a machine that has less to do."""
EVERY_S = 0.25
LATE_S = 1.0
"""A watch that is woken so much too late was on a machine that ran nobody: no load average says so in time."""
AFTER_S = 3.0
"""How long after it goes on others may still give up that had waited for a transaction: they wait for 2.5 s."""
LATER_S = 60.0
"""The load average is that of the last minute."""
Excuse = Callable[[float, str], str]
"""Why a try failed at that moment, in the words of the report; nothing if that was the bot's own doing."""


@dataclass
class Load:
    """How much the machine had to do during a run."""

    _found: list[tuple[float, float]] = field(default_factory=list)
    _stalls: list[tuple[float, float]] = field(default_factory=list)
    """From when to when it ran nobody."""

    async def watch(self) -> None:
        """Note it until cancelled."""
        while True:
            self._found.append((time.time(), os.getloadavg()[0] / (os.cpu_count() or 1)))
            began = time.monotonic()
            await asyncio.sleep(EVERY_S)
            if (late := time.monotonic() - began - EVERY_S) > LATE_S:
                self._stalls.append((time.time() - late, time.time()))

    def too_much(self, moment: float) -> bool:
        """Whether it was too much then."""
        loads = (load > OVERLOAD and moment - SLACK_S <= when <= moment + LATER_S for when, load in self._found)
        return self.stalled(moment) or any(loads)

    def stalled(self, moment: float) -> bool:
        """Whether it ran nobody then, or just before."""
        return any(begin - SLACK_S <= moment <= end + AFTER_S for begin, end in self._stalls)

    @property
    def most(self) -> float:
        """The most."""
        return max((load for _, load in self._found), default=0.0)

    def report(self, truth: Truth, logged: list[tuple[float, str]], *, stood: bool) -> list[str]:
        """The errors that were logged, each with its moment; those of a busy database are counted if it was too much,
        or somebody `stood` still."""
        truth.counts["highest load average for each processor"] = round(self.most)
        truth.counts["moments at which the machine ran nobody"] = len(self._stalls)
        words = (*BUSY, *THAWED) if stood else BUSY if self.most > OVERLOAD else ()
        wrong = [
            line
            for moment, line in logged
            if not any(word in line for word in (words or (BUSY if self.stalled(moment) else ())))
        ]
        truth.counts["errors logged because the database was busy"] = len(logged) - len(wrong)
        return wrong


async def insisted(people: Control, days: Days, since: float) -> None:
    """Have what was not answered since then delivered until it is; events Slack itself repeats, and is waited for.

    Raises AssertionError if an answer never comes.
    """
    for error in await people.errors():
        late = error["kind"] == "no_ack" and error["reason"] in LATE and error["delivery_kind"] != "events_api"
        if late and days.real_time(error["at"]) >= since:
            for _ in range(INSISTENCE):
                if (await people.redeliver(error["delivery"]))["ok"]:
                    break
            else:
                raise AssertionError(f"{error['what']}: no answer ever comes")


async def faults(people: Control, days: Days, truth: Truth, excuse: Excuse) -> list[str]:
    """What the workspace held against the bot; what was late or is excused is counted."""
    found = []
    for error in await people.errors():
        if error["kind"] == "no_ack" and error["reason"] in LATE:
            truth.counts["answers later than 3 s"] += 1
        elif error["kind"] == "no_ack" and (why := excuse(days.real_time(error["at"]), error["what"])):
            truth.counts[why] += 1
        elif error["kind"] != "late_ack":  # it was counted when its three seconds were over
            found.append(f"wrong: the workspace noted {error['kind']}: {error['what']}")
    return found


async def regretted(people: Control, truth: Truth, held: Held) -> None:
    """A press is acknowledged whatever becomes of it, and an apology follows, or the word that somebody settled the
    idea meanwhile: those that it is about are untold."""
    for actor in HANDLES:
        shown = [str(one["text"]) for one in await people.ephemerals(actor)]
        sorry = [text for text in shown if any(said in text for said in SORRY)]
        settled = [text for text in shown if any(said in text for said in SETTLED)]
        lost = [deed for deed in truth.told(*PRESSED) if deed.actor == actor and not held.of(deed)]
        late = [deed for deed in lost if deed.kind == "back"][: len(settled)]
        for deed in [*late, *[one for one in lost if one not in late][: len(sorry)]]:
            deed.told = False
            truth.counts["presses that were regretted"] += 1


def while_away(lives: Sequence[tuple[float, float]], moment: float, what: str) -> str:
    """The excuse of a bot that was not up then, or had just been killed."""
    if "status 5" in what and "status 503" not in what:
        return ""
    ends, begins = [-1.0, *(end for _, end in lives)], [*(ready for ready, _ in lives), float("inf")]
    away = any(end - SLACK_S <= moment <= ready + SLACK_S for end, ready in zip(ends, begins, strict=True))
    return "tries while the bot was away" if away else ""
