"""Transactions: commits in groups, savepoints, several processes, and what is set on every connection."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.rules.refusal import Refusal
from storage import models
from storage.database import GROUP, Database, Story, connect
from storage.upsert import insert
from tests.office import TEAM
from tests.stores import patient

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
async def fresh(database_url: str) -> AsyncIterator[Database]:
    """A database of this test's own, to be closed and broken at will."""
    database = patient(Database(database_url))
    yield database
    database.close()


def channel(name: str) -> Story[str]:
    """A story that writes one row."""

    def story(session: Session) -> str:
        row = {"workspace_id": TEAM, "slack_id": name, "locale": "", "is_member": True, "checked_at": NOW}
        assert insert(session, models.Channel, row)
        return name

    return story


def failing(name: str, error: Exception) -> Story[None]:
    """A story that writes one row and then fails."""

    def story(session: Session) -> None:
        channel(name)(session)
        raise error

    return story


def names(database: Database) -> set[str]:
    rows = database.read_now(lambda session: session.connection().execute(text("SELECT slack_id FROM channel")).all())
    return {row[0] for row in rows}


@contextlib.asynccontextmanager
async def held_writer(database: Database) -> AsyncIterator[None]:
    """Keep the writer busy, so that what is written within waits and makes one group."""
    held, release = threading.Event(), threading.Event()

    def wait(_session: Session) -> None:
        held.set()
        assert release.wait(50)

    waiting = asyncio.ensure_future(database.write(wait))
    await asyncio.to_thread(held.wait, 120)
    try:
        yield
    finally:
        release.set()
        await waiting


async def queued(database: Database, *stories: Story[Any]) -> list[asyncio.Task[Any]]:
    """Writes that have begun to wait."""
    writes = [asyncio.ensure_future(database.write(story)) for story in stories]
    await asyncio.sleep(0)
    return writes


def commits_of(engine: Engine) -> list[int]:
    """A list that grows by one with every commit."""
    seen: list[int] = []
    event.listen(engine, "commit", lambda _connection: seen.append(1))
    return seen


# --- groups and savepoints


async def test_a_write_gives_what_the_story_returns_and_is_there_for_everybody(fresh: Database) -> None:
    assert await fresh.write(channel("C1")) == "C1"

    other = connect(fresh.engine.url.render_as_string(hide_password=False), read_only=True)
    with other.connect() as connection:
        assert connection.execute(text("SELECT slack_id FROM channel")).all() == [("C1",)]
    other.dispose()


async def test_what_waits_is_committed_in_groups_with_the_story_that_it_waits_for(fresh: Database) -> None:
    commits = commits_of(fresh.engine)
    async with held_writer(fresh):
        writes = await queued(fresh, *(channel(f"C{number}") for number in range(2 * GROUP - 1)))
    await asyncio.gather(*writes)

    assert len(names(fresh)) == 2 * GROUP - 1
    assert len(commits) == 2


async def test_stories_run_in_the_order_in_which_they_came(fresh: Database) -> None:
    order: list[int] = []

    def note(number: int) -> Story[None]:
        return lambda _session: order.append(number)

    await asyncio.gather(*(fresh.write(note(number)) for number in range(200)))

    assert order == list(range(200))


async def test_a_failing_story_takes_nobody_with_it(fresh: Database) -> None:
    stories: list[Story[Any]] = [
        channel(f"C{number}") if number % 3 else failing(f"X{number}", RuntimeError("no")) for number in range(30)
    ]
    async with held_writer(fresh):
        writes = await queued(fresh, *stories)
    outcomes = await asyncio.gather(*writes, return_exceptions=True)

    assert [isinstance(outcome, RuntimeError) for outcome in outcomes] == [number % 3 == 0 for number in range(30)]
    assert names(fresh) == {f"C{number}" for number in range(30) if number % 3}


async def test_a_statement_that_the_database_refuses_takes_nobody_with_it(fresh: Database) -> None:
    def orphan(session: Session) -> None:
        session.connection().execute(
            text("INSERT INTO occurrence (ritual_id, local_date, workspace_id, due_at, decided_at, state)"
                 " VALUES ('none', '2026-03-03', 'T1', '2026-03-03', '2026-03-03', 'rest')")
        )  # fmt: skip

    async with held_writer(fresh):
        writes = await queued(fresh, channel("C1"), orphan, channel("C2"))
    first, second, third = await asyncio.gather(*writes, return_exceptions=True)

    assert (first, third) == ("C1", "C2") and isinstance(second, IntegrityError)
    assert names(fresh) == {"C1", "C2"}


async def test_a_refusal_rolls_back_its_own_story_and_is_raised_to_its_own_caller(fresh: Database) -> None:
    refusal = Refusal("no_such_praise")

    with pytest.raises(Refusal) as caught:
        await fresh.write(failing("C1", refusal))

    assert caught.value is refusal
    assert names(fresh) == set()


async def test_the_sender_is_woken_after_a_commit_and_not_after_a_failure(fresh: Database) -> None:
    woken: list[set[str]] = []
    fresh.committed = lambda: woken.append(names(fresh))

    await fresh.write(channel("C1"))
    with pytest.raises(RuntimeError):
        await fresh.write(failing("C2", RuntimeError("no")))

    assert woken == [{"C1"}]


async def test_who_stops_waiting_loses_nothing_and_disturbs_nobody(fresh: Database) -> None:
    async with held_writer(fresh):
        gone, stays = await queued(fresh, channel("C1"), channel("C2"))
        gone.cancel()
    assert await stays == "C2"

    assert names(fresh) == {"C1", "C2"}


async def test_readers_do_not_wait_for_the_writer(fresh: Database) -> None:
    await fresh.write(channel("C1"))
    async with held_writer(fresh):
        assert await asyncio.wait_for(fresh.read(lambda _session: names(fresh)), 40) == {"C1"}


# --- the end


async def test_close_finishes_what_waits(database_url: str) -> None:
    database = patient(Database(database_url))
    writes = await queued(database, *(channel(f"C{number}") for number in range(150)))

    await asyncio.to_thread(database.close)

    assert len(await asyncio.gather(*writes)) == 150
    other = connect(database_url, read_only=True)
    with other.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM channel")).scalar_one() == 150
    other.dispose()


async def test_nothing_is_written_to_a_closed_database_and_nobody_waits_for_it(database_url: str) -> None:
    database = Database(database_url)
    database.close()

    with pytest.raises(RuntimeError):
        await asyncio.wait_for(database.write(channel("C1")), 60)


def test_a_loop_that_ended_does_not_end_the_writer(database_url: str) -> None:
    database = patient(Database(database_url))
    held, release = threading.Event(), threading.Event()

    def wait(_session: Session) -> None:
        held.set()
        assert release.wait(30)

    async def leave() -> None:
        asyncio.ensure_future(database.write(wait))  # noqa: RUF006  (nobody waits for it)
        await asyncio.to_thread(held.wait, 30)

    asyncio.run(leave())
    release.set()

    assert asyncio.run(database.write(channel("C1"))) == "C1"
    database.close()
