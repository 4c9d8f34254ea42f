"""A rehearsal: the workspace here, the app beside it, and a story played between them and printed."""

import asyncio
import contextlib
import json
import signal
import tempfile
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.workspace import app, staff
from bot.workspace.app import App
from bot.workspace.client import Control, ControlError, NotSeen
from bot.workspace.manifest import read_manifest
from bot.workspace.samples import read_samples
from bot.workspace.screen import Screen
from bot.workspace.server import Running, serve
from bot.workspace.state import Settings
from bot.workspace.stories import STORIES, Missing, Stage
from bot.workspace.stories.stage import instant
from bot.workspace.watching import watch

READING_S = 1.0
"""Before each scene, for people who watch."""
ALL = 20_000
TUESDAY = 1
EXAMPLES = (
    ("command", {"user": "noah", "channel": "#general", "typed": "/praise @mei She found us a pharmacy from Mr Berg"}),
    ("command", {"user": "jun", "channel": "#praise", "typed": "/kudos @hao for the last piece of cake"}),
    ("move_clock", {"seconds": 86_400}),
    ("messages", {"channel": "#praise"}),
)
"""Acts to go on with."""


@dataclass(frozen=True)
class Plan:
    """What is rehearsed: the app's command, environment (none of its settings), manifest and samples; the story.

    Over signed HTTP or Socket Mode; `once` ends after the story.
    """

    command: Sequence[str]
    environment: Mapping[str, str]
    manifest: Path
    samples: Path
    story: str
    http: bool = False
    once: bool = False


def rehearse(plan: Plan) -> int:
    """Play a story; gives 0 if all arrived and the app ended well, else 1 and prints what was missing."""
    return asyncio.run(_stoppable(plan, Screen()))


class _Stopped(Exception):
    """Ctrl-C or the like came."""


async def _stoppable(plan: Plan, screen: Screen) -> int:
    """Ctrl-C and the like end the rehearsal in order: the app is asked to end, and its folder is removed."""
    stopped = asyncio.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stopped.set)
    with tempfile.TemporaryDirectory(prefix="golden-ear-") as folder:
        clock = Path(folder) / "clock"
        settings = Settings(manifest=read_manifest(plan.manifest), clock_file=clock)
        async with serve(settings) as slack, Control(slack.url) as people:
            return await _rehearse(plan, screen, slack, people, Path(folder), stopped)


async def _rehearse(
    plan: Plan, screen: Screen, slack: Running, people: Control, folder: Path, stopped: asyncio.Event
) -> int:
    day = coming_tuesday(datetime.now(ZoneInfo(staff.HERE)).date())
    story = STORIES[plan.story]
    await people.set_clock(instant(day, story.begins))
    own = story.settings
    async with app.started(plan.command, plan.environment, folder, slack, http=plan.http, settings=own) as bot:
        try:
            _welcome(screen, plan)
            stage = Stage(people, screen, read_samples(plan.samples), day, pause=0 if plan.once else READING_S)
            await _unless(stopped, bot.ready(people, http=plan.http))
            await _unless(stopped, story.play(stage))
            if not plan.once:
                _farewell(screen, slack)
                with contextlib.suppress(_Stopped):
                    await _unless(stopped, _open_house(bot, people, screen))
            await _ended_well(bot, people)
        except _Stopped:
            screen.trouble("Stopped before the end.")
            return 1
        except BrokenPipeError:
            return 1
        except (Missing, NotSeen, ControlError) as error:
            _tell(screen, error, bot)
            return 1
    if plan.once:
        screen.title("All that was to arrive arrived.")
    return 0


async def _unless(stopped: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work to its end. Raises _Stopped if that comes first."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise _Stopped
        working.result()
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _open_house(bot: App, people: Control, screen: Screen) -> None:
    """Show what comes of what others do; ends only if the app does."""
    watching = asyncio.create_task(watch(people, screen))
    try:
        await bot.ended()
        raise Missing("Golden Ear ended by itself")
    finally:
        watching.cancel()


async def _ended_well(bot: App, people: Control) -> None:
    """End the app, and look for what nobody noticed: broken rules of Slack, pings, calls that were refused."""
    await bot.end()
    refused = [f"{one['method']}: {one['error']}" for one in await people.traffic(ALL) if not one["ok"]]
    troubles = {"broke rules of Slack": await people.errors(), "pinged": await people.pings(), "was refused": refused}
    for what, found in troubles.items():
        if found:
            raise Missing(f"Golden Ear {what}", json.dumps(found, ensure_ascii=False, indent=1))


def coming_tuesday(today: date) -> date:
    """Give the next Tuesday after today whose Wednesday is in the same month, so that the boards go on overnight."""
    days = (today + timedelta(days=ahead) for ahead in range(1, 15))
    return next(day for day in days if day.weekday() == TUESDAY and (day + timedelta(days=1)).month == day.month)


def _welcome(screen: Screen, plan: Plan) -> None:
    teams = {team: [one for one in staff.STAFF if one.team == team] for team in staff.TEAMS}
    screen.title(
        f"Golden Ear at the {staff.TEAM_NAME}",
        "Everybody here is invented. Slack is played by this computer, and nothing leaves it.",
        *(f"{team}: {', '.join(f'@{one.handle}' for one in members)}" for team, members in teams.items()),
        f"Golden Ear itself is real, and is heard over {'signed HTTP' if plan.http else 'Socket Mode'}.",
    )


def _farewell(screen: Screen, slack: Running) -> None:
    """Say how to go on."""
    address = slack.ready()["control_url"]
    screen.title(
        "\nThe hotel stays open until Ctrl-C.",
        "Be anybody in it from another terminal; what Golden Ear says to it is shown here. For example:",
    )
    for verb, given in EXAMPLES:
        screen.plain(f"curl -s {address}{verb} -d '{json.dumps(given)}'")


def _tell(screen: Screen, error: Exception, bot: App) -> None:
    there = getattr(error, "there", "")
    screen.trouble(f"Not all went well: {error}.", there.splitlines()[:12])
    screen.trouble("The end of Golden Ear's log:", bot.last_words())
