"""The page with the app behind it, open until Ctrl-C: nothing plays by itself, everything can be tried."""

import asyncio
import contextlib
import json
import os
import sqlite3
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.workspace import app, keeping, staff, times
from bot.workspace.app import App
from bot.workspace.client import Control, ControlError, NotSeen
from bot.workspace.manifest import read_manifest
from bot.workspace.plan import Plan
from bot.workspace.saving import Saving
from bot.workspace.screen import Screen
from bot.workspace.server import Running, serve
from bot.workspace.state import Settings
from bot.workspace.stopping import Stopped, stop_signals, unless
from bot.workspace.stories import Missing
from bot.workspace.stories.stage import failure
from bot.workspace.telling import Told
from bot.workspace.theatre import Theatre
from bot.workspace.watching import watch

USUAL_PORT = 8765
"""So that the page has the same address each time, if nobody else has taken it."""
SETTINGS = {"PULSE": "on"}
QUIET = (time(20, 30), time(8))
"""When people of the hotel are asleep, or about to be: praise would wait until the morning."""
AWAKE = time(10, 5)
EXAMPLES = (
    ("command", {"user": "noah", "channel": "#general", "typed": "/praise @mei She found us a pharmacy from Mr Berg"}),
    ("command", {"user": "jun", "channel": "#praise", "typed": "/kudos @hao for the last piece of cake"}),
    ("move_clock", {"seconds": 86_400}),
    ("messages", {"channel": "#praise"}),
)
"""Acts from another terminal."""


class _Unserved(Exception):
    """The page has no port."""


async def keep_open(plan: Plan, screen: Screen, first_day: Callable[[date], date]) -> int:
    """Serve the page until Ctrl-C; gives 0 if all lived and ended well, 1 if not, 2 if the plan cannot be done."""
    stopped = stop_signals()
    with tempfile.TemporaryDirectory(prefix="golden-ear-") as name:
        folder = Path(name)
        settings = Settings(manifest=read_manifest(plan.manifest), clock_file=folder / "clock", quiet=True)
        try:
            with keeping.held(plan.keep) if plan.keep else contextlib.nullcontext():
                state = keeping.unpacked(plan.keep, folder) if plan.keep else None
                async with _served(settings, plan.port) as slack, Control(slack.url) as people:
                    house = _OpenHouse(plan, screen, slack, people, folder, stopped)
                    if plan.keep and state is not None:
                        keeping.resume(plan.keep, slack.workspace, state)
                    moved = state is None and _awake(slack)
                    return await house.opened(Theatre(plan, slack.url, first_day), moved=moved)
        except (keeping.Unfit, _Unserved) as error:
            screen.trouble(f"{error}.")
            return 2
        except BrokenPipeError:
            return 1
        except OSError as error:
            screen.trouble(f"The rehearsal could not go on: {error.strerror or error}.")
            return 1


@contextlib.asynccontextmanager
async def _served(settings: Settings, port: int) -> AsyncIterator[Running]:
    """At the port that is asked for, else at the usual one, else at any that is free. Raises _Unserved."""
    async with contextlib.AsyncExitStack() as stack:
        try:
            running = await stack.enter_async_context(serve(settings, port=port or USUAL_PORT))
        except OSError as error:
            if port:
                raise _Unserved(f"The page cannot be served at port {port}: {error.strerror or error}") from error
            running = await stack.enter_async_context(serve(settings))
        yield running


@dataclass
class _OpenHouse:
    """A workspace that is served, with people who act in it, and the folder of its app."""

    plan: Plan
    screen: Screen
    slack: Running
    people: Control
    folder: Path
    stopped: asyncio.Event
    up: bool = False

    async def opened(self, theatre: Theatre, *, moved: bool) -> int:
        """Keep it open until Ctrl-C, with the app behind it; what happened is kept, if it is to be."""
        plan, workspace = self.plan, self.slack.workspace
        workspace.stages = theatre
        saving = Saving(workspace, self.folder, plan.keep) if plan.keep else None
        async with (
            app.started(
                plan.command, plan.environment, self.folder, self.slack, http=plan.http, settings=SETTINGS
            ) as bot,
            _beside(saving.now_and_then() if saving else None),
            _beside(watch(self.people, self.screen) if plan.watch else None),
        ):
            try:
                _welcome(self.screen, plan, await self._address(theatre), moved=moved)
                status = await self._until_stopped(bot)
            finally:
                await theatre.end()
        if saving is not None and self.up:
            return max(status, await self._saved(saving))
        return status

    async def _address(self, theatre: Theatre) -> str:
        """Where to look: at the free workspace, or at the story that was asked for."""
        return str((await theatre.play(self.plan.story))["url"]) if self.plan.story else self.slack.url

    async def _until_stopped(self, bot: App) -> int:
        try:
            await unless(self.stopped, bot.ready(self.people, http=self.plan.http))
            self.up = True
            self.slack.workspace.changes.tell("app")
            _ready(self.screen, self.plan, self.slack)
            await unless(self.stopped, _ended_by_itself(bot))
        except Stopped:
            return await self._ended(bot)
        except BrokenPipeError:
            return 1
        except (Missing, NotSeen, ControlError) as error:
            tell(self.screen, error, bot)
            return 1
        return 0

    async def _ended(self, bot: App) -> int:
        """Ctrl-C came: the app ends in order, whatever was broken meanwhile; one that was not up yet just goes."""
        if not self.up:
            return 0
        self.slack.workspace.faults.clear()
        try:
            await bot.end()
        except Missing as error:
            tell(self.screen, error, bot)
            return 1
        return 0

    async def _saved(self, saving: Saving) -> int:
        try:
            await saving.save()
        except (OSError, sqlite3.Error) as error:
            self.screen.trouble(f"It could not be kept in {self.plan.keep}: {error}.")
            return 1
        return 0


@contextlib.asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None] | None) -> AsyncIterator[None]:
    """Let something go on while the block runs."""
    task = asyncio.create_task(work) if work is not None else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _ended_by_itself(bot: App) -> None:
    await bot.ended()
    raise Missing(Told("Golden Ear ended by itself"))


def _awake(slack: Running) -> bool:
    """Put the clock to a working morning if it is night at the hotel; gives whether it was."""
    clock = slack.workspace.clock
    begins, ends = QUIET
    if ends <= datetime.fromtimestamp(clock.now(), times.HERE).time() < begins:
        return False
    clock.set(times.next_working(clock.now(), AWAKE))
    return True


def _welcome(screen: Screen, plan: Plan, address: str, *, moved: bool) -> None:
    screen.title(f"Golden Ear at the {staff.TEAM_NAME}, a rehearsal")
    screen.plain("", f"  Open {address} in your browser.", "")
    screen.title(
        "",
        "Everybody there is invented. Slack is played by this computer, nothing leaves it, and no other computer can "
        f"open the page. What you do is {f'kept in {plan.keep}' if plan.keep else 'forgotten at the end'}.",
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
    why, detail = failure(error)
    screen.trouble(Told("Not all went well: {what}.", what=why))
    if detail:
        screen.trouble(Told("What is known of it:"), detail.splitlines()[:12])
    screen.trouble(Told("The end of Golden Ear's log:"), bot.last_words())
