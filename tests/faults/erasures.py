"""Kill an erasure before each of its statements, again and again: it is done whole or not at all, and in the end whole.

`python -m tests.faults.erasures --engine postgresql`. Somebody, a customer or a praise is erased in a company in which
each of them has left words everywhere, messages in "Slack" among them. The first life dies before its first statement,
the next before its second; after each all rows are looked through.
"""

import argparse
import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel

from bot.desk import announcing, erasing, suggesting
from bot.jobs import erasing as job
from bot.rules.erasing import Kind
from bot.services import kudos as thanking
from bot.services import praise as praising
from bot.services import suggestions
from bot.services.erasing import Order
from bot.services.suggestions import Draft
from bot.services.telling import Telling
from storage import people, traces
from storage.people import Profile
from tests.faults import lives
from tests.faults.lives import World
from tests.faults.process import read
from tests.office import TUESDAY, Office, a_company, mentions

NAME, EMAIL, CUSTOMER = "Zoe Quillfeather", "zoe.quill@example.com", "Mrs Hathersage"
WORDS = "The lantern by my bed was lit every evening of the week"
CANARIES: dict[Kind, tuple[str, ...]] = {"person": ("UZOE", NAME, EMAIL), "customer": (CUSTOMER,), "praise": (WORDS,)}
COMPANY = a_company()
LEDGER = ("entry", "account", "total")
OFTEN = ("erasure",)
"""What is noted each time that somebody erases, found or not."""
STATEMENT, COMMIT = "statement", "commit"
Subjects = dict[Kind, str]
Rows = dict[str, list[tuple[Any, ...]]]


def plant(world: World) -> Subjects:
    """Let Zoe and Mrs Hathersage be in everything, and all of it in "Slack"; gives what orders to erase them are of."""
    opened = world.open()
    office = Office(opened, COMPANY)
    office.enrol("ann", "bo", "cy")
    office.enrol("ada", is_slack_admin=True)
    zoe = Profile(slack_id="UZOE", name=NAME, email=EMAIL, locale="en-US", zone="Asia/Taipei")
    office.run(people.enrol, COMPANY.workspace_id, [zoe], now=office.now)
    told = _praise(office, "UBO", ("UZOE", "UANN"), f"{WORDS}, thanks to {NAME}")
    _praise(office, "UZOE", ("UBO",), f"Bo is as kind as {CUSTOMER} said")
    for giver, receivers in (("UZOE", ("ann", "bo")), ("UCY", ("ann",))):
        _thank(office, giver, mentions(*receivers), f"for the lift, says {NAME} to {CUSTOMER}")
    for author in ("UZOE", "UANN"):
        sent = office.do(suggestions.send, author, Draft("Lanterns for all", f"{NAME} wants one, as {CUSTOMER} does"))
        office.do(suggesting.arrived, sent)
    asyncio.run(lives.send(world, opened, office.now))
    subjects: Subjects = {"person": office.member("zoe").id, "customer": CUSTOMER, "praise": told}
    opened.close()
    return subjects


def _praise(office: Office, recorder: str, praised: tuple[str, ...], words: str) -> str:
    recorded = office.do(praising.record, recorder, Telling(people=praised, words=words, customer=CUSTOMER))
    office.do(announcing.praise, recorded.praise, not_before=office.now)
    return recorded.praise.id


def _thank(office: Office, giver: str, receivers: list[str], reason: str) -> None:
    def story(session: Session) -> None:
        given = thanking.give(
            session, COMPANY, giver, receivers, reason=reason, channel=COMPANY.praise_channel, now=office.now
        )
        thanks = thanking.told(session, given)
        announcing.kudos(session, COMPANY, given, thanks, channel=COMPANY.praise_channel, now=office.now)

    office.database.write_now(story)


async def erase(world: World, order: Order, now: datetime) -> None:
    """Erase, and clean the files, as the bot does when an admin presses the button, and when it starts again."""
    opened = world.open()

    def story(session: Session) -> None:
        erasing.erase(session, COMPANY, order, digest="d" * 64, by=None, rehearse=False, now=now)

    await opened.write(story)
    await job.finish(SimpleNamespace(database=opened, company=COMPANY))  # type: ignore[arg-type]
    opened.close()


def life(world: World, order: Order, statements: int) -> bool:
    """A life that dies before its next statement after so many; False if it ended before that. Raises SystemExit if it
    ended badly."""
    world.lives += 1
    child = os.fork()
    if child == 0:
        _live(world, order, statements)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if status:
        raise SystemExit("a life did not end well")
    return False


def _live(world: World, order: Order, statements: int) -> NoReturn:
    left = count(statements, -1)

    def die(*_: Any) -> None:
        if next(left) <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    status = 1
    try:
        with told(lambda _: die()):
            asyncio.run(erase(world, order, TUESDAY))
        status = 0
    finally:
        os._exit(status)


@contextmanager
def told(hear: Callable[[str], None]) -> Iterator[None]:
    """Hear of each statement before it is sent, and of each commit."""

    def statement(*_: Any) -> None:
        hear(STATEMENT)

    def commit(_: Any) -> None:
        hear(COMMIT)

    heard = (("before_cursor_execute", statement), ("commit", commit))
    for moment, listener in heard:
        event.listen(Engine, moment, listener)
    try:
        yield
    finally:
        for moment, listener in heard:
            event.remove(Engine, moment, listener)


