"""What the tests of delivery share: a sender at work against a faulty Slack, and short ways to owe and to ask."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, text

from bot.clock import Clock
from bot.delivery import Delivery
from storage import outbox
from storage.database import Database
from tests.delivery.faulty import FaultySlack
from tests.stores import patient

TEAM = "T1"
ROOM = "C1"


@asynccontextmanager
async def delivering(url: str, slack: FaultySlack, rate: float = 1000) -> AsyncIterator[tuple[Delivery, Database]]:
    """A sender at work; failed sends are tried again at once rather than after seconds."""
    database = patient(Database(url))
    client = AsyncWebClient("xoxb-1", base_url=slack.url + "api/", retry_handlers=[])
    delivery = Delivery(client, database, Clock(), TEAM, rate, distances=(0.1, 0.1, 0.1, 0.2))
    database.committed = delivery.wake
    running = asyncio.create_task(delivery.run())
    try:
        yield delivery, database
    finally:
        await delivery.stop(2)
        assert running.done()
        database.close()


async def until(true: Callable[[], bool], seconds: float = 90) -> None:
    """Come back when it is true; fail after so many seconds."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (it asks a database and another server)
            await asyncio.sleep(0.02)


def now() -> datetime:
    return datetime.now(UTC)


def owe(session: Session, key: str, channel: str = ROOM, words: str = "hello", **more: Any) -> bool:
    """A post whose subject is its key."""
    message: outbox.Message = {"text": words, "blocks": [{"type": "section"}]}
    return outbox.post(
        session, workspace_id=TEAM, key=key, channel=channel, message=message, now=now(), subject=key, **more
    )


def change(session: Session, subject: str, words: str) -> bool:
    """An update of that post."""
    return outbox.update(session, workspace_id=TEAM, subject=subject, message={"text": words}, now=now())


def rows(database: Database, columns: str) -> list[Any]:
    return list(database.read_now(lambda session: session.connection().execute(text(f"SELECT {columns} FROM outbox"))))


def standing(database: Database) -> outbox.Figures:
    return database.read_now(lambda session: outbox.figures(session, workspace_id=TEAM, now=now()))


async def all_sent(database: Database) -> None:
    await until(lambda: standing(database).waiting == 0)
