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
from bot.workspace.stories import cast
from bot.workspace.telling import Telling, Told
from bot.workspace.wrapping import one_line

PATIENCE_S = 60.0
"""How long a slow machine may take for one thing."""
ACK_S = 30.0
"""How long it may take where Slack gives up after three seconds."""
BEGINNING = 44
"""How many cells of a customer's words are shown where they are typed."""
NEWEST = 5
CJK = re.compile("[\u3400-\u9fff]")
STAFF = {person.handle: person for person in staff.STAFF}


class Missing(Exception):
    """Something that was to arrive did not: `what`, without a full stop; `there` is what was to be seen instead."""

    def __init__(self, what: Told, there: str = "") -> None:
        super().__init__(str(what))
        self.what = what
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
        self.screen.day(self.day + timedelta(days=days))

    async def scene(self, clock: str, heading: Told, *, days: int = 0) -> None:
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
        told = Told("{who} types in {channel}:", who=cast.person(who), channel=channel)
        await self._tells(who, channel, told, self._shortened(typed))
        acknowledged(await self.people.command(who, channel, typed), who, typed.partition(" ")[0])

    async def asks(
        self, who: str, channel: str, typed: str, contains: Sequence[str] = (), *, brief: bool = False
    ) -> None:
        """Somebody types a command and is answered, so that nobody else sees it."""
        before = await self.people.ephemerals(who)
        await self.types(who, channel, typed)
        await self.answered(who, contains, after=before[-1]["ts"] if before else "0", brief=brief)

    async def says(self, who: str, channel: str, words: str) -> str:
        """Somebody writes a message; gives its ts."""
        told = Told("{who} writes in {channel}:", who=cast.person(who), channel=channel)
        await self._tells(who, channel, told, words)
        return await self.people.say(who, channel, words)

    async def taps(self, who: str, where: str, ts: str, action: str, told: Told | None = None) -> None:
        """Somebody taps a button in a channel, or with the bot (where = "@goldenear"); it is shown if it is told."""
        if told:
            await self._tells(who, where, told)
        acknowledged(await self.people.click(who, where, ts, action), who, action)

    async def sends(self, who: str, view: str, fields: Fields) -> Json:
        """Somebody fills in a form and sends it; gives the outcome."""
        await self.screen.beat()
        outcome = await self.people.submit(who, view, fields)
        acknowledged(outcome, who, Told("the form"))
        return outcome

    # What comes of it

    async def post(
        self,
        contains: Sequence[str],
        told: Told | None = None,
        *,
        channel: str = "#praise",
        brief: bool = False,
        **more: object,
    ) -> Json:
        """Wait for a message of the app in a channel, show it and give it."""
        where = Told.plain(channel)
        found = await self.seen({"channel": channel, "contains": list(contains), "by_app": True, **more}, where)
        await self._shows("", channel)
        self.screen.arrives(told or where, picture(found), brief=brief)
        return found

    async def direct(self, who: str, contains: Sequence[str], *, brief: bool = False, **more: object) -> Json:
        """Wait for a direct message, in this person's language, show it and give it."""
        where = cast.messages_of(who)
        found = await self.seen({"dm": who, "contains": list(contains), **more}, where)
        self._in_their_language(who, found, where)
        await self._shows(who, "@goldenear")
        self.screen.arrives(Told("{who}, direct message", who=cast.name(who)), picture(found), brief=brief)
        return found

    async def answered(self, who: str, contains: Sequence[str], *, after: str = "0", brief: bool = False) -> Json:
        """Wait for what only this person sees, in their language, show it and give it."""
        where = cast.seen_by(who)
        found = await self.seen({"ephemeral": who, "contains": list(contains), "after": after}, where)
        self._in_their_language(who, found, where)
        await self._shows(who, str(found["channel"]))
        self.screen.arrives(Told("only {who} sees", who=cast.name(who)), picture(found), brief=brief)
        return found

    async def form(self, who: str) -> Json:
        """Wait for a modal and give it."""
        return await self.seen({"view": who}, cast.forms_of(who))

    async def nothing(self, words: str, *, channel: str = "", dm: str = "") -> None:
        """Make sure that these words are not in a channel, or not in somebody's direct messages."""
        messages = await (self.people.messages(channel) if channel else self.people.dms(dm))
        if any(words in _text(message) for message in messages):
            where = channel or f"@{dm}"
            raise Missing(Told("{where} was to have nothing of it, but there is: {words}", where=where, words=words))

    async def seen(self, condition: Json, where: Told) -> Json:
        """Wait for the newest of what fits (see Control.wait) and give it; told to nobody."""
        try:
            found = (await self.people.wait(condition, timeout=PATIENCE_S))[-1]
            if opened := condition.get("view") or condition.get("home"):
                await self._shows(opened, "home" if "home" in condition else "")
            return found
        except NotSeen:
            raise absent(where, condition.get("contains", ()), await self._instead(condition)) from None
        except ControlError as error:
            raise Missing(Told("{where} cannot be looked at", where=where), str(error)) from None

    async def _tells(self, who: str, place: str, told: Told, said: str = "") -> None:
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
        return "\n".join(mrkdwn(one["text"]) for one in there[-NEWEST:])

    def _shortened(self, typed: str) -> str:
        """What customers said is shown where it arrives, and begins only where it is typed."""
        for sample in self.book.values():
            typed = typed.replace(sample.words, one_line(sample.words, BEGINNING))
        return typed

    def _in_their_language(self, who: str, message: Json, where: Told) -> None:
        """What a Chinese reader gets has Chinese words beside the customer's, what others get has none."""
        ours = " ".join(line.text for line in picture(message) if isinstance(line, Line) and line.kind != "quote")
        for sample in self.book.values():
            ours = ours.replace(sample.customer, "")
        locale = STAFF[who].locale
        if bool(CJK.search(ours)) != locale.startswith("zh"):
            raise Missing(Told("{where} was to be in the language of {locale}", where=where, locale=locale), ours)


def absent(where: Told, contains: str | Sequence[str], there: str = "") -> Missing:
    """What is to be said when something with these words was to be somewhere."""
    words = [contains] if isinstance(contains, str) else contains
    wanted = Told.plain(", ".join(f"“{one}”" for one in words)) if words else Told("something new")
    return Missing(Told("in {where} was to be {wanted}", where=where, wanted=wanted), there)


def acknowledged(outcome: Json, who: str, what: str | Told) -> None:
    """Raise Missing if the app did not acknowledge what somebody did."""
    if not outcome["ok"]:
        told = Told("{what} of {who} was not acknowledged: {error}", what=what, who=f"@{who}", error=outcome["error"])
        raise Missing(told)


def failure(error: Exception) -> tuple[Told, str]:
    """Why a story cannot go on, without a full stop, and what else is known of that, as programs say it."""
    if isinstance(error, Missing):
        return error.what, error.there
    if isinstance(error, NotSeen):
        return Told("what was waited for did not come"), str(error)
    if isinstance(error, ControlError):
        return Told("the workspace refused what was asked of it"), str(error)
    return Told("something went wrong that no story expects"), str(error)


def instant(day: date, clock: time) -> str:
    """Give a wall time of the hotel as an ISO instant."""
    return datetime.combine(day, clock, times.HERE).isoformat()


def _text(message: Json) -> str:
    return "\n".join(line.text if isinstance(line, Line) else "" for line in picture(message)) + mrkdwn(message["text"])
