"""Taking somebody to one of the seven things to try: all is made ready, and they do it themselves."""

import asyncio
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.workspace import seven, staff, text, times
from bot.workspace.progress import praise_post
from bot.workspace.seven import Taking
from bot.workspace.shapes import REASONS, Impossible, Json

if TYPE_CHECKING:
    from bot.workspace.program import Program

ASKED = time(10, 0, 5)
"""When the pulse asks, and a moment for it to do so."""
STARTS_S, TICK_S = 20.0, 0.05


class Trying:
    """The guide's hands."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._workspace = program.workspace

    async def step(self, name: str, lang: str = "en") -> Json:
        """Make ready what one wants to try, in a language of the page; gives where that is.

        That is `as` whom, `at` which place, `words` for the composer, `message` (ts) to look at; each may be empty.
        Raises Impossible if it cannot be tried now.
        """
        ways = {
            "praise": self._praise,
            "applaud": self._applaud,
            "thank": self._thank,
            "morning": self._morning,
            "pulse": self._pulse,
            "idea": self._idea,
            "break": self._break,
        }
        if name not in ways:
            raise Impossible(f"there is no step {name!r}; there are {', '.join(ways)}")
        await self._app()
        return await ways[name](lang)

    async def _app(self) -> None:
        """Wait until there is an app, which starts while people already look around."""
        end = asyncio.get_running_loop().time() + STARTS_S
        while not self._workspace.heard():
            if asyncio.get_running_loop().time() > end:
                raise Impossible("Golden Ear is not there", "connection_failed")
            await asyncio.sleep(TICK_S)

    async def _praise(self, lang: str) -> Json:
        return self._there(seven.cast(lang).praise)

    async def _applaud(self, lang: str) -> Json:
        """To the newest post of a praise, as somebody who is not praised in it."""
        posts = [one for one in self._workspace.messages.of(staff.PRAISE_CHANNEL) if praise_post(one)]
        if not posts:
            return self._there(seven.cast(lang).praise)
        words = text.words_of(posts[-1].get("blocks"))
        known = {one.handle: one.id for one in staff.STAFF}
        who = next((one for one in seven.cast(lang).applaud if known[one] not in words), "tomas")
        return {**self._there(Taking(who, staff.PRAISE_CHANNEL)), "message": posts[-1]["ts"]}

    async def _thank(self, lang: str) -> Json:
        return self._there(seven.cast(lang).thank)

    async def _morning(self, lang: str) -> Json:
        """To nine o'clock of the next working day."""
        self._workspace.clock.set(times.next_working_day(self._workspace.clock.now()))
        return self._there(seven.cast(lang).morning)

    async def _pulse(self, lang: str) -> Json:
        """To an open question, or on to the hour of the next one."""
        taking = seven.cast(lang).pulse
        there = self._there(taking)
        if not self._asked(str(there["at"])):
            self._workspace.clock.set(_next_question(datetime.fromtimestamp(self._workspace.clock.now(), times.HERE)))
        return there

    async def _idea(self, lang: str) -> Json:
        """To the form, which opens by itself."""
        taking = seven.cast(lang).idea
        outcome = await self._program.shortcuts.anywhere(taking.who, seven.SHORTCUT)
        if not outcome["ok"]:
            why = str(outcome["error"])
            raise Impossible(f"no form came: {why}", why if why in REASONS else "failed")
        return self._there(taking)

    async def _break(self, lang: str) -> Json:
        """To a praise that is sent while Slack refuses everything."""
        self._workspace.scenes.play(seven.SCENE)
        return self._there(seven.cast(lang).breaks)

    def _there(self, taking: Taking) -> Json:
        who = self._workspace.user_id(taking.who)
        at = self._workspace.channel(taking.place, who).id
        return {"as": who, "at": at, "words": taking.words, "message": ""}

    def _asked(self, channel: str) -> bool:
        """True if there is a question in a direct message that can still be answered."""
        messages = self._workspace.messages.of(channel)
        return any(
            node.get("action_id") == seven.LATER for one in messages for node in text.texts_of(one.get("blocks"))
        )


def _next_question(now: datetime) -> datetime:
    """Give the moment when the pulse asks next, later today or on another day."""
    coming = (datetime.combine(now.date() + timedelta(days=ahead), ASKED, times.HERE) for ahead in range(9))
    return next(one for one in coming if one > now and one.weekday() in seven.PULSE_DAYS)
