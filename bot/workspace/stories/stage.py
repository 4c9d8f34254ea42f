"""Where a story is played: people act, and what must come is waited for, checked and shown."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.workspace import staff, times
from bot.workspace.client import Control, ControlError, Fields, NotSeen
from bot.workspace.picture import Line, mrkdwn, picture
from bot.workspace.samples import Sample
from bot.workspace.shapes import Json
from bot.workspace.telling import Telling
from bot.workspace.wrapping import one_line

PATIENCE_S = 15.0
"""How long a slow machine may take for one thing."""
BEGINNING = 44
"""How many cells of a customer's words are shown where they are typed."""
NEWEST = 5
CJK = re.compile("[\u3400-\u9fff]")
STAFF = {person.handle: person for person in staff.STAFF}


class Missing(Exception):
    """Something that was to arrive did not; the message says what, `there` what was to be seen instead."""

    def __init__(self, what: str, there: str = "") -> None:
        super().__init__(what)
        self.there = there


class Stage:
    """People, a screen, what customers said, and the first day. `pause` seconds pass before each scene."""

    def __init__(
        self, people: Control, screen: Telling, book: Mapping[str, Sample], day: date, *, pause: float = 0.0
    ) -> None:
        self.people = people
        self.screen = screen
        self.book = book
        self.day = day
        self._pause = pause

    # The clock

    async def dawn(self, days: int) -> None:
        """Begin a day, so many after the first."""
        day = self.day + timedelta(days=days)
        self.screen.day(f"{day:%A}, {day.day} {day:%B %Y}")

    async def scene(self, clock: str, heading: str, *, days: int = 0) -> None:
        """Move the clock to HH:MM of the hotel and say what happens there."""
        await asyncio.sleep(self._pause)
        await self.screen.beat()
        self.screen.scene(clock, heading)
        await self.clock(clock, days=days)

    async def clock(self, clock: str, *, days: int = 0) -> None:
        """Move the clock to HH:MM, so many days after the first."""
        await self.people.set_clock(instant(self.day + timedelta(days=days), time.fromisoformat(clock)))

    # What people do

    async def types(self, who: str, channel: str, typed: str) -> None:
        """Somebody types a command, which must be acknowledged."""
        await self._tells(who, channel, f"{_name(who)} types in {channel}:", self._shortened(typed))
        outcome = await self.people.command(who, channel, typed)
        self._acknowledged(outcome, f"{typed.partition(' ')[0]} of @{who}")

    async def asks(
        self, who: str, channel: str, typed: str, contains: Sequence[str] = (), *, brief: bool = False
    ) -> None:
        """Somebody types a command and is answered, so that nobody else sees it."""
        before = await self.people.ephemerals(who)
        await self.types(who, channel, typed)
        await self.answered(who, contains, after=before[-1]["ts"] if before else "0", brief=brief)

    async def says(self, who: str, channel: str, words: str) -> str:
        """Somebody writes a message; gives its ts."""
        await self._tells(who, channel, f"{_name(who)} writes in {channel}:", words)
        return await self.people.say(who, channel, words)

    async def taps(self, who: str, where: str, ts: str, action: str, told: str = "") -> None:
        """Somebody taps a button in a channel, or with the bot (where = "@goldenear"); it is shown if it is told."""
        if told:
            await self._tells(who, where, told)
        self._acknowledged(await self.people.click(who, where, ts, action), f"{action} of @{who}")

    async def sends(self, who: str, view: str, fields: Fields) -> Json:
        """Somebody fills in a form and sends it; gives the outcome."""
        await self.screen.beat()
        outcome = await self.people.submit(who, view, fields)
        self._acknowledged(outcome, f"the form of @{who}")
        return outcome

    # What comes of it

    async def post(
        self,
        contains: Sequence[str],
        told: str = "",
        *,
        channel: str = "#praise",
        brief: bool = False,
        **more: object,
    ) -> Json:
        """Wait for a message of the app in a channel, show it and give it."""
        found = await self.seen({"channel": channel, "contains": list(contains), "by_app": True, **more}, channel)
        await self._shows("", channel)
        self.screen.arrives(told or channel, picture(found), brief=brief)
        return found

    async def direct(self, who: str, contains: Sequence[str], *, brief: bool = False, **more: object) -> Json:
        """Wait for a direct message, in this person's language, show it and give it."""
        where = f"the direct messages of @{who}"
        found = await self.seen({"dm": who, "contains": list(contains), **more}, where)
        self._in_their_language(who, found, where)
        await self._shows(who, "@goldenear")
        self.screen.arrives(f"@{who}, direct message", picture(found), brief=brief)
        return found

    async def answered(self, who: str, contains: Sequence[str], *, after: str = "0", brief: bool = False) -> Json:
        """Wait for what only this person sees, in their language, show it and give it."""
        where = f"what only @{who} sees"
        found = await self.seen({"ephemeral": who, "contains": list(contains), "after": after}, where)
        self._in_their_language(who, found, where)
        await self._shows(who, str(found["channel"]))
        self.screen.arrives(f"only @{who} sees", picture(found), brief=brief)
        return found

    async def form(self, who: str) -> Json:
        """Wait for a modal and give it."""
        return await self.seen({"view": who}, f"the forms of @{who}")

    async def nothing(self, words: str, *, channel: str = "", dm: str = "") -> None:
        """Make sure that these words are not in a channel, or not in somebody's direct messages."""
        messages = await (self.people.messages(channel) if channel else self.people.dms(dm))
        if any(words in _text(message) for message in messages):
            raise Missing(f"{channel or '@' + dm} was to have nothing of it, but there is: {words}")

    async def seen(self, condition: Json, where: str) -> Json:
        """Wait for the newest of what fits (see Control.wait) and give it; told to nobody."""
        try:
            found = (await self.people.wait(condition, timeout=PATIENCE_S))[-1]
            if opened := condition.get("view") or condition.get("home"):
                await self._shows(opened, "home" if "home" in condition else "")
            return found
        except NotSeen:
            wanted = " and ".join(f"“{one}”" for one in condition.get("contains", ()))
            there = await self._instead(condition)
            raise Missing(f"in {where} was to be {wanted or 'something new'}", there) from None
        except ControlError as error:
            raise Missing(f"{where} cannot be looked at: {error}") from None

    async def _tells(self, who: str, place: str, told: str, said: str = "") -> None:
        """Tell what somebody is about to do, where they do it."""
        await self._shows(who, place)
        self.screen.act(told, said)
        await self.screen.beat()

    async def _shows(self, who: str, place: str) -> None:
        """Look there, once what was told before could be read."""
        await self.screen.beat()
        self.screen.looks(who, place)

    async def _instead(self, condition: Json) -> str:
        """Give the newest texts of where something was looked for."""
        places = {"channel": self.people.messages, "dm": self.people.dms, "ephemeral": self.people.ephemerals}
        there = [one for kind, look in places.items() if kind in condition for one in await look(condition[kind])]
        return "\n".join(f"there was: {mrkdwn(one['text'])}" for one in there[-NEWEST:])

    def _shortened(self, typed: str) -> str:
        """What customers said is shown where it arrives, and begins only where it is typed."""
        for sample in self.book.values():
            typed = typed.replace(sample.words, one_line(sample.words, BEGINNING))
        return typed

    def _acknowledged(self, outcome: Json, what: str) -> None:
        if not outcome["ok"]:
            raise Missing(f"{what} was not acknowledged: {outcome['error']}")

    def _in_their_language(self, who: str, message: Json, where: str) -> None:
        """What a Chinese reader gets has Chinese words beside the customer's, what others get has none."""
        ours = " ".join(line.text for line in picture(message) if isinstance(line, Line) and line.kind != "quote")
        for sample in self.book.values():
            ours = ours.replace(sample.customer, "")
        if bool(CJK.search(ours)) != STAFF[who].locale.startswith("zh"):
            raise Missing(f"{where} was to be in the language of {STAFF[who].locale}, but there is: {ours}")


def instant(day: date, clock: time) -> str:
    """Give a wall time of the hotel as an ISO instant."""
    return datetime.combine(day, clock, times.HERE).isoformat()


def _name(handle: str) -> str:
    person = STAFF[handle]
    return f"{handle.capitalize()} ({person.title.lower()})"


def _text(message: Json) -> str:
    return "\n".join(line.text if isinstance(line, Line) else "" for line in picture(message)) + mrkdwn(message["text"])
