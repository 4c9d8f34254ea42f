"""The whole bot in front of a workspace: real sockets, a real database, the real way of everything that is sent."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy
from prometheus_client import CollectorRegistry
from sqlmodel import SQLModel, col, func, select

from bot import server
from bot.config import Settings, load
from bot.desk import announcing
from bot.running import Bot
from bot.workspace import Control, Running, embedding, read_manifest, serve, staff
from bot.workspace import Settings as WorkspaceSettings
from storage import integrity, models, outbox
from storage.database import Database
from tests.door import kept

ROOT = Path(__file__).parents[2]
MONDAY = "2026-11-23T10:00:00+08:00"
"""An ordinary working day at the hotel, after the ritual and outside quiet hours."""
ENVIRON = {
    "PRAISE_CHANNEL": staff.PRAISE_CHANNEL,
    "TIMEZONE": staff.HERE,
    "LEADS": ",".join(f"U0{handle.upper():0<8}" for handle in staff.LEADS),
    "VALUES": "care,speed",
    "PULSE": "off",  # stories of weeks count every direct message; those of the pulse switch it on
}
PATIENCE_S = 90.0
ACK_S = 30.0
"""Slack waits for three seconds. Here a busy machine may take longer, for no test asserts a time."""
ASKED = ("applause_read_at", "checked_at", "seen_at")
"""When Slack was last asked: the bot's own business, and changed by nobody's act."""


@dataclass
class House:
    """A hotel and its bot. People are named by handle; the clock stands where a test puts it, and runs on."""

    slack: Running
    people: Control
    bot: Bot
    url: str
    records: list[logging.LogRecord] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.bot.database

    # ---- acting --------------------------------------------------------------------------------------------------

    async def type(self, user: str, typed: str, channel: str = "#general") -> str:
        """Type a command; gives the words in the acknowledgement, "" if there are none."""
        outcome = await self.people.command(user, channel, typed)
        assert outcome["ok"], outcome
        return str(outcome["body"].get("text", ""))

    async def answered(self, user: str, typed: str, *contains: str, channel: str = "#general") -> str:
        """Type a command whose answer follows the acknowledgement; gives its words."""
        before = await self.people.ephemerals(user)
        assert await self.type(user, typed, channel) == ""
        return str((await self.next_ephemeral(user, before))["text"])

    async def next_ephemeral(self, user: str, before: list[Any]) -> dict:
        found = await self.people.wait({"ephemeral": user, "count": len(before) + 1})
        return found[-1]

    async def form(self, user: str, typed: str, channel: str = "#general") -> dict:
        """Type a command that opens a form; gives the form."""
        assert await self.type(user, typed, channel) == ""
        return (await self.people.wait({"view": user}))[-1]

    async def press(self, user: str, message: dict, action_id: str, **more: Any) -> str:
        """Press a button of a message; gives the words that follow, seen by this person alone."""
        before = await self.people.ephemerals(user)
        outcome = await self.people.click(user, message["channel"], message["ts"], action_id, **more)
        assert outcome["ok"], outcome
        return str((await self.next_ephemeral(user, before))["text"])

    # ---- time ----------------------------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        return self.bot.settings.timezone

    async def clock(self, local: str) -> None:
        """Set the clock to a wall time of the company, such as "2026-11-24 09:00"."""
        await self.people.set_clock(datetime.fromisoformat(local).replace(tzinfo=self.zone).isoformat())

    # ---- seeing --------------------------------------------------------------------------------------------------

    async def posted(self, *contains: str, channel: str = "#praise", **more: Any) -> dict:
        """The newest post of the bot with these words, once it is there."""
        condition = {"channel": channel, "by_app": True, "contains": list(contains), **more}
        return {**(await self.people.wait(condition, PATIENCE_S))[-1], "channel": channel}

    async def posts(self, channel: str = "#praise") -> list[str]:
        """The words of all posts of the bot in a channel, oldest first."""
        return [str(post["text"]) for post in await self.people.messages(channel) if post["by_app"]]

    async def dm(self, user: str, *contains: str, **more: Any) -> dict:
        """The newest direct message to a person with these words, once it is there."""
        return (await self.people.wait({"dm": user, "contains": list(contains), **more}, PATIENCE_S))[-1]

    async def dms(self, user: str) -> list[str]:
        return [str(message["text"]) for message in await self.people.dms(user)]

    async def settled(self) -> None:
        """Wait until every event is taken and nothing that may leave is still owed."""
        await self.people.wait({"idle": True}, PATIENCE_S)
        await until(lambda: not self.owed())

    def owed(self) -> int:
        """How many messages may leave and have not, with counts of applause that are gathered for a moment."""
        now = self.bot.clock.now() + min(announcing.GATHER, timedelta(seconds=1))
        unsent = (models.Outbox.state.in_((outbox.DUE, outbox.SENDING)), col(models.Outbox.not_before) <= now)  # type: ignore[attr-defined]
        return self.count(models.Outbox, *unsent)

    def count(self, table: Any, *conditions: Any) -> int:
        """How many rows of a table fulfil the conditions."""
        query = select(func.count()).select_from(table).where(*conditions)
        return self.database.read_now(lambda session: session.exec(query).one())

    def rows(self, table: Any, *conditions: Any) -> list[Any]:
        """Rows of a table, as mappings."""
        query = table.__table__.select().where(*conditions)
        return self.database.read_now(lambda session: list(session.connection().execute(query).mappings()))

    def dump(self) -> dict[str, list[Any]]:
        """All that acts of people change: every row but those of the inbox, without times at which Slack was asked."""
        return self.database.read_now(
            lambda session: {
                name: list(session.connection().exec_driver_sql(query)) for name, query in _dumps().items()
            }
        )

    async def decided(self, day: str) -> str:
        """What became of the ritual on a date, once that is decided."""
        ritual = models.Occurrence.local_date == datetime.fromisoformat(day).date()
        await until(lambda: self.count(models.Occurrence, ritual) == 1)
        state = str(self.rows(models.Occurrence, ritual)[0]["state"])
        await self.settled()
        return state

    # ---- the end -------------------------------------------------------------------------------------------------

    async def is_in_order(self) -> bool:
        """Nothing that Slack would complain of, no ping, no failure in the log, and books that balance."""
        assert await self.people.errors() == []
        assert await self.people.pings() == []
        assert self.failures() == []
        problems = self.database.read_now(lambda session: list(integrity.problems(session, real_now=time.time())))
        assert problems == []
        return True

    def failures(self) -> list[str]:
        """What the log has of failures."""
        bad = (record for record in self.records if record.levelno >= logging.ERROR or record.exc_info)
        return [f"{record.name}: {record.getMessage()} {record.exc_info}" for record in bad]


@cache
def _dumps() -> dict[str, str]:
    """How each table is asked, in words that the driver takes as they are: some tests ask hundreds of times."""
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name != "inbox"]
    return {
        table.name: str(sqlalchemy.select(*(column for column in table.c if column.name not in ASKED)))
        for table in tables
    }


async def until(condition: Callable[[], object], seconds: float = PATIENCE_S) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def workspace(
    folder: Path,
    at: str = MONDAY,
    retry_seconds: tuple[float, ...] = (0.2, 0.5, 1.0),
    trigger_seconds: float = ACK_S,
) -> AsyncIterator[tuple[Running, Control]]:
    """The stand-in of Slack with the bot's manifest, and people in it; it delivers events again after so long."""
    settings = WorkspaceSettings(
        manifest=read_manifest(ROOT / "bot" / "manifest.json"),
        clock_file=folder / "clock",
        retry_seconds=retry_seconds,
        ack_seconds=ACK_S,
        trigger_seconds=trigger_seconds,
        quiet=True,
    )
    async with serve(settings) as slack, Control(slack.url) as people:
        await people.set_clock(at)
        yield slack, people


