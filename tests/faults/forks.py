"""Kill the storage layer 10,000 times: each life is a fork that stores praise and sends posts until SIGKILL.

`python -m tests.faults.forks --kills 10000 --seed 7 --engine postgresql`. The lives write through the database layer,
four at once, each praise with the row of its delivery and its post owed; one worker claims what is owed and "posts" it
by adding a line to a file, after a look into that file where the outbox says so. A tenth of what was acknowledged is
delivered again. Afterwards everything acknowledged must be there once, and everything owed posted once.
"""

import argparse
import asyncio
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import praise as service
from bot.services.telling import Telling
from storage import claims, database, integrity, outbox
from storage.claims import Claimed
from storage.database import Database
from storage.inbox import Delivery, Repeated
from storage.migrations import upgrade
from tests.faults import mutants
from tests.office import TEAM, TUESDAY, Office, fresh_url, slack_id
from tests.servers import server

STAFF = tuple(f"p{number:02}" for number in range(40))
COMPANY = Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"))
AT_ONCE = 4
WAITING = 60
"""Deliveries that a life finds; more than it has time for."""
AGAIN = 6
"""Of these, such as were acknowledged before."""
SHORT = 4
"""Deliveries of the one life that measures how long lives are on this machine: none lasts longer than it did."""
NEVER_S = 120.0
LEASE = claims.LEASE + 1


@dataclass
class World:
    """What the lives share: the database's address, what stands in "Slack", and how late it is for leases."""

    url: str
    slack: Path
    lives: int = 0
    warm: dict[Any, Any] = field(default_factory=dict)

    def open(self) -> Database:
        """The database, with every statement that any life before has compiled."""
        made = database.connect
        database.connect = lambda *given, **named: made(*given, **named).execution_options(compiled_cache=self.warm)
        try:
            return Database(self.url)
        finally:
            database.connect = made

    def posted(self) -> Counter[str]:
        """How often each post stands in "Slack"."""
        return Counter(self.slack.read_text().split()) if self.slack.exists() else Counter()


