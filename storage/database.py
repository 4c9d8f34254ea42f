"""Transactions: one writer that commits in groups, readers with connections of their own.

`await database.write(story)` runs `story(session)` in a transaction and returns after the commit, so that whoever
acknowledges afterwards has nothing left to lose. One thread takes the stories in the order in which they came; those
that wait, or come while these are told, are committed together, each in its own savepoint, so one fsync serves many and
a story that fails takes nobody with it. Each writing transaction is alone: on SQLite it begins IMMEDIATE (a deferred
one loses updates or fails with "database is locked"), on PostgreSQL with a lock (`storage.postgresql`). A story is
plain synchronous code, never talks to Slack, and may be run again: all that it does, it does by its session.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage import postgresql, scrubbing, sqlite, trouble
from storage.inbox import Delivery, Repeated, once
from storage.prepared import command

T = TypeVar("T")
Story = Callable[[Session], T]

GROUP = 64
"""The most stories that share one commit."""
READERS = 4
LONG_S = 0.5
"""A group that failed after so long has let those behind it wait as well."""


def connect(url: str, *, read_only: bool = False) -> Engine:
    """An engine for `url`, set up as the module of its kind says; `read_only` connections refuse to write."""
    if url.startswith("postgresql"):
        return postgresql.connect(url, read_only=read_only)
    return sqlite.connect(url, read_only=read_only)


class _Task:
    """A story that waits for the writer, and the future that waits for the story."""

    __slots__ = ("error", "future", "loop", "result", "story")

    def __init__(self, story: Story[Any], loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any]) -> None:
        self.story, self.loop, self.future = story, loop, future
        self.result: Any = None
        self.error: BaseException | None = None

    def tell(self, session: Session) -> None:
        """Run the story, which may have failed before in a group that was given up."""
        self.error = None
        self.result = self.story(session)
        session.flush()

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Database:
    """The database behind one process.

    `committed` is called on the event loop after every group that was committed: whoever sends what the outbox holds
    listens there. `fitness` knows whether the database takes what is written.
    """

    def __init__(self, url: str) -> None:
        self.engine = connect(url)
        self.fitness = trouble.Fitness()
        self.committed: Callable[[], None] = lambda: None
        self._reading = connect(url, read_only=True)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._open = True
        self._gate = threading.Lock()  # nothing enters the queue behind the None that ends the writer
        self._writer = threading.Thread(target=self._work, name="writer", daemon=True)
        self._writer.start()

    async def write(self, story: Story[T], delivery: Delivery | None = None) -> T:
        """Run `story` in a writing transaction; give what it returns, after the commit.

        With a `delivery` its inbox row is written in the same transaction, and one that was seen before raises
        `storage.inbox.Repeated` without running the story. Whatever the story raises rolls it back and is raised here.
        Raises RuntimeError after `close`.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        with self._gate:
            if not self._open:
                raise RuntimeError("the database is closed")
            self._queue.put(_Task(story if delivery is None else once(delivery, story), loop, future))
        outcome = await future
        if isinstance(outcome, Repeated):
            raise outcome
        return cast(T, outcome)

    async def read(self, story: Story[T]) -> T:
        """Run `story` in a read-only transaction that waits for no writer; give what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, story)

    def read_now(self, story: Story[T]) -> T:
        """As `read`, in the calling thread: for commands without an event loop and for tests."""

        def once_through() -> T:
            with Session(self._reading) as session:
                return story(session)

        return self._tried(once_through, writes=False)

    def write_now(self, story: Story[T]) -> T:
        """As `write`, in the calling thread and in a transaction of its own."""

        def once_through() -> T:
            with Session(self.engine) as session:
                result = story(session)
                session.flush()
                _conclude(session)
                return result

        return self._tried(once_through, writes=True)

    def _tried(self, once_through: Callable[[], T], *, writes: bool) -> T:
        with self.fitness.tried(writes=writes):
            return postgresql.patiently(once_through, hurried=self.fitness.trouble is not None)

    async def scrub(self, *, vacuum: bool = False) -> bool:
        """Leave nothing of what was deleted in any file; False if somebody was in the way (`storage.scrubbing`)."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.scrub_now, vacuum)

    def scrub_now(self, vacuum: bool = False) -> bool:
        """As `scrub`, in the calling thread."""
        return scrubbing.scrub(self.engine, vacuum=vacuum)

    def close(self) -> None:
        """Finish every story that waits, then let go of the database."""
        with self._gate:
            self._open = False
            self._queue.put(None)
        self._writer.join()
        self._readers.shutdown()
        self.engine.dispose()
        self._reading.dispose()

    def _work(self) -> None:
        """The writer thread: take all that waits, commit it as one group, tell those who wait."""
        while (first := self._queue.get()) is not None:
            self._commit([first, *self._waiting(GROUP - 1)])

    def _waiting(self, most: int) -> list[_Task]:
        """Up to so many of those who wait now; the None that ends the writer stays where it is, behind them all."""
        found: list[_Task] = []
        while len(found) < most and not self._queue.empty():
            if (task := self._queue.get()) is None:
                self._queue.put(None)
                break
            found.append(task)
        return found

    def _commit(self, tasks: list[_Task]) -> None:
        began = time.monotonic()
        try:
            self.write_now(lambda session: self._tell(session, tasks))
        except Exception as error:
            if trouble.seen(error) and time.monotonic() - began > LONG_S:  # another wait would outlast Slack's 3 s
                tasks += self._waiting(self._queue.qsize())
            for task in tasks:
                task.error = task.error or error
        for loop in {task.loop for task in tasks}:
            with suppress(RuntimeError):  # a loop that was closed has nobody left who waits
                loop.call_soon_threadsafe(self._settle, [task for task in tasks if task.loop is loop])

    def _tell(self, session: Session, tasks: list[_Task]) -> None:
        """Run the stories of a group, and of those who have come meanwhile: one fsync more would cost all of them more
        than the wait for one another."""
        alone = len(tasks) == 1
        for place, task in enumerate(tasks):  # which grow on the way
            if alone and place == 0:
                task.tell(session)  # nobody to be kept from harm by a savepoint
            else:
                self._run(session, task)
            if place == len(tasks) - 1:
                tasks += self._waiting(GROUP - len(tasks))

    def _settle(self, tasks: list[_Task]) -> None:
        for task in tasks:
            task.settle()
        if any(task.error is None for task in tasks):
            self.committed()

    @staticmethod
    def _run(session: Session, task: _Task) -> None:
        command(session, "SAVEPOINT story")
        try:
            task.tell(session)
        except Exception as error:
            if postgresql.passes(error) or trouble.seen(error):
                raise  # the group is run again, whole, or fails whole
            task.error = error
            session.expunge_all()
            command(session, "ROLLBACK TO story")
        if session.get_bind().dialect.name == "sqlite":  # which else keeps a copy of all pages; the other, a round trip
            command(session, "RELEASE story")


def _conclude(session: Session) -> None:
    """Commit. Raises `storage.postgresql.Unsure` if nobody knows what became of it."""
    try:
        session.commit()
    except DBAPIError as error:
        raise postgresql.judged(error) from error


def open_database(url: str) -> Database:
    """The database at `url`, brought to the newest schema first. Raises SQLAlchemyError if it cannot be opened."""
    from storage.migrations import upgrade  # Alembic is needed here alone, and takes its time to import

    upgrade(url)
    return Database(url)
