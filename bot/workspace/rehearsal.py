"""A rehearsal: the workspace here, the app beside it, and people to act in it: those of a story, or whoever looks."""

import asyncio
import json
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.workspace import app, open_house, staff, times
from bot.workspace.app import App
from bot.workspace.client import Control, ControlError, NotSeen
from bot.workspace.manifest import read_manifest
from bot.workspace.plan import Plan
from bot.workspace.samples import read_samples
from bot.workspace.screen import Screen
from bot.workspace.server import serve
from bot.workspace.state import Settings
from bot.workspace.stopping import Stopped, stop_signals, unless
from bot.workspace.stories import STORIES, Missing, Stage, Story
from bot.workspace.stories.stage import ACK_S, instant
from bot.workspace.telling import Told

__all__ = ["Plan", "coming_tuesday", "rehearse"]

ALL = 20_000
TUESDAY = 1


def rehearse(plan: Plan) -> int:
    """Play a story in the terminal, or open the page until Ctrl-C; gives the exit status.

    0: all arrived and the app ended well; 1: it did not, and what was missing is printed; 2: the plan cannot be done.
    """
    screen = Screen(language=plan.language)
    return asyncio.run(_once(plan, screen) if plan.once else open_house.keep_open(plan, screen, coming_tuesday))


async def _once(plan: Plan, screen: Screen) -> int:
    """Ctrl-C and the like end the rehearsal in order: the app is asked to end, and its folder is removed."""
    stopped = stop_signals()
    story = STORIES[plan.story or next(iter(STORIES))]
    with tempfile.TemporaryDirectory(prefix="golden-ear-") as name:
        folder = Path(name)
        manifest, clock = read_manifest(plan.manifest), folder / "clock"
        settings = Settings(manifest=manifest, clock_file=clock, ack_seconds=ACK_S, trigger_seconds=ACK_S)
        async with serve(settings) as slack, Control(slack.url) as people:
            day = coming_tuesday(datetime.now(times.HERE).date())
            await people.set_clock(instant(day, story.begins))
            own = story.settings
            async with app.started(plan.command, plan.environment, folder, slack, http=plan.http, settings=own) as bot:
                stage = Stage(people, screen, read_samples(plan.samples), day)
                return await _played(plan, story, stage, screen, bot, stopped)


async def _played(plan: Plan, story: Story, stage: Stage, screen: Screen, bot: App, stopped: asyncio.Event) -> int:
    try:
        _welcome(screen, plan)
        await unless(stopped, bot.ready(stage.people, http=plan.http))
        await unless(stopped, story.play(stage))
        await _ended_well(bot, stage.people)
    except Stopped:
        screen.trouble(Told("Stopped before the end."))
        return 1
    except BrokenPipeError:
        return 1
    except (Missing, NotSeen, ControlError) as error:
        open_house.tell(screen, error, bot)
        return 1
    screen.title(Told("All that was to arrive arrived."))
    return 0


async def _ended_well(bot: App, people: Control) -> None:
    """End the app, and look for what nobody noticed: broken rules of Slack, pings, calls that were refused."""
    await bot.end()
    refused = [f"{one['method']}: {one['error']}" for one in await people.traffic(ALL) if not one["ok"]]
    troubles = (
        (Told("Golden Ear broke rules of Slack"), await people.errors()),
        (Told("Golden Ear called everybody"), await people.pings()),
        (Told("Golden Ear was refused"), refused),
    )
    for what, found in troubles:
        if found:
            raise Missing(what, json.dumps(found, ensure_ascii=False, indent=1))


def coming_tuesday(today: date) -> date:
    """Give the next Tuesday after today whose Wednesday is in the same month, so that the boards go on overnight."""
    days = (today + timedelta(days=ahead) for ahead in range(1, 15))
    return next(day for day in days if day.weekday() == TUESDAY and (day + timedelta(days=1)).month == day.month)


def _welcome(screen: Screen, plan: Plan) -> None:
    transport = Told("signed HTTP") if plan.http else Told.plain("Socket Mode")
    teams = {team: [one for one in staff.STAFF if one.team == team] for team in staff.TEAMS}
    screen.title(
        Told("Golden Ear at the {hotel}", hotel=staff.TEAM_NAME),
        Told("Everybody here is invented. Slack is played by this computer, and nothing leaves it."),
        *(f"{team}: {', '.join(f'@{one.handle}' for one in members)}" for team, members in teams.items()),
        Told("Golden Ear itself is real, and is heard over {transport}.", transport=transport),
    )
