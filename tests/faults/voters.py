"""A life of the pulse: people vote, four at once, and the bot's own jobs open, ask, mix and close, until SIGKILL.

It says who is acknowledged, after the commit, and at which step of the jobs it is.
"""

import asyncio
import logging
import math
import random
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import Clock
from bot.desk import Desk, pulsing
from bot.jobs import pulse, upkeep
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.sealing import Keys
from bot.services import asking, closing, mixing, rounds, voting
from storage import ballots, surveys, waiting
from storage.database import Database
from tests.faults import lives, round_mutants
from tests.faults.lives import Say, World
from tests.office import TEAM

COMPANY = Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"))
AT_ONCE = 4
RATE = 50.0
"""Questions a second: all who are asked are owed theirs within a few looks of the job."""
PAUSE_S = 0.005
"""Between two looks of a job, which are seconds in the bot, and between two votes that are given again."""
ON_THE_WAY_S = 0.001
"""Between the commit of a vote and the moment in which somebody hears of it."""
PIECE = 20
"""Rows that one transaction destroys, or one look reads, so that there is a middle to be killed in."""
STEP, AGAIN, COMMENT, FAILED = 1 << 31, 1 << 30, 1 << 29, 1 << 28
"""Kinds of words: at which step it is, that a repeated vote was acknowledged, a comment, that the life broke. A word
that is none of these is the number of a voter who was acknowledged."""


class Step(IntEnum):
    """Where the jobs are, in the order in which a round comes there; GAP is where a mutant misses its guard."""

    WAITING = 0
    KEY = 1
    OPENING = 2
    VOTING = 3
    UNSEALING = 4
    MIXING = 5
    ENDING = 6
    READING = 7
    KEEPING = 8
    GIVING_UP = 9
    BURNING = 10
    TELLING = 11
    DESTROYING = 12
    SCRUBBING = 13
    FINISHING = 14
    DONE = 15
    GAP = 16


PLACES: Sequence[tuple[Any, str, Step]] = (
    (Keys, "create", Step.KEY),
    (rounds, "open_one", Step.OPENING),
    (ballots, "put", Step.VOTING),
    (mixing, "opened", Step.UNSEALING),
    (mixing, "put_back", Step.MIXING),
    (closing, "begin", Step.ENDING),
    (closing, "may_be_opened", Step.READING),
    (closing, "close", Step.KEEPING),
    (closing, "give_up", Step.GIVING_UP),
    (Keys, "destroy", Step.BURNING),
    (pulsing, "tell_results", Step.TELLING),
    (closing, "destroy", Step.DESTROYING),
    (Database, "scrub", Step.SCRUBBING),
    (closing, "finish", Step.FINISHING),
    (round_mutants, "gap", Step.GAP),
)
"""What begins which step."""


@dataclass(frozen=True)
class Vote:
    """What somebody answers, and the comment that they add, if any."""

    number: int
    slack_id: str
    value: str
    words: str = ""


@dataclass(frozen=True)
class Orders:
    """What a life does at this hour: open the next round; in the round with this id take `votes`, and others of
    people who were acknowledged before, `again`. Votes that come too `late` must be refused."""

    now: datetime
    opens: bool = False
    survey_id: str = ""
    votes: tuple[Vote, ...] = ()
    again: tuple[Vote, ...] = ()
    late: bool = False


