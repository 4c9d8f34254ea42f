"""A hotel with the whole bot in it, over either of Slack's transports."""

import zoneinfo
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from bot import delivery, parsing, schedule
from bot.delivery import pace
from bot.desk import announcing
from bot.rules import comments
from storage.database import Database
from tests.stores import Store
from tests.whole.house import ACK_S, MONDAY, House, bot_in, workspace

ZONES = cache(zoneinfo.available_timezones)
DIGEST = cache(comments.digest)
Opening = Callable[..., AbstractAsyncContextManager[House]]
PATIENCES = (
    "handlers.answers.TRIGGER_S",
    "handlers.errors.LANGUAGE_S",
    "bot.desk.channels.PATIENCE_S",
    "bot.desk.groups.GLIMPSE_S",
    "bot.desk.people.LOOK_UP_S",
)
"""How long somebody who waits for an acknowledgement lets the bot wait for Slack or for its database."""


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's pace is another folder's matter: here messages leave at once, and a moved clock is noticed at once.

    What a process does once, when it starts, is not done again for each of these two hundred bots; nor is what takes
    long on purpose done twice with the same code.
    """
    monkeypatch.setattr("bot.running.tune", lambda: None)
    monkeypatch.setattr(parsing, "available_timezones", ZONES)
    monkeypatch.setattr(comments, "digest", DIGEST)
    monkeypatch.setattr(pace, "START", 100.0)
    monkeypatch.setattr(pace, "CHANNEL_GAP_S", 0.0)
    monkeypatch.setattr(pace, "UPDATE_GAP_S", 0.0)
    monkeypatch.setattr(delivery, "POLL_S", 0.1)
    monkeypatch.setattr(schedule, "REHEARSAL_S", 0.25)
    for patience in PATIENCES:
        monkeypatch.setattr(patience, ACK_S)
    monkeypatch.setattr(announcing, "GATHER", timedelta(seconds=0.05))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """The hotel keeps its books in SQLite; `test_postgresql.py` tells the same days on the other engine."""
    return sqlite_store


@pytest.fixture
def opened(tmp_path: Path, database: Database) -> Opening:
    """Opens a hotel at a moment of its own, with settings of its own; it must be in order when it closes."""

    @asynccontextmanager
    async def opened(transport: str = "http", at: str = MONDAY, **environ: str) -> AsyncIterator[House]:
        async with (
            workspace(tmp_path, at) as (slack, people),
            bot_in(slack, people, database, transport, **{"POST_RATE": "100", **environ}) as house,
        ):
            yield house
            await house.settled()
            assert await house.is_in_order()

    return opened


@pytest.fixture(params=["http", "socket"])
async def house(request: pytest.FixtureRequest, opened: Opening) -> AsyncIterator[House]:
    """A Monday morning at the hotel, once for each of Slack's transports."""
    async with opened(request.param) as house:
        yield house


@pytest.fixture
async def hotel(opened: Opening) -> AsyncIterator[House]:
    """The same over HTTP alone, for what cannot depend on the transport."""
    async with opened("http") as house:
        yield house