def telling(number: int) -> tuple[str, Telling, datetime]:
    """Who tells what, when: no colleague praises another more than three times in seven days."""
    pairs = len(STAFF) * (len(STAFF) - 1)
    place, shift = divmod(number % pairs, len(STAFF) - 1)
    told = Telling(people=(slack_id(STAFF[(place + shift + 1) % len(STAFF)]),), words=f"q{number}q was so kind")
    return STAFF[place], told, TUESDAY + timedelta(days=8 * (number // (3 * pairs)))


async def live(world: World, numbers: list[int], heard: int) -> None:
    """One life: take these deliveries, send what is owed; write down in `heard` what was acknowledged."""
    opened = world.open()
    waiting = iter(numbers)
    taking = asyncio.gather(*(_take(opened, waiting, heard) for _ in range(AT_ONCE)))
    while not taking.done():
        await _send(world, opened)
        await asyncio.sleep(0)
    await taking
    await _send(world, opened)
    opened.close()


async def _take(opened: Database, waiting: Iterator[int], heard: int) -> None:
    for number in waiting:
        recorder, told, now = telling(number)

        def story(session: Session, recorder: str = recorder, told: Telling = told, now: datetime = now) -> None:
            praise = service.record(session, COMPANY, slack_id(recorder), told, now=now).praise
            owed = {"workspace_id": TEAM, "channel": f"C{praise.words.split()[0].upper()}", "now": now}
            outbox.post(session, key=f"praise:{praise.words.split()[0]}", message={"text": praise.words}, **owed)  # type: ignore[arg-type]

        with suppress(Repeated):
            await opened.write(story, Delivery(TEAM, "event", f"Ev{number}", now))
        os.write(heard, number.to_bytes(4))


async def _send(world: World, opened: Database) -> None:
    """Send what is owed until nothing is."""
    owner, now, real_now = f"life {world.lives}", TUESDAY + timedelta(days=30_000), LEASE * (world.lives + 1)
    while True:

        def claim(session: Session) -> list[Claimed]:
            return claims.claim(
                session, workspace_id=TEAM, method=outbox.POST, owner=owner, now=now, real_now=real_now, limit=4
            )

        rows = await opened.write(claim)
        if not rows:
            return
        for row in rows:
            if not (row.unsure_since and world.posted()[row.key]):
                with world.slack.open("ab", buffering=0) as slack:
                    slack.write(f"{row.key}\n".encode())

            def arrived(session: Session, row: Claimed = row) -> bool:
                return claims.mark_sent(session, row, channel=row.channel, ts=f"{row.id}.0", now=now)

            await opened.write(arrived)


def born(world: World, numbers: list[int], seconds: float | None, *, answering: bool = False) -> set[int]:
    """Fork a life and kill it after so many seconds (None: let it end), counted from its first acknowledgement if it is
    `answering`; gives what it acknowledged."""
    reading, heard = os.pipe()
    world.lives += 1
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            asyncio.run(live(world, numbers, heard))
            status = 0
        finally:
            os._exit(status)
    os.close(heard)
    if answering and not select.select([reading], [], [], NEVER_S)[0]:
        raise SystemExit("a life has acknowledged nothing")
    first = os.read(reading, 4) if answering else b""
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    with open(reading, "rb") as pipe:
        said = first + pipe.read()
    _, status = os.waitpid(child, 0)
    if status and seconds is None:
        raise SystemExit("the last life did not end well")
    return {int.from_bytes(said[place : place + 4]) for place in range(0, len(said) // 4 * 4, 4)}


def run(url: str, folder: Path, kills: int, seed: int, at_most_s: float) -> tuple[str, list[str]]:
    """So many kills on the empty, migrated database at `url`, fewer if they take longer than `at_most_s`; gives the
    figures in a sentence, and what went wrong."""
    dice, world = random.Random(seed), World(url, folder / "slack.txt")
    first = world.open()
    Office(first, COMPANY).enrol(*STAFF)
    first.close()
    made, again, answered = WAITING, 0, 0
    waiting: list[int] = []
    asyncio.run(live(world, list(range(made)), os.open(os.devnull, os.O_WRONLY)))  # compiles what the lives inherit
    began = time.monotonic()
    told = set(range(made)) | born(world, list(range(made, made + SHORT)), None)
    longest, made = time.monotonic() - began, made + SHORT
    for done in range(kills):
        if time.monotonic() - began > at_most_s:
            kills = done
            break
        fresh = range(made, made + WAITING - len(waiting))
        made, waiting = fresh.stop, waiting + list(fresh)
        repeated = dice.sample(sorted(told)[-400:], min(AGAIN, len(told)))
        batch = waiting + repeated
        dice.shuffle(batch)
        answering = dice.random() < 0.5  # however busy the machine is, these have something to lose
        heard = born(world, batch, dice.uniform(0, longest / (3 if answering else 1)), answering=answering)
        answered += bool(heard)
        again += len(heard & set(repeated))
        told |= heard
        waiting = [number for number in waiting if number not in heard]
    told |= born(world, waiting, None)
    took = time.monotonic() - began
    faults = list(_faults(world, made))
    figures = f"{kills} kills, {answered} of them after acknowledgements, {made} deliveries, {again} of these twice"
    return f"{figures}, {took:.0f} s", faults


def _faults(world: World, made: int) -> Iterator[str]:
    """Each delivery must have had its effect once, and its post must stand once."""
    engine = database.connect(world.url)
    posted = world.posted()
    with Session(engine) as session:
        count = "SELECT words, count(*), sum(amount) FROM praise JOIN entry ON key LIKE 'praise:' || praise.id || ':%'"
        rows = session.connection().exec_driver_sql(
            f"{count} GROUP BY words".replace("%'", "%%'" if "postgres" in world.url else "%'")
        )
        there = {words.split()[0]: (times, points) for words, times, points in rows}
        for number in range(made):
            times, points = there.get(f"q{number}q", (0, 0))
            if (times, points) != (1, 10):
                yield f"{'doubled' if times else 'lost'}: q{number}q is stored {times} times with {points} points"
            if posted[f"praise:q{number}q"] != 1:
                yield f"q{number}q stands {posted[f'praise:q{number}q']} times in Slack"
        for problem in integrity.problems(session, real_now=0.0):
            yield f"wrong: {problem}"
    engine.dispose()


@contextmanager
def _fresh(engine: str, folder: Path) -> Iterator[str]:
    """The address of an empty, migrated database."""
    if engine == "sqlite":
        yield fresh_url(folder)
        return
    with server() as running:
        upgrade(running.url())
        yield running.url()


def main() -> int:
    """The exit status: 0 if nothing was lost and nothing doubled."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.forks", description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="fewer kills if they take longer")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--mutant", choices=("ack-before-commit",), help="with this guard missing: must turn red")
    asked = parser.parse_args()
    if asked.mutant:
        mutants.A_MOMENT_S = 0.1
        mutants.MUTANTS[asked.mutant]()
    folder = Path(tempfile.mkdtemp(prefix="golden-ear-forks-"))
    try:
        with _fresh(asked.engine, folder) as url:
            figures, faults = run(url, folder, asked.kills, asked.seed, asked.minutes * 60)
    finally:
        shutil.rmtree(folder)
    print(f"seed {asked.seed}: {asked.engine}, {figures}; {len(faults) or 'nothing'} lost, doubled or wrong")
    print(*faults[:8], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
