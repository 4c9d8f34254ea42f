"""Back the database up while praise and kudos are written, restore each copy to a place of its own, and compare.

`python -m tests.faults.backups --count 40`. The writer is a process of its own with threads that run the real stories
through the real database; every praise is noted once its write has returned. Exit status 1 if a copy is not whole, is
not what was copied, or lacks anything that was acknowledged before the backup began.
"""

import argparse
import asyncio
import itertools
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import kudos, praise
from bot.services.telling import Telling
from storage import backup, integrity, outbox, people
from storage.database import Database, open_database
from storage.people import Profile

TEAM = "T1"
STAFF = [f"U{number:03}" for number in range(40)]
AT_ONCE = 4
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Taken:
    """One backup: praises acknowledged before it began, its size and seconds, and what is wrong with it."""

    acknowledged: int
    size: int
    seconds: float
    faults: tuple[str, ...]


def take(count: int, folder: Path) -> list[Taken]:
    """Take `count` backups in `folder` while others write."""
    database = folder / "golden-ear.db"
    with _written(database, folder / "acknowledged") as acknowledged:
        return [_one(number, database, acknowledged, folder) for number in range(count)]


def _one(number: int, database: Path, acknowledged: Path, folder: Path) -> Taken:
    known = _acknowledged(acknowledged)
    end = time.monotonic() + PATIENCE_S
    while len(_acknowledged(acknowledged)) < len(known) + 3:  # there is load just now
        assert time.monotonic() < end, "the writers have stopped"
        time.sleep(0.005)
    known = _acknowledged(acknowledged)
    saved, restored = folder / f"saved-{number}.db", folder / f"restored-{number}.db"
    made = backup.back_up(database, saved)
    backup.restore(saved, restored)
    faults = tuple(_faults(saved, restored, known))
    saved.unlink()
    restored.unlink()
    return Taken(len(known), made.size, made.seconds, faults)


def _faults(saved: Path, restored: Path, known: set[str]) -> Iterator[str]:
    with closing(sqlite3.connect(saved)) as one, closing(sqlite3.connect(restored)) as other:
        if list(one.iterdump()) != list(other.iterdump()):
            yield "what was restored differs from the backup"
        lost = known - {row[0] for row in other.execute("SELECT words FROM praise")}
        if lost:
            yield f"{len(lost)} acknowledged praises are missing"
    database = Database(f"sqlite:///{restored}")
    yield from database.read_now(lambda session: list(integrity.problems(session, real_now=0.0)))
    database.close()
    for ending in ("-wal", "-shm"):
        Path(f"{restored}{ending}").unlink(missing_ok=True)


def _acknowledged(path: Path) -> set[str]:
    """The words whose write has returned; a half-written last line is not yet one."""
    return set(path.read_text(encoding="utf-8").split("\n")[:-1])


@contextmanager
def _written(database: Path, acknowledged: Path) -> Iterator[Path]:
    """A process that writes until the end."""
    acknowledged.touch()
    command = [sys.executable, "-m", "tests.faults.backups", "--write", str(database), "--note", str(acknowledged)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE) as writer:
        try:
            yield acknowledged
            assert writer.poll() is None, "the writers have ended"
        finally:
            writer.communicate()


async def _write(path: Path, acknowledged: Path) -> None:
    """Praise and thank until standard input ends; note each praise once its write has returned."""
    database = await asyncio.to_thread(open_database, f"sqlite:///{path}")
    company = Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"))
    profiles = [Profile(slack_id=slack_id, name=slack_id) for slack_id in STAFF]
    await database.write(lambda session: people.enrol(session, TEAM, profiles, now=datetime.now(UTC)))
    numbers = itertools.count()
    with acknowledged.open("a", encoding="utf-8") as note:

        async def one_after_another() -> None:
            for number in numbers:
                words = f"She found my ring, guest {number}"
                await database.write(partial(_story, company=company, number=number, words=words))
                note.write(f"{words}\n")
                note.flush()

        writing = [asyncio.create_task(one_after_another()) for _ in range(AT_ONCE)]
        await asyncio.to_thread(sys.stdin.read)
        for each in writing:
            each.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
    await asyncio.to_thread(database.close)


def _story(session: Session, *, company: Company, number: int, words: str) -> None:
    """A praise with the post that it owes; each third time kudos as well."""
    now = datetime.now(UTC)
    giver, receiver = STAFF[number % 40], STAFF[(number + 1 + number // 40 % 39) % 40]
    told = praise.record(session, company, giver, Telling(people=(receiver,), words=words), now=now)
    subject = f"praise:{told.praise.id}"
    owe = partial(outbox.post, session, workspace_id=TEAM, channel="CPRAISE", now=now)
    owe(key=subject, subject=subject, message={"text": words})
    if number % 3 == 0 and number < 100:
        kudos.give(session, company, giver, (receiver,), reason="for the ring", channel="", now=now)


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.backups", description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--note", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        asyncio.run(_write(asked.write, asked.note))
        return 0
    with tempfile.TemporaryDirectory(prefix="golden-ear-backups-") as folder:
        taken = take(asked.count, Path(folder))
    good = [each for each in taken if not each.faults]
    seconds = sorted(each.seconds for each in taken)
    print(
        f"{len(good)} of {len(taken)} backups under load whole, restored and equal; {taken[0].acknowledged} to "
        f"{taken[-1].acknowledged} praises acknowledged before, {taken[-1].size / 1e6:.1f} MB in the end; "
        f"a backup with its check took {seconds[len(seconds) // 2]:.2f} s (median), {seconds[-1]:.2f} s at most"
    )
    for each in taken:
        for fault in each.faults:
            print(f"  {fault}")
    return 0 if len(good) == len(taken) else 1


if __name__ == "__main__":
    sys.exit(main())