class Stopped(Clock):
    """A clock that shows the hour of the orders."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._now = now

    def now(self) -> datetime:
        return self._now


async def live(world: World, orders: Orders, say: Say, *, forever: bool = True) -> None:
    """One life; if not `forever` it ends when nothing is left to do."""
    opened, over = world.open(), asyncio.Event()
    desk = Desk(
        opened, cast(Any, SimpleNamespace(rate=RATE)), cast(Any, None), Stopped(orders.now), COMPANY,
        Keys(world.folder / "keys"),
    )  # fmt: skip
    voters = _Voters(desk, orders, say)
    try:
        with _steps(say):
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(voters.vote()) for _ in range(AT_ONCE)]
                tasks.append(group.create_task(_jobs(desk, orders, voters, say, over)))
                tasks.append(group.create_task(_ask(world, desk)))
                await (asyncio.Event() if forever else over).wait()
                for task in tasks:
                    task.cancel()
    except BaseException:
        traceback.print_exc()
        say(FAILED)
        raise
    opened.close()


@contextmanager
def _steps(say: Say) -> Iterator[None]:
    """Have each step said when it begins. The jobs' own log is of no interest."""

    def said(function: Callable[..., Any], step: Step) -> Callable[..., Any]:
        def begun(*args: Any, **named: Any) -> Any:
            say(STEP | step)
            return function(*args, **named)

        return begun

    logging.disable()
    with ExitStack() as patches:
        patches.enter_context(patch.object(ballots, "PIECE", PIECE))
        for owner, name, step in PLACES:
            patches.enter_context(patch.object(owner, name, said(getattr(owner, name), step)))
        yield


class _Voters:
    """Those who vote, one after another for each of four who do so at once: for the first time and again in any order,
    and then again and again."""

    def __init__(self, desk: Desk, orders: Orders, say: Say) -> None:
        self._desk, self._orders, self._say = desk, orders, say
        waiting = [*((vote, 0) for vote in orders.votes), *((vote, AGAIN) for vote in orders.again)]
        self._left = len(waiting)
        self._waiting = iter(random.sample(waiting, self._left))

    @property
    def through(self) -> bool:
        """Whether everybody has voted once."""
        return not self._left

    async def vote(self) -> None:
        for vote, kind in self._waiting:
            await self._tell(vote, kind)
            self._left -= 1
        while self._orders.again:
            await self._tell(random.choice(self._orders.again), AGAIN)
            await asyncio.sleep(PAUSE_S)

    async def _tell(self, vote: Vote, kind: int) -> None:
        """Answer and comment, each acknowledged after its commit."""
        with suppress(*(Refusal,) if self._orders.late else ()):
            await self._store(voting.answer, vote, vote.value)
            await asyncio.sleep(ON_THE_WAY_S)
            self._say(kind | vote.number)
            if vote.words:
                await self._store(voting.comment, vote, vote.words, "")
                self._say(kind | COMMENT | vote.number)

    async def _store(self, service: Callable[..., object], vote: Vote, *content: str) -> None:
        def story(session: Session) -> None:
            now = self._desk.clock.now()
            service(session, COMPANY, vote.slack_id, self._orders.survey_id, *content, now=now)

        await self._desk.database.write(story)


async def _jobs(desk: Desk, orders: Orders, voters: _Voters, say: Say, over: asyncio.Event) -> None:
    """Open, mix and close as is due, again and again; say when nothing is left to do."""
    await upkeep.forget(desk)
    while True:
        if orders.opens:
            await pulse.open_rounds(desk)
        await pulse.mix(desk)
        await pulse.close(desk)
        say(STEP | Step.WAITING)
        if voters.through and await desk.database.read(lambda session: _is_calm(session, orders)):
            say(STEP | Step.DONE)
            over.set()
        await asyncio.sleep(PAUSE_S)


def _is_calm(session: Session, orders: Orders) -> bool:
    """Whether all is done that is to be done at this hour. Who votes need not wait until everybody was asked."""
    if orders.opens:
        return surveys.current(session, TEAM) is not None
    tidy = closing.due(session, COMPANY, now=orders.now) is None and closing.unfinished(session, COMPANY) is None
    left = not waiting.leaving(session, TEAM, orders.now, math.inf)
    said = left and not asking.is_due(session, COMPANY, now=orders.now)
    return tidy and (said or not orders.late)


async def _ask(world: World, desk: Desk) -> None:
    """Owe and send what is to be said."""
    while True:
        await pulse.ask(desk)
        await lives.send(world, desk.database, desk.clock.now())
        await asyncio.sleep(PAUSE_S)
