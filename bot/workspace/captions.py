"""A story's words in the page: what is told now, how long it stands there, and where to look meanwhile."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.workspace.page.words import LANGUAGES, words
from bot.workspace.picture import Line, Picture
from bot.workspace.shapes import Impossible, Json
from bot.workspace.telling import Told

BEGIN_S, LONGEST_S = 1.1, 9.0
"""How long the shortest and the longest caption stand."""
LETTER_S, SIGN_S = 0.032, 0.11
"""How long a letter takes to read, and a Chinese sign."""
SEEN = 100
"""So many letters of what arrives are waited for; the rest stays where it is."""
SPEEDS = (0.5, 1.0, 2.0, 4.0)
FASTEST = 1000.0


@dataclass(frozen=True)
class Caption:
    """What is told now: the day and time, the heading of the scene, and lines (told, said) of what goes on in it."""

    day: date | None = None
    clock: str = ""
    heading: Told | None = None
    lines: tuple[tuple[Told, str], ...] = ()


@dataclass
class Captions:
    """Tells a story in the page; see Telling. `state` is starting, playing, paused, over or failed.

    `why` is why it failed, and `detail` what else is known of that, line by line, as programs say it.

    `who` and `place` are where to look; empty if that does not matter. `tell` hears of "story", another caption, and of
    "stage", another state.
    """

    story: str
    home: str
    tell: Callable[[str], None]
    state: str = "starting"
    why: Told | None = None
    detail: str = ""
    speed: float = 1.0
    now: Caption = field(default_factory=Caption)
    who: str = ""
    place: str = ""
    reading_s: float = 0.0
    _read: bool = True
    _skip: asyncio.Event = field(default_factory=asyncio.Event)

    # What a story tells

    def day(self, day: date) -> None:
        """A day begins."""
        self.now = Caption(day=day)

    def scene(self, clock: str, heading: Told) -> None:
        """It is so late, and this happens now."""
        self.now = Caption(self.now.day, clock, heading)
        self._told(heading)

    def act(self, told: Told, said: str = "") -> None:
        """Somebody does something, and says or types this."""
        self._line(told, said)

    def arrives(self, where: Told, seen: Picture, *, brief: bool = False) -> None:
        """Something is to be seen in the page itself; here it is told where."""
        self._line(Told("→ {where}", where=where), "")
        texts = "".join(line.text for line in seen if isinstance(line, Line))
        self.reading_s += _reading_s(texts[:SEEN])

    def note(self, told: Told) -> None:
        """What is not to be seen, or why."""
        self._line(told, "")

    def looks(self, who: str, place: str = "") -> None:
        """The next is to be seen by this person, there."""
        if (who, place) not in (("", ""), (self.who, self.place)):
            self.who, self.place = who or self.who, place or self.place
            self.tell("story")

    async def beat(self) -> None:
        """Go on when what was told since the last beat could be read, or is skipped; never while it is paused."""
        if self._read:
            return
        self._skip.clear()
        while self.reading_s > 0 or self.state == "paused":
            step = 0.05
            try:
                async with asyncio.timeout(step):
                    await self._skip.wait()
                break
            except TimeoutError:
                self.reading_s -= step * self.speed if self.state != "paused" else 0
        self.reading_s, self._read = 0.0, True

    # What whoever watches may do

    def handle(self, do: str, speed: float = 1.0) -> Json:
        """pause, go_on, next, or speed; gives how it stands. Raises Impossible for anything else."""
        if do in ("pause", "go_on"):
            if self.state in ("playing", "paused"):
                self.state = "paused" if do == "pause" else "playing"
        elif do == "next":
            self._skip.set()
        elif do == "speed" and 0 < speed <= FASTEST:
            self.speed = speed
        else:
            raise Impossible(f"a story can pause, go_on, go to the next, or change its speed; not {do!r}")
        self.tell("stage")
        return {"state": self.state, "speed": self.speed}

    # How it goes

    def becomes(self, state: str, why: Told | None = None, detail: str = "") -> None:
        """It plays, is over, or failed, and why."""
        self.state, self.why, self.detail = state, why, detail
        self.tell("stage")

    def _line(self, told: Told, said: str) -> None:
        before = () if self._read else self.now.lines
        self.now = replace(self.now, lines=(*before, (told, said)))
        self._told(told, said)

    def _told(self, told: Told, said: str = "") -> None:
        """So long as whoever needs longest for it: nobody knows here who reads in which language."""
        reads_s = max(_reading_s(words(language).told(told)) for language in LANGUAGES) + _reading_s(said)
        self.reading_s = min(LONGEST_S, (BEGIN_S if self._read else self.reading_s) + reads_s)
        self._read = False
        self.tell("story")


def _reading_s(text: str) -> float:
    return sum(SIGN_S if char >= "\u2e80" else LETTER_S for char in text)
