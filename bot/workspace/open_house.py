"""The page with the app behind it, open until Ctrl-C: nothing plays by itself, everything can be tried."""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.workspace import app, staff
from bot.workspace.app import App
from bot.workspace.client import Control, ControlError, NotSeen
from bot.workspace.manifest import read_manifest
from bot.workspace.plan import Plan
from bot.workspace.screen import Screen
from bot.workspace.server import Running, serve
from bot.workspace.state import Settings
from bot.workspace.stopping import Stopped, stop_signals, unless
from bot.workspace.stories import Missing
from bot.workspace.theatre import Theatre
from bot.workspace.watching import watch

USUAL_PORT = 8765
"""So that the page has the same address each time, if nobody else has taken it."""
SETTINGS = {"PULSE": "on"}
QUIET = (time(20, 30), time(8))
"""When people of the hotel are asleep, or about to be: praise would wait until the morning."""
AWAKE = time(10, 5)
WORKING_DAYS = 5
HERE = ZoneInfo(staff.HERE)
EXAMPLES = (
    ("command", {"user": "noah", "channel": "#general", "typed": "/praise @mei She found us a pharmacy from Mr Berg"}),
    ("command", {"user": "jun", "channel": "#praise", "typed": "/kudos @hao for the last piece of cake"}),
    ("move_clock", {"seconds": 86_400}),
    ("messages", {"channel": "#praise"}),
)
"""Acts from another terminal."""


async def keep_open(plan: Plan, screen: Screen, first_day: Callable[[date], date]) -> int:
    """Serve the page until Ctrl-C; gives 0 if the app lived and ended well, 1 if not, 2 if there is no such port."""
    stopped = stop_signals()
    with tempfile.TemporaryDirectory(prefix="golden-ear-") as folder:
        clock = Path(folder) / "clock"
        settings = Settings(manifest=read_manifest(plan.manifest), clock_file=clock, quiet=True)
        try:
            async with _served(settings, plan.port) as slack, Control(slack.url) as people:
                return await _opened(plan, screen, slack, people, Path(folder), stopped, first_day)
        except OSError as error:
            screen.trouble(f"The page cannot be served at port {plan.port}: {error.strerror or error}.")
            return 2


@contextlib.asynccontextmanager
async def _served(settings: Settings, port: int) -> AsyncIterator[Running]:
    """At the port that is asked for, else at the usual one, else at any that is free."""
    async with contextlib.AsyncExitStack() as stack:
        if port:
            running = await stack.enter_async_context(serve(settings, port=port))
        else:
            try:
                running = await stack.enter_async_context(serve(settings, port=USUAL_PORT))
            except OSError:
                running = await stack.enter_async_context(serve(settings))
        yield running


async def _opened(
    plan: Plan,
    screen: Screen,
    slack: Running,
    people: Control,
    folder: Path,
    stopped: asyncio.Event,
    first_day: Callable[[date], date],
) -> int:
    theatre = Theatre(plan, slack.url, first_day)
    slack.workspace.stages = theatre
    moved = _awake(slack)
    async with app.started(plan.command, plan.environment, folder, slack, http=plan.http, settings=SETTINGS) as bot:
        ready = False
        try:
            address = await _address(plan, slack, theatre)
            _welcome(screen, plan, address, moved)
            await unless(stopped, bot.ready(people, http=plan.http))
            ready = True
            slack.workspace.changes.tell("app")
            _ready(screen, plan, slack)
            await unless(stopped, _watched(plan, bot, people, screen))
        except Stopped:
            return await _ended(screen, bot, slack, ready=ready)
        except BrokenPipeError:
            return 1
        except (Missing, NotSeen, ControlError) as error:
            tell(screen, error, bot)
            return 1
        finally:
            await theatre.end()
    return 0


async def _address(plan: Plan, slack: Running, theatre: Theatre) -> str:
    """Where to look: at the free workspace, or at the story that was asked for."""
    return str((await theatre.play(plan.story))["url"]) if plan.story else slack.url


async def _watched(plan: Plan, bot: App, people: Control, screen: Screen) -> None:
    """Stay; with `watch` show what the app says. Ends only if the app does, with Missing."""
    watching = asyncio.create_task(watch(people, screen)) if plan.watch else None
    try:
        await bot.ended()
        raise Missing("Golden Ear ended by itself")
    finally:
        if watching is not None:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def _ended(screen: Screen, bot: App, slack: Running, *, ready: bool) -> int:
    """Ctrl-C came: the app ends in order, whatever was broken meanwhile; one that was not up yet just goes."""
    if not ready:
        return 0
    slack.program.faults.clear()
    try:
        await bot.end()
    except Missing as error:
        tell(screen, error, bot)
        return 1
    return 0


def _awake(slack: Running) -> bool:
    """Put the clock to a working morning if it is night at the hotel; gives whether it was."""
    clock = slack.workspace.clock
    now = datetime.fromtimestamp(clock.now(), HERE)
    begins, ends = QUIET
    if ends <= now.time() < begins:
        return False
    days = (datetime.combine(now.date() + timedelta(days=ahead), AWAKE, HERE) for ahead in range(8))
    clock.set(next(one for one in days if one > now and one.weekday() < WORKING_DAYS))
    return True


def _welcome(screen: Screen, plan: Plan, address: str, moved: bool) -> None:
    screen.title(f"Golden Ear at the {staff.TEAM_NAME}, a rehearsal")
    screen.plain("", f"  Open {address} in your browser.", "")
    screen.title(
        "",
        "Everybody there is invented. Slack is played by this computer, nothing leaves it, and no other computer can "
        "open the page. What you do is forgotten at the end.",
        *(["It is night at the hotel, so its clock stands at five past ten of the next working day."] if moved else []),
        "Ctrl-C ends it.",
    )
    if plan.browser and _has_browser():
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)


def _ready(screen: Screen, plan: Plan, slack: Running) -> None:
    screen.note("Golden Ear is up.")
    if plan.watch:
        screen.title("", "Be anybody from another terminal; what Golden Ear says to it is shown here. For example:")
        for verb, given in EXAMPLES:
            screen.plain(f"curl -s {slack.ready()['control_url']}{verb} -d '{json.dumps(given)}'")


def _has_browser() -> bool:
    """True if there is a desktop: a browser of the terminal would take the terminal."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell(screen: Screen, error: Exception, bot: App) -> None:
    """Print what went wrong, what was there instead, and the end of the app's log."""
    there = getattr(error, "there", "")
    screen.trouble(f"Not all went well: {error}.", there.splitlines()[:12])
    screen.trouble("The end of Golden Ear's log:", bot.last_words())
