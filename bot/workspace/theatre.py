"""Stories in the page: each in a workspace of its own with an app of its own, one at a time."""

import asyncio
import contextlib
import logging
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bot.workspace import app, times
from bot.workspace.captions import Captions
from bot.workspace.client import Control, ControlError, NotSeen
from bot.workspace.manifest import read_manifest
from bot.workspace.plan import Plan
from bot.workspace.samples import read_samples
from bot.workspace.server import Running, serve
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Settings
from bot.workspace.stories import STORIES, Missing, Stage, Story
from bot.workspace.stories.stage import ACK_S, failure, instant

LEAVING_S = 2.0
"""How long a story stays when the next one begins: the answer that tells where comes from its own server."""
LAST_WORDS = 5
log = logging.getLogger(__name__)


class Theatre:
    """Plays stories for the page; `home` is the address of the workspace to which one goes back."""

    def __init__(self, plan: Plan, home: str, first_day: Callable[[date], date]) -> None:
        self._plan = plan
        self._home = home
        self._first_day = first_day
        self._playing: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def play(self, story: str) -> Json:
        """Begin a story; gives its `url` as soon as its page is there. Raises Impossible if there is no such story."""
        if story not in STORIES:
            raise Impossible(f"there is no story {story!r}; there are {', '.join(STORIES)}")
        self._leave(LEAVING_S)
        placed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._playing = asyncio.create_task(self._perform(story, placed))
        return {"url": await placed}

    async def end(self) -> None:
        """End what is played, and all that leaves."""
        self._leave(0)
        for task in self._leaving:
            task.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _leave(self, seconds: float) -> None:
        if self._playing is not None:
            task, self._playing = self._playing, None
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)
            if seconds:
                asyncio.get_running_loop().call_later(seconds, task.cancel)

    async def _perform(self, name: str, placed: "asyncio.Future[str]") -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="golden-ear-") as folder:
                settings = Settings(
                    manifest=read_manifest(self._plan.manifest), clock_file=Path(folder) / "clock", quiet=True,
                    ack_seconds=ACK_S, trigger_seconds=ACK_S,
                )  # fmt: skip
                async with serve(settings) as slack, Control(slack.url) as people:
                    captions = Captions(name, self._home, slack.workspace.changes.tell)
                    slack.workspace.stages, slack.workspace.captions = self, captions
                    await self._played(name, Path(folder), slack, people, captions, placed)
        except Exception as error:
            if placed.done():
                log.exception("the story %s has ended", name)
            else:
                log.exception("the story %s could not begin", name)
                why = getattr(error, "strerror", None) or error
                placed.set_exception(Impossible(f"the story has no place to be played: {why}", "no_place"))
        finally:
            if not placed.done():
                placed.set_exception(Impossible("another story was begun", "overtaken"))

    async def _played(
        self,
        name: str,
        folder: Path,
        slack: Running,
        people: Control,
        captions: Captions,
        placed: "asyncio.Future[str]",
    ) -> None:
        """Play it, and stay until whoever watches goes elsewhere."""
        plan = self._plan
        day = self._first_day(datetime.now(times.HERE).date())
        await people.set_clock(instant(day, STORIES[name].begins))
        stage = Stage(people, captions, read_samples(plan.samples), day)
        if not placed.done():
            placed.set_result(slack.url)
        try:
            await self._with_app(STORIES[name], folder, slack, stage, captions)
        except Exception as error:
            log.exception("the story %s could not go on", name)
            captions.becomes("failed", *failure(error))
        await asyncio.Event().wait()

    async def _with_app(self, story: Story, folder: Path, slack: Running, stage: Stage, captions: Captions) -> None:
        """Play it with an app of its own, until that ends."""
        plan = self._plan
        async with app.started(
            plan.command, plan.environment, folder, slack, http=plan.http, settings=story.settings
        ) as bot:
            try:
                await bot.ready(stage.people, http=plan.http)
                captions.becomes("playing")
                await story.play(stage)
                await captions.beat()
                captions.becomes("over")
            except (Missing, NotSeen, ControlError) as error:
                why, there = failure(error)
                captions.becomes("failed", why, "\n".join([there, *bot.last_words()[-LAST_WORDS:]]).strip())
            with contextlib.suppress(Missing):
                await bot.ended()
