"""What the people of a crash run did and what they were told: the ground truth that the bot is held against."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from bot.rules.refusal import Refusal
from bot.views import refusals
from bot.views.tongue import speak
from bot.workspace import staff
from storage.inbox import Repeated

THOUGHTS = ("idea", "back", "move", "solve")
SPENDINGS = ("reward", "request", "approve", "deliver", "project", "gift")
KINDS = ("praise", "intake", "import", "hand-on", "help", "kudos", "join", *THOUGHTS, *SPENDINGS)
"""What people do: of ideas `THOUGHTS`, of rewards `SPENDINGS`."""
PRESSED = ("join", "back", "approve", "deliver")
"""What is done by a press, which is acknowledged whatever becomes of it."""
ADMIN = "sam"
TOKEN = re.compile(r"q\d{4,}q")
Rows = Callable[[str], list[tuple[Any, ...]]]
HANDLES = tuple(person.handle for person in staff.STAFF)
IDS = {person.handle: person.id for person in staff.STAFF}
PER_DAY = 4
"""Kudos that one person tries to give a day: below the allowance of 5, so that one which arrives late still fits."""
PER_PAIR = 3
"""Kudos or praise of one person for another in the whole run: the rules would refuse more, or let it wait."""

_TONGUES = [speak(language) for language in ("en", "zh-Hant", "zh-Hans")]
THANKS = ("Thank you for passing this on.", "Thank you for noticing.", "Thank you for your idea!")
DONE = [tongue.t(said) for tongue in _TONGUES for said in THANKS]
ALREADY = [tongue.t("These words are recorded already. Nothing was added.") for tongue in _TONGUES]
ALREADY += [refusals.message(Repeated(), tongue.language)["text"] for tongue in _TONGUES]
APOLOGY = "Something went wrong on our side. Nothing was changed. Please try again in a minute."
SORRY = [tongue.t(APOLOGY) for tongue in _TONGUES]
SETTLED = [refusals.message(Refusal("idea_settled"), tongue.language)["text"] for tongue in _TONGUES]


@dataclass
class Deed:
    """What somebody asked for, once or several times; `token` stands in its words, if it has any.

    `kind` is praise (by a colleague), intake (by another program), import (in a file), kudos, join, hand-on or help; of
    ideas idea, back, move or solve; of rewards reward and project (an admin puts one up), request, approve, deliver or
    gift (to a project). `people` are the praised or thanked, the right colleague, the helper, the author or
    solvers of an idea, who asks for a reward; `of` is the token of what it is about. `told` says that the bot
    answered once that it is done; `way` how it was asked for, where there are several ways.
    """

    kind: str
    token: str
    actor: str
    people: tuple[str, ...]
    told: bool = False
    tries: int = 0
    of: str = ""
    day: date = date.min
    way: str = ""


@dataclass
class Star:
    """The kudos emoji of one person on one message of another, as Slack shows it now."""

    channel: str
    ts: str
    giver: str
    author: str
    on: bool = False
    turns: int = 0


@dataclass
class Truth:
    """All that was done in a run."""

    deeds: list[Deed] = field(default_factory=list)
    stars: list[Star] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)
    today: date = date.min
    _praised: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _days: Counter[tuple[str, date]] = field(default_factory=Counter)

    def deed(self, kind: str, actor: str, people: tuple[str, ...], of: str = "", way: str = "") -> Deed:
        """A new deed with a token of its own."""
        new = Deed(kind, f"q{len(self.deeds):04d}q", actor, people, of=of, day=self.today, way=way)
        self.deeds.append(new)
        self.kinds[kind] += 1
        return new

    def told(self, *kinds: str) -> list[Deed]:
        """The deeds of these kinds of which the bot said that they are done."""
        return [deed for deed in self.deeds if deed.kind in kinds and deed.told]

    def about(self, deed: Deed) -> list[Deed]:
        """The deeds that go back to this one."""
        return [one for one in self.deeds if one.of == deed.token]

    def may_praise(self, dice: Random, actor: str) -> tuple[str, ...]:
        """One to three people whom `actor` has not praised too often; nobody if there are none."""
        able = [one for one in HANDLES if one != actor and self._praised[actor, one] < PER_PAIR]
        chosen = tuple(dice.sample(able, min(len(able), dice.choice((1, 1, 2, 3)))))
        self._praised.update((actor, one) for one in chosen)
        return chosen

    def may_hand_on(self, recorder: str, receiver: str) -> bool:
        """Whether a praise may go on to `receiver`, whom its recorder has then praised once more."""
        fits = not recorder or self._praised[recorder, receiver] < PER_PAIR
        self._praised[recorder, receiver] += fits
        return fits

    def may_thank(self, actor: str, people: tuple[str, ...]) -> bool:
        """Whether all these kudos are within the actor's means; if so they are counted, whatever becomes of them."""
        fits = self._days[actor, self.today] + len(people) <= PER_DAY
        if not fits or not people or actor in people or any(self._pairs[actor, one] >= PER_PAIR for one in people):
            return False
        self._days[actor, self.today] += len(people)
        self._pairs.update((actor, one) for one in people)
        return True

    def heard(self, deed: Deed, words: str) -> str:
        """Note what an acknowledgement said of a deed: "done", "already", "sorry" (the log says why, or has to answer
        for it), or "" for a surprise."""
        for verdict, known in (("done", DONE), ("already", ALREADY)):
            if any(said in words for said in known):
                deed.told = True
                return verdict
        if any(said in words for said in SORRY):
            self.counts["apologies in place of an answer"] += 1
            return "sorry"
        self.surprises.append(f"{deed.kind} {deed.token} of {deed.actor} was answered: {words[:300]}")
        return ""
