"""Cut the power at random moments while praise is stored, then count what was acknowledged and is gone.

`python -m tests.faults.powercut --cuts 500 --seed 7`, and `--synchronous NORMAL` for the guard missing. Our own
database layer writes, eight people at once so that commits are shared; the disk is that of `tests.faults.power`.
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.rules.company import Company
from bot.services import praise as service
from bot.services.telling import Telling
from storage import integrity, outbox
from storage.database import Database, connect
from storage.inbox import Delivery
from tests.faults import power
from tests.office import TEAM, TUESDAY, Office, fresh_url, slack_id

PEOPLE = ("ann", "bo", "cy", "di", "ed", "fay", "gus", "hal")
MOST = 12
"""Praises that one person passes on in one trial."""
OPERATIONS = 900
"""Writes and syncs of a whole trial, about: the cut comes at a random one of them."""
CHECKPOINT_PAGES = 40
COMPANY = Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"))


def staffed(folder: Path) -> Path:
    """A database with these people, closed: the trials begin with copies of it."""
    database = Database(fresh_url(folder))
    Office(database, COMPANY).enrol(*PEOPLE)
    database.close()
    return folder / "golden-ear.db"


def trial(watch: power.Watch, staff: Path, folder: Path, seed: int, synchronous: str = "") -> Iterator[str]:
    """One cut; gives a sentence, which begins with "lost" or "wrong", for each thing that is not as it must be."""
    dice = random.Random(seed)
    live, after = folder / "live", folder / "after"
    for place in (live, after):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    path = live / "golden-ear.db"
    shutil.copyfile(staff, path)
    acknowledged: list[str] = []
    disk = watch.disk = power.Disk(acknowledged, cut_at=dice.randrange(1, OPERATIONS))
    with suppress(SQLAlchemyError):  # the power may go while the file is being closed
        asyncio.run(_live(path, acknowledged, synchronous))
    disk.cut()
    watch.disk = None
    for name, content in disk.surviving(random.Random(seed)).items():
        (after / Path(name).name).write_bytes(content)
    yield from _faults(after / path.name, disk.promised or ())


async def _live(path: Path, acknowledged: list[str], synchronous: str) -> None:
    database = Database(f"sqlite:///file:{path}?vfs={power.NAME}&uri=true")
    event.listen(
        database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    )
    if synchronous:
        event.listen(database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA synchronous={synchronous}"))
    try:
        await asyncio.gather(*(_tell(database, place, acknowledged) for place in range(len(PEOPLE))))
    finally:
        await asyncio.to_thread(database.close)


async def _tell(database: Database, place: int, acknowledged: list[str]) -> None:
    """One person passes on praise until the power is gone."""
    for number in range(MOST):
        words = f"The guest in room {place}{number:02} was so happy" + " and stayed on" * (number * 7 % 40)
        praised = PEOPLE[(place + 1 + number // 2) % len(PEOPLE)]
        telling = Telling(people=(slack_id(praised),), words=words)
        now = TUESDAY + timedelta(days=number)

        def story(session: Session, place: int = place, telling: Telling = telling, now: object = now) -> str:
            told = service.record(session, COMPANY, slack_id(PEOPLE[place]), telling, now=now).praise  # type: ignore[arg-type]
            owed = {"workspace_id": TEAM, "key": f"praise:{told.id}", "channel": "CPRAISE", "now": now}
            outbox.post(session, message={"text": told.words}, **owed)  # type: ignore[arg-type]
            return told.id

        try:
            acknowledged.append(await database.write(story, Delivery(TEAM, "command", f"{place}.{number}", now)))
        except SQLAlchemyError:
            return


def _faults(path: Path, promised: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the file that the cut left."""
    engine = connect(f"sqlite:///{path}")
    try:
        with Session(engine) as session:
            for problem in integrity.problems(session, real_now=time.time()):
                yield f"wrong: {problem}"
            for table, of, key in (
                ("praise", "id", "{}"), ("entry", "substr(key, 1, 39)", "praise:{}"), ("outbox", "key", "praise:{}"),
            ):  # fmt: skip
                there = Counter(row[0] for row in session.connection().exec_driver_sql(f"SELECT {of} FROM {table}"))
                for praise_id in promised:
                    if there[key.format(praise_id)] != 1:
                        yield f"lost: {table} has {there[key.format(praise_id)]} of the acknowledged {praise_id}"
            keys = session.connection().exec_driver_sql("SELECT count(*) FROM inbox").scalar_one()
            if keys < len(promised):
                yield f"lost: {len(promised)} were acknowledged, the inbox has {keys}"
    except SQLAlchemyError as error:
        yield f"wrong: the file cannot be read: {error}"
    finally:
        engine.dispose()


def run(cuts: int, seed: int, synchronous: str = "") -> tuple[int, Counter[str], list[str]]:
    """So many cuts; gives how many of them did harm, how often each kind, and the first sentences."""
    watch, kinds, said, harmed = _watch(), Counter[str](), list[str](), 0
    folder = Path(tempfile.mkdtemp(prefix="golden-ear-power-"))
    try:
        staff = staffed(folder)
        for number in range(cuts):
            found = list(trial(watch, staff, folder, seed + number, synchronous))
            harmed += bool(found)
            kinds.update(sentence.partition(":")[0] for sentence in found)
            said += [f"seed {seed + number}: {sentence}" for sentence in found[:1]]
    finally:
        shutil.rmtree(folder)
    return harmed, kinds, said


_watching: list[power.Watch] = []


def _watch() -> power.Watch:
    """The one of this process."""
    if not _watching:
        _watching.append(power.Watch())
    return _watching[0]


def main() -> int:
    """The exit status: 0 if nothing acknowledged was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.powercut", description=__doc__)
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--synchronous", default="", help="instead of FULL; NORMAL must lose rows")
    asked = parser.parse_args()
    began = time.monotonic()
    harmed, kinds, said = run(asked.cuts, asked.seed, asked.synchronous)
    how, found = asked.synchronous or "FULL", dict(kinds) or "nothing acknowledged was lost"
    print(f"synchronous={how}, {asked.cuts} power cuts from seed {asked.seed}: harm in {harmed} ({found}),", end=" ")
    print(f"{time.monotonic() - began:.0f} s")
    print(*said[:5], sep="\n")
    return 1 if harmed else 0


if __name__ == "__main__":
    sys.exit(main())
