"""Kill the storage layer 10,000 times: each life is a fork that stores praise and sends posts until SIGKILL.

`python -m tests.faults.forks --kills 10000 --seed 7 --engine postgresql`. The lives write through the database layer,
four at once, each praise with the row of its delivery and its post owed; one worker claims what is owed and "posts" it
by adding a line to a file, after a look into that file where the outbox says so. A tenth of what was acknowledged is
delivered again. Afterwards everything acknowledged must be there once, and everything owed posted once.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import praise as service
from bot.services.telling import Telling
from storage import database, integrity, outbox
from storage.database import Database
from storage.inbox import Delivery, Repeated
from tests.faults import lives, mutants
from tests.faults.lives import Say, World
from tests.office import TEAM, TUESDAY, Office, slack_id

STAFF = tuple(f"p{number:02}" for number in range(40))
COMPANY = Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"))
AT_ONCE = 4
WAITING = 60
"""Deliveries that a life finds; more than it has time for."""
AGAIN = 6
"""Of these, such as were acknowledged before."""
SHORT = 4
"""Deliveries of the one life that measures how long lives are on this machine: none lasts longer than it did."""
LATER = TUESDAY + timedelta(days=30_000)
"""When posts are sent: after all days of praise."""


def telling(number: int) -> tuple[str, Telling, datetime]:
    """Who tells what, when: no colleague praises another more than three times in seven days."""
    pairs = len(STAFF) * (len(STAFF) - 1)
    place, shift = divmod(number % pairs, len(STAFF) - 1)
    told = Telling(people=(slack_id(STAFF[(place + shift + 1) % len(STAFF)]),), words=f"q{number}q was so kind")
    return STAFF[place], told, TUESDAY + timedelta(days=8 * (number // (3 * pairs)))


async def live(world: World, numbers: list[int], say: Say) -> None:
    """One life: take these deliveries, send what is owed; say what was acknowledged."""
    opened = world.open()
    waiting = iter(numbers)
    taking = asyncio.gather(*(_take(opened, waiting, say) for _ in range(AT_ONCE)))
    while not taking.done():
        await lives.send(world, opened, LATER)
        await asyncio.sleep(0)
    await taking
    await lives.send(world, opened, LATER)
    opened.close()


async def _take(opened: Database, waiting: Iterator[int], say: Say) -> None:
    for number in waiting:
        recorder, told, now = telling(number)

        def story(session: Session, recorder: str = recorder, told: Telling = told, now: datetime = now) -> None:
            praise = service.record(session, COMPANY, slack_id(recorder), told, now=now).praise
            owed = {"workspace_id": TEAM, "channel": f"C{praise.words.split()[0].upper()}", "now": now}
            outbox.post(session, key=f"praise:{praise.words.split()[0]}", message={"text": praise.words}, **owed)  # type: ignore[arg-type]

        with suppress(Repeated):
            await opened.write(story, Delivery(TEAM, "event", f"Ev{number}", now))
        say(number)


def born(world: World, numbers: list[int], seconds: float | None, *, answering: bool = False) -> set[int]:
    """A life that is killed after so many seconds (None: let it end), counted from its first acknowledgement if it is
    `answering`; gives what it acknowledged."""
    living = partial(live, world, numbers)
    return set(lives.born(world, living, seconds, awaited=(lambda _: True) if answering else None))


def run(url: str, folder: Path, kills: int, seed: int, at_most_s: float) -> tuple[str, list[str]]:
    """So many kills on the empty, migrated database at `url`, fewer if they take longer than `at_most_s`; gives the
    figures in a sentence, and what went wrong."""
    dice, world = random.Random(seed), World(url, folder)
    first = world.open()
    Office(first, COMPANY).enrol(*STAFF)
    first.close()
    made, again, answered = WAITING, 0, 0
    waiting: list[int] = []
    asyncio.run(live(world, list(range(made)), lambda _: None))  # compiles what the lives inherit
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


def main() -> int:
    """The exit status: 0 if nothing was lost and nothing doubled."""
    asked = lives.asked("tests.faults.forks", __doc__, kills=10_000, mutants=("ack-before-commit",))
    if asked.mutant:
        mutants.A_MOMENT_S = 0.1
        mutants.MUTANTS[asked.mutant]()
    with lives.fresh(asked.engine) as (url, folder):
        figures, faults = run(url, folder, asked.kills, asked.seed, asked.minutes * 60)
    print(f"seed {asked.seed}: {asked.engine}, {figures}; {len(faults) or 'nothing'} lost, doubled or wrong")
    print(*faults[:8], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
