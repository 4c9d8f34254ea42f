"""A hotel with the whole bot in it, over either of Slack's transports."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot import delivery, schedule
from bot.delivery import pace
from bot.desk import announcing
from storage.database import Database
from tests.whole.house import MONDAY, House, bot_in, workspace

Opening = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's pace is another folder's matter: here messages leave at once, and a moved clock is noticed at once."""
    monkeypatch.setattr(pace, "START", 100.0)
    monkeypatch.setattr(pace, "CHANNEL_GAP_S", 0.0)
    monkeypatch.setattr(pace, "UPDATE_GAP_S", 0.0)
    monkeypatch.setattr(delivery, "POLL_S", 0.1)
    monkeypatch.setattr(schedule, "REHEARSAL_S", 0.25)
    monkeypatch.setattr(announcing, "GATHER", timedelta(seconds=0.05))


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
