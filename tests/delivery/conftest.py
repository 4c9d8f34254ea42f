"""A faulty Slack, an empty database, and shorter distances than Slack's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from bot.delivery import pace
from storage import models
from storage.database import connect
from tests.delivery.faulty import FaultySlack

assert models  # its tables are created below


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds would only make the tests slow; the tests of the pace set their own."""
    monkeypatch.setattr("bot.delivery.POLL_S", 0.1)
    monkeypatch.setattr(pace, "CHANNEL_GAP_S", 0.1)
    monkeypatch.setattr(pace, "UPDATE_GAP_S", 0.1)
    monkeypatch.setattr(pace, "START", 50.0)


@pytest.fixture
async def slack() -> AsyncIterator[FaultySlack]:
    async with FaultySlack() as server:
        yield server


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a new database with every table."""
    url = f"sqlite:///{tmp_path}/outbox.db"
    engine = connect(url)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    return url
