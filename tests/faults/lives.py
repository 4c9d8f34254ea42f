"""Lives that end by SIGKILL: forks of one process that do what it tells them, with a real database, and say what was
acknowledged through a pipe.

A life inherits what any before it has compiled, so that it begins to work at once and dies in the middle of its work.
Whoever forks must have no threads: `asyncio.run` in the parent leaves none.
"""

import argparse
import asyncio
import os
import random
import select
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

from sqlalchemy import Engine, event
from sqlmodel import Session

from storage import claims, database, outbox
from storage.claims import Claimed
from storage.database import Database
from storage.migrations import upgrade
from tests.office import TEAM, fresh_url
from tests.servers import server

LEASE = claims.LEASE + 1
NEVER_S = 120.0
"""What has not come by then never comes."""
WORD = 4


class Stuck(Exception):
    """A life has not said what was awaited."""


Say = Callable[[int], None]
"""How a life tells its parent: words of four bytes, each whole or not at all."""
Living = Callable[[Say], Coroutine[Any, Any, None]]


@dataclass
class World:
    """What the lives share: the database's address, a folder, what stands in "Slack", and how late it is for leases."""

    url: str
    folder: Path
    lives: int = 0
    warm: dict[Any, Any] = field(default_factory=dict)

    @property
    def slack(self) -> Path:
        return self.folder / "slack.txt"

    def open(self) -> Database:
        """The database, with every statement that any life before has compiled."""
        with patch.object(database, "connect", self.engine):
            return Database(self.url)

    def engine(self, url: str, **named: Any) -> Engine:
        """An engine as the bot has it, with these statements; it waits longer for a busy machine."""
        engine = _connect(url, **named).execution_options(compiled_cache=self.warm)
        event.listen(engine, "connect", _wait if engine.dialect.name == "postgresql" else _wait_for_file)
        return engine

    def posted(self) -> Counter[str]:
        """How often each post stands in "Slack"."""
        return Counter(self.slack.read_text().split()) if self.slack.exists() else Counter()


_connect = database.connect


def _wait(connection: Any, _record: object) -> None:
    milliseconds = int(NEVER_S * 1000)
    connection.execute(f"SET idle_in_transaction_session_timeout={milliseconds}; SET lock_timeout={milliseconds}")


def _wait_for_file(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout={int(NEVER_S * 1000)}")


async def send(world: World, opened: Database, now: datetime) -> None:
    """Send what is owed until nothing is: each post is a line of a file, after a look into that file where the outbox
    is unsure."""
    owner, real_now = f"life {world.lives}", LEASE * (world.lives + 1)
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
                place = row.channel if row.channel.startswith("C") else f"D{row.channel[1:]}"  # as Slack answers
                return claims.mark_sent(session, row, channel=place, ts=f"{row.id}.0", now=now)

            await opened.write(arrived)


def born(
    world: World,
    living: Living,
    seconds: float | None,
    *,
    awaited: Callable[[int], bool] | None = None,
    then: Callable[[], None] = lambda: None,
) -> list[int]:
    """Fork a life and kill it after so many seconds (None: let it end), counted from the first word that is `awaited`,
    if any is; `then` is called at that word. Gives all that it said."""
    reading, heard = os.pipe()
    world.lives += 1
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(living, heard)
    os.close(heard)
    try:
        said = _until(reading, awaited) if awaited else []
        then()
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        while words := os.read(reading, 1024 * WORD):
            said += _words(words)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.close(reading)
        _, status = os.waitpid(child, 0)
    if status and seconds is None:
        raise SystemExit("the last life did not end well")
    return said


def _live(living: Living, heard: int) -> NoReturn:
    status = 1
    try:
        asyncio.run(living(lambda word: _say(heard, word)))
        status = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(status)


def _say(heard: int, word: int) -> None:
    os.write(heard, word.to_bytes(WORD))


def _until(reading: int, awaited: Callable[[int], bool]) -> list[int]:
    """What is said up to the first word that is awaited, and perhaps more. Raises Stuck if it does not come."""
    said: list[int] = []
    until = time.monotonic() + NEVER_S
    while True:
        if not select.select([reading], [], [], max(0, until - time.monotonic()))[0]:
            raise Stuck("a life has not said what was awaited")
        words = _words(os.read(reading, 1024 * WORD))
        if not words:
            raise Stuck("a life ended before it said what was awaited")
        said += words
        if any(map(awaited, words)):
            return said


def _words(said: bytes) -> Iterable[int]:
    return [int.from_bytes(said[place : place + WORD]) for place in range(0, len(said) // WORD * WORD, WORD)]


@contextmanager
def fresh(engine: str) -> Iterator[tuple[str, Path]]:
    """The address of an empty, migrated database, and a folder; both are gone in the end."""
    folder = Path(tempfile.mkdtemp(prefix="golden-ear-lives-"))
    try:
        if engine == "sqlite":
            yield fresh_url(folder), folder
            return
        with server() as running:
            upgrade(running.url())
            yield running.url(), folder
    finally:
        shutil.rmtree(folder)


def asked(module: str, what: str | None, *, kills: int, mutants: Iterable[str]) -> argparse.Namespace:
    """What the command line of such a run asks for."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=what)
    parser.add_argument("--kills", type=int, default=kills)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="fewer kills if they take longer")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--mutant", choices=tuple(mutants), help="with this guard missing: must turn red")
    return parser.parse_args()