def environ_of(slack: Running, database_url: str, transport: str, **environ: str) -> dict[str, str]:
    """The settings that join a bot to a workspace."""
    ready = slack.ready()
    secret = {"SLACK_APP_TOKEN": ready["app_token"]} if transport == "socket" else {}
    return {
        **ENVIRON,
        **(secret or {"SLACK_SIGNING_SECRET": ready["signing_secret"]}),
        "SLACK_BOT_TOKEN": ready["bot_token"],
        "SLACK_API_URL": ready["api_url"],
        "CLOCK_FILE": ready["clock_file"],
        "DATABASE_URL": database_url,
        **environ,
    }


def settings_of(environ: dict[str, str]) -> Settings:
    return load(environ, ROOT / "no such file")


@contextlib.asynccontextmanager
async def bot_in(
    slack: Running, people: Control, database: Database, transport: str, **environ: str
) -> AsyncIterator[House]:
    """A bot that is up, and heard over the transport."""
    url = database.engine.url.render_as_string(hide_password=False)
    settings = settings_of(environ_of(slack, url, transport, **environ))
    records: list[logging.LogRecord] = []
    bot = Bot(settings, database)
    with kept(records):
        async with served(bot, settings) as url:
            try:
                await bot.start()
                await _joined(people, transport, url)
                house = House(slack, people, bot, url, records)
                await until(lambda: house.count(models.Person) >= len(list(slack.workspace.people)))
                await until(lambda: house.count(models.Postbox))
                await house.settled()
                yield house
            finally:
                await bot.stop()
                database.committed = lambda: None


async def _joined(people: Control, transport: str, url: str) -> None:
    if transport == "socket":
        await people.wait({"connections": 1})
    else:
        await people.use_http(f"{url}/slack/events")


@contextlib.asynccontextmanager
async def served(bot: Bot, settings: Settings) -> AsyncIterator[str]:
    """The bot's web application at an address; served by `embedding`, which is gone at once when it is told to."""
    registry = CollectorRegistry()
    web = server.build(settings, dispatch=bot.dispatch, take_in=bot.take_in, health=bot.health, registry=registry)
    async with embedding.served(web) as url:
        yield url