def moments(steps: list[str], stride: int) -> list[int]:
    """Before which of these steps a life dies: every `stride`-th, and all at a commit and just after it."""
    return [place for place, step in enumerate(steps) if place % stride == 0 or COMMIT in (step, steps[place - 1])]


@dataclass
class Look:
    """What is stored `before` anything was erased, and how many rows there are when all is `done`."""

    url: str
    kind: Kind
    before: Rows
    done: Counter[str]

    def faults(self, now: Rows) -> Iterator[str]:
        """What is wrong now: nothing may have changed yet, or everything has."""
        if now == self.before:
            return
        yield from (f"left: {place}" for place in holding(now, CANARIES[self.kind]))
        for table in LEDGER:
            if now[table] != self.before[table]:
                yield f"wrong: {table} is not what it was"
        if differ := [table for table, many in sizes(now).items() if many != self.done[table]]:
            yield f"lost: half of it is done, {', '.join(differ)} is otherwise"


def stored(url: str) -> Rows:
    """Every row of every table, over one connection."""
    names = [each.name for each in SQLModel.metadata.sorted_tables]
    with closing(_plain(url)) as connection:
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=str) for name in names}


def _plain(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    import psycopg

    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def sizes(rows: Rows) -> Counter[str]:
    return Counter({table: len(found) for table, found in rows.items() if table not in OFTEN})


def holding(rows: Rows, canaries: tuple[str, ...]) -> list[str]:
    """The tables of which a row holds one of these."""
    held = {table: [str(row) for row in found] for table, found in rows.items()}
    return sorted({table for table, found in held.items() for row in found for one in canaries if one in row})


def run(engine: str, kind: Kind, *, stride: int) -> tuple[int, list[str]]:
    """Kill the erasure of one kind again and again; gives how many kills, and what is wrong."""
    steps: list[str] = []
    with lives.fresh(engine) as (url, folder):
        world = World(url, folder)
        order = Order(kind, plant(world)[kind])
        with told(steps.append):
            asyncio.run(erase(world, order, TUESDAY))
        done = sizes(stored(url))
    with lives.fresh(engine) as (url, folder):
        world = World(url, folder)
        order = Order(kind, plant(world)[kind])
        look = Look(url, kind, stored(url), done)
        assert holding(look.before, CANARIES[kind]), "nothing was planted"
        kills, faults = _kill(world, order, look, steps, stride)
        if stored(url) == look.before:
            faults.append("lost: nothing was erased")
        if read(url, "SELECT 1 FROM erasure WHERE NOT scrubbed"):
            faults.append("wrong: the files were not cleaned")
        faults += [f"left: in {name}" for name in files(url, CANARIES[kind])]
    return kills, faults


def _kill(world: World, order: Order, look: Look, steps: list[str], stride: int) -> tuple[int, list[str]]:
    """Let life after life die a little later, until it is erased; then again, of what is left to do."""
    kills = 0
    for place in moments(steps, stride):
        kills += life(world, order, place)
        now = stored(look.url)
        if faults := list(look.faults(now)):
            return kills, [f"{fault} (killed before step {place})" for fault in faults]
        if now != look.before:
            break
    for place in count(step=-(-stride // 8)):
        if not life(world, order, place):
            break
        kills += 1
    return kills, list(look.faults(stored(look.url)))


def files(url: str, canaries: tuple[str, ...]) -> list[str]:
    """The files of the database that hold one of these; only SQLite's are ours to look at."""
    if not url.startswith("sqlite"):
        return []
    path = Path(url.removeprefix("sqlite:///"))
    found = [one for one in path.parent.glob(f"{path.name}*") if one.is_file()]
    return [one.name for one in found if any(canary.encode() in one.read_bytes() for canary in canaries)]


def in_two() -> None:
    """A mutant: rows are erased in one transaction, and what is owed to Slack follows in another."""
    find = traces.find

    def committed(session: Session, *told: Any, **more: Any) -> Any:
        session.commit()
        return find(session, *told, **more)

    traces.find = committed


MUTANTS = {"in-two": in_two}


def main() -> int:
    """The exit status: 0 if nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.erasures", description=__doc__)
    parser.add_argument("--stride", type=int, default=1, help="kill before every so many-th statement, and at commits")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--kind", choices=tuple(CANARIES), action="append", help="erase this alone")
    parser.add_argument("--mutant", choices=tuple(MUTANTS), help="with this guard missing: must turn red")
    asked = parser.parse_args()
    if asked.mutant:
        MUTANTS[asked.mutant]()
    wrong = 0
    for kind in asked.kind or CANARIES:
        kills, faults = run(asked.engine, kind, stride=asked.stride)
        print(f"{kind:10} {kills} kills, {len(faults)} faults on {asked.engine}", *faults[:4], sep="\n  ", flush=True)
        wrong += bool(faults)
    print("RED" if wrong else "nothing wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
