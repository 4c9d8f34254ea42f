"""Start everything in order, keep it up, and end it with nothing half done."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
from prometheus_client import REGISTRY
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import app, connection, figures, schedule, server, webhook
from bot.clock import Clock
from bot.config import Settings
from bot.delivery import Delivery
from bot.delivery.homes import Homes
from bot.desk import Desk, home
from bot.health import Health, NotReady
from bot.jobs import applause, upkeep
from bot.rules.company import Company
from bot.rules.quiet import QuietHours
from bot.sealing import Keys
from bot.services.intake import Taken
from bot.tuning import one_heap, tune
from storage import outbox, trouble
from storage.database import Database, open_database

log = logging.getLogger(__name__)

REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
"""Below the outbox's lease, so that nobody else sends what is still on its way."""
SENDING_S = 4.0
"""For messages on their way when the bot ends; with the server's and the socket's goodbyes it stays below 10 s."""


class Bot:
    """One running bot: the parts that are up, from `start` to `stop`."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.clock = Clock(settings.clock_file)
        self.desk: Desk | None = None
        self._app: AsyncApp | None = None
        self._parts = contextlib.AsyncExitStack()

    async def dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Hand a request to Bolt. Raises NotReady while Slack has not been reached."""
        if self._app is None:
            raise NotReady
        return await self._app.async_dispatch(request)

    async def take_in(self, sent: webhook.Sent) -> Taken:
        """Store the praise of another program. Raises NotReady while Slack has not been reached."""
        if self._app is None or self.desk is None:
            raise NotReady
        return await webhook.take_in(self.desk, sent)

    async def health(self) -> Health:
        """The state for `/healthz`."""
        now = self.clock.now()
        clock = now.isoformat(timespec="seconds")
        try:
            workspace_id = self.desk.company.workspace_id if self.desk else ""
            figures = await self.database.read(
                lambda session: outbox.figures(session, workspace_id=workspace_id, now=now)
            )
        except Exception as error:
            log.error("the database does not answer: %s", trouble.told(error), exc_info=trouble.trace(error))
            return Health("failing", "failing", clock, 0.0)
        if self.database.fitness.trouble:
            return Health("failing", "failing", clock, round(figures.oldest_age_s, 3))
        return Health("ok" if self._app else "starting", "ok", clock, round(figures.oldest_age_s, 3))

    async def start(self) -> None:
        """Reach Slack, then hear it, send to it and keep the timetable. Raises TokenRefused."""
        settings = self.settings
        session = await self._parts.enter_async_context(aiohttp.ClientSession(timeout=REQUEST_TIMEOUT))
        client = AsyncWebClient(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url,
            session=session,
            timeout=int(REQUEST_TIMEOUT.total or 8),
            retry_handlers=[],  # the SDK's default posts twice when a reply is lost
        )
        identity = await connection.identify(client)
        company = company_of(settings, str(identity.team_id))
        figures.DATABASE_FAILING.set_function(lambda: int(self.database.fitness.trouble is not None))
        figures.DATABASE_BYTES.set_function(lambda: size_of(settings.database_url))
        delivery = Delivery(client, self.database, self.clock, company.workspace_id, settings.post_rate)
        keys, homes = Keys(settings.keys_folder), Homes(client)
        desk = Desk(self.database, delivery, client, self.clock, company, keys, homes=homes)
        self.desk = desk
        bolt = app.build(client, desk, identity)
        self.database.committed = lambda: _tell(delivery, homes)
        await upkeep.settle_in(desk)
        await self._parts.enter_async_context(_sending(delivery))
        await self._parts.enter_async_context(_publishing(desk))
        scheduler = schedule.build(desk, rehearsal=settings.clock_file is not None)
        scheduler.start()
        self._parts.push_async_callback(schedule.end, scheduler)
        self._app = bolt
        if settings.slack_app_token:
            await self._parts.enter_async_context(connection.socket(bolt, settings.slack_app_token, desk))
        await applause.after_outage(desk)
        tune()
        log.info("golden-ear is ready workspace=%s mode=%s", company.workspace_id, _mode(settings))

    async def stop(self) -> None:
        """End the parts in the opposite order; what was acknowledged is committed, what is owed stays in the outbox."""
        await self._parts.aclose()
        self._app = None


