"""One cell of the fault matrix: a bot at work, one fault, what is seen of it and what the bot says."""

import asyncio
import contextlib
import contextvars
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bot.workspace import limits, staff
from storage import models, outbox
from storage.database import Database
from tests.office import fresh_url
from tests.whole.crm import SECRET
from tests.whole.house import House, bot_in, workspace

WHERE: contextvars.ContextVar[str] = contextvars.ContextVar("the bot whose log this is", default="")
NUMBERS = count(1)
PATIENCE_S = 180.0
LINE_S = 60.0
RETRIES_S = (0.2, 5.0, 20.0)
"""When an event is delivered again: Slack's own distances are at once, one minute, five minutes."""
READS = (
    "conversations.history",
    "conversations.info",
    "conversations.replies",
    "reactions.get",
    "users.info",
    "users.list",
    "users.lookupByEmail",
)
"""The HTTP client itself repeats these once if their connection breaks: so it breaks twice."""
RECORDS: list[logging.LogRecord] = []


@contextlib.contextmanager
def hearing() -> Any:
    """Keep every record of the log from INFO up, each with the bot that wrote it: many run in one process."""
    factory, root = logging.getLogRecordFactory(), logging.getLogger()
    level = root.level

    def made(*given: Any, **more: Any) -> logging.LogRecord:
        record = factory(*given, **more)
        record.where = WHERE.get()
        return record

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            RECORDS.append(record)

    keeper = Keeper()
    logging.setLogRecordFactory(made)
    root.addHandler(keeper)
    root.setLevel(min(level, logging.INFO))
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(keeper)
        logging.setLogRecordFactory(factory)


@contextlib.asynccontextmanager
async def at_work(name: str, folder: Path, transport: str) -> AsyncIterator[House]:
    """A hotel of its own with a bot in it; what it logs is marked with `name`."""
    WHERE.set(name)
    database = Database(fresh_url(folder))
    try:
        async with (
            workspace(folder, retry_seconds=RETRIES_S, trigger_seconds=limits.TRIGGER_SECONDS) as (slack, people),
            bot_in(slack, people, database, transport, INTAKE_SECRET=SECRET) as house,
        ):
            yield house
    finally:
        database.close()


@dataclass
class Trial:
    """One fault in one place; `words` are of this trial alone, so that what it did can be counted."""

    house: House
    kind: str
    seconds: dict[str, float] = field(default_factory=dict)
    words: str = field(default_factory=lambda: f"words of trial {next(NUMBERS):04d}")
    begin: int = field(default_factory=lambda: len(RECORDS))
    giver: str = ""
    receiver: str = ""
    third: str = ""

    def __post_init__(self) -> None:
        """Who acts, and for whom: pairs in turn, because nobody can praise the same colleague all day."""
        number, many = next(NUMBERS), len(staff.STAFF)
        self.giver = staff.STAFF[number % many].handle
        self.receiver = staff.STAFF[(number + 1 + number // many % (many - 1)) % many].handle
        turned = (staff.STAFF * 2)[number % many :]
        self.third = next(one.handle for one in turned if one.handle not in (self.giver, self.receiver))

    @property
    def accepted(self) -> bool:
        """Whether Slack accepts the call that the fault strikes."""
        return self.kind in ("reset_after", "timeout", "slow", "truncated", "wrong_type")

    @property
    def people(self) -> Any:
        return self.house.people

    async def fault(self, where: str, **more: Any) -> None:
        """Let the fault strike the next call or delivery there."""
        lasting = {"seconds": self.seconds[self.kind]} if self.kind in self.seconds else {}
        kind, _, reason = self.kind.partition(" ")
        told = {"reason": reason} if reason else {}
        often = {"count": 2} if kind.startswith("reset") and where in READS else {}
        await self.people.fault(kind, where, **{**lasting, **told, **often, **more})

    async def struck(self) -> bool:
        """Whether the fault has struck; with that everything is well again."""
        return all(fault["hits"] for fault in await self.people.clear_faults())

    async def hits(self) -> int:
        """How often the faults have struck so far."""
        return sum(fault["hits"] for fault in await self.people.faults())

    async def seen(self, look: Callable[[], Awaitable[int]], least: int = 1) -> int:
        """How often something is to be seen, once that is at least so often and nothing is owed any more."""
        end = time.monotonic() + PATIENCE_S
        while (await look() < least or self._owed()) and time.monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.3)  # a second one would follow the first
        return await look()

    async def posts(self, channel: str = "#praise") -> int:
        return await self._count(self.people.messages(channel))

    def dms(self, user: str) -> Callable[[], Awaitable[int]]:
        return lambda: self._count(self.people.dms(user))

    async def shown(self, user: str, since: int = 0) -> int:
        return len(await self.people.ephemerals(user)) - since

    async def _count(self, asked: Awaitable[list[dict]]) -> int:
        return sum(bool(one["by_app"]) and self.words in one["text"] for one in await asked)

    def _owed(self) -> int:
        unsent: Any = models.Outbox.state.in_((outbox.DUE, outbox.SENDING))  # type: ignore[attr-defined]
        due = models.Outbox.not_before <= self.house.bot.clock.now()
        return self.house.count(models.Outbox, unsent, due)

    def log(self) -> list[logging.LogRecord]:
        """What this bot has logged since the trial began."""
        return [record for record in RECORDS[self.begin :] if getattr(record, "where", "") == WHERE.get()]

    def tracebacks(self) -> list[str]:
        """Whatever the log has of tracebacks and errors."""
        bad = (one for one in self.log() if one.exc_info or one.levelno >= logging.ERROR or "Traceback" in one.msg)
        return [f"{one.name}: {one.getMessage()}" for one in bad]

    async def line(self, pattern: str) -> str | None:
        """The first line of the log that fits, once there is one."""
        end = time.monotonic() + LINE_S
        while True:
            lines = (record.getMessage() for record in self.log())
            found = next((line for line in lines if re.search(pattern, line)), None)
            if found or time.monotonic() > end:
                return found
            await asyncio.sleep(0.1)