def size_of(database_url: str) -> int:
    """The bytes of a SQLite file and its write-ahead log; 0 for a database elsewhere."""
    path = database_url.removeprefix("sqlite:///")
    files = (Path(path), Path(f"{path}-wal")) if database_url.startswith("sqlite:///") else ()
    return sum(file.stat().st_size for file in files if file.exists())


def company_of(settings: Settings, workspace_id: str) -> Company:
    """The settings as the core needs them."""
    return Company(
        workspace_id=workspace_id,
        praise_channel=settings.praise_channel,
        zone=settings.timezone,
        language=settings.language,
        quiet=QuietHours(*settings.quiet_hours) if settings.quiet_hours else None,
        ritual_at=settings.ritual_time,
        workdays=settings.workdays,
        holidays=settings.holidays or "",
        values=settings.values,
        kudos_emoji=settings.kudos_emoji,
        admins=settings.admins,
        leads=settings.leads,
        leads_group=settings.leads_group or "",
        team_groups=settings.team_groups,
        guests=settings.guests,
        pulse=settings.pulse,
        pulse_days=settings.pulse_days,
        pulse_at=settings.pulse_time,
        pulse_sample=settings.pulse_sample,
        support_contacts=settings.support_contacts,
        keep_months=settings.keep_months,
        praise_points=settings.praise_points,
        help_points=settings.help_points,
        idea_points=settings.idea_points,
        solved_points=settings.solved_points,
        kudos_points=settings.kudos_points,
        lead_kudos_points=settings.lead_kudos_points,
        kudos_daily=settings.kudos_daily,
        lead_kudos_weekly=settings.lead_kudos_weekly,
    )


async def run(settings: Settings) -> None:
    """Run until SIGTERM, SIGINT or SIGHUP. Raises TokenRefused, or OSError if the address is taken."""
    one_heap()  # before there is any other thread
    database = await asyncio.to_thread(open_database, settings.database_url)
    bot = Bot(settings, database)
    await bot.health()  # a first look: from now on `golden-ear restore` sees that somebody has the database open
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # a terminal that closes is a goodbye as well
        loop.add_signal_handler(number, stop.set)
    web = server.build(settings, dispatch=bot.dispatch, take_in=bot.take_in, health=bot.health, registry=REGISTRY)
    serving = asyncio.create_task(server.serve(web, settings.host, settings.port, stop=stop, started=_listening))
    starting = asyncio.create_task(bot.start())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done() and not starting.exception():
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for ended in (serving, starting):
            if ended.done():
                ended.result()
    finally:
        stop.set()
        starting.cancel()
        await asyncio.gather(serving, starting, stopping, return_exceptions=True)
        await bot.stop()
        await asyncio.to_thread(database.close)
        log.info("golden-ear has ended")


@contextlib.asynccontextmanager
async def _sending(delivery: Delivery) -> AsyncIterator[None]:
    running = asyncio.create_task(delivery.run())
    try:
        yield
    finally:
        await delivery.stop(timeout=SENDING_S)
        with contextlib.suppress(asyncio.CancelledError):  # stopped at the bound: rows are looked up at the next start
            await running


@contextlib.asynccontextmanager
async def _publishing(desk: Desk) -> AsyncIterator[None]:
    running = asyncio.create_task(desk.homes.run(partial(home.drawn, desk)))
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _tell(delivery: Delivery, homes: Homes) -> None:
    """Something was committed."""
    delivery.wake()
    homes.changed()


def _mode(settings: Settings) -> str:
    return "socket" if settings.socket_mode else "http"


def _listening(port: int) -> None:
    log.info("the HTTP server listens on port %d", port)
