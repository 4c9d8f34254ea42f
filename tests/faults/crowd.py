"""The people of a crash run: they praise, thank, join in and react, and type again what was not answered."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from bot.workspace import Control, ControlError
from tests.faults.gate import Gate
from tests.faults.truth import HANDLES, PRESSED, Deed, Truth

Outcome = dict[str, Any]
Fields = dict[str | tuple[str, str], object]
Act = Callable[[], Awaitable[None]]
MORE_ROOMS = ("#desk", "#floor")
ROOMS = ("#general", *MORE_ROOMS)
"""Where kudos are given; one post a second and channel leaves, and #praise has the praise and the rituals."""
TRIES = 4
CHOSEN = ("hand-on", "help", "move", "solve", "reward", "request", "project", "gift")
"""Deeds whose form closes with a word about what was chosen, where others hold words of their own."""
MAY_COME_LATE = ("request", "gift")
"""Deeds that others may have made impossible while the form stood open."""
"""Deeds that a button alone does; its words follow by response_url."""


@dataclass
class Crowd:
    """Everybody, busy while `live` runs. `up` is set while the bot is; `answers` counts what it acknowledged.

    `again` is the share of acknowledged commands, presses and forms that are delivered a second time; `wishes` is how
    many deeds they may ask for so far, on a slow machine too: each has to leave at Slack's pace in the end.
    """

    people: Control
    truth: Truth
    dice: Random
    again: float
    pause_s: float
    wishes: int = 0
    gate: Gate = field(default_factory=Gate)
    up: asyncio.Event = field(default_factory=asyncio.Event)
    answers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    _later: set[asyncio.Task[None]] = field(default_factory=set)
    _hands: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def live(self, acts: Sequence[tuple[int, Act]], workers: int = 5) -> None:
        """Do one of the weighted `acts` after the other until cancelled."""
        chances = [weight for weight, _ in acts]

        async def one() -> None:
            while True:
                if self.dice.random() > 0.05:  # some try it while the bot is away
                    await self.up.wait()
                await self.dice.choices(acts, chances)[0][1]()
                await asyncio.sleep(self.dice.expovariate(1 / self.pause_s))

        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(one())

    async def rest(self) -> None:
        """Wait for the redeliveries that are still to come."""
        await asyncio.gather(*self._later)

    async def praise(self) -> None:
        """`/praise` in line."""
        actor = self.dice.choice(HANDLES)
        if self.wishful() and (people := self.truth.may_praise(self.dice, actor)):
            deed = self.truth.deed("praise", actor, people, way="/praise")
            words = f"/praise {_mentions(people)} They were wonderful, {deed.token} from Ms Lin"
            await self.insist(deed, lambda: self.people.command(actor, "#praise", words))

    async def kudos(self) -> None:
        """`/kudos` in line."""
        if deed := self._thanks("/kudos"):
            words = f"/kudos {_mentions(deed.people)} for a hand with {deed.token}"
            room = self.dice.choice(ROOMS)
            await self.insist(deed, lambda: self.people.command(deed.actor, room, words))

    async def praise_form(self) -> None:
        """`/praise` by form; one that was not answered is sent again as it stands."""
        actor = self.dice.choice(HANDLES)
        await self.fill_praise(actor, lambda: self.people.command(actor, "#praise", "/praise"), "the form of /praise")

    async def fill_praise(self, actor: str, opening: Callable[[], Awaitable[Outcome]], way: str) -> None:
        """Open the form of praise one way or another, and send it."""
        view = self.wishful() and await self.form(actor, opening, "praise_form")
        if view and (people := self.truth.may_praise(self.dice, actor)):
            deed = self.truth.deed("praise", actor, people, way=way)
            filled: Fields = {"people": list(people), "words": f"So kind, {deed.token}", "customer": "Mr Wu"}
            await self.insist(deed, lambda: self.people.submit(actor, view, filled))

    async def kudos_form(self) -> None:
        """`/kudos` by form."""
        actor = self.dice.choice(HANDLES)
        opening = partial(self.people.command, actor, "#praise", "/kudos")
        view = self.wishful() and await self.form(actor, opening, "kudos_form")
        if view and (deed := self._thanks("the form of /kudos", actor)):
            filled: Fields = {"people": list(deed.people), "reason": f"staying late, {deed.token}"}
            await self.insist(deed, lambda: self.people.submit(actor, view, filled))

    async def join(self) -> None:
        """The button below a kudos, pressed by somebody else, sometimes twice."""
        joined = {deed.of for deed in self.truth.deeds}
        first = self.choice([deed for deed in self.truth.told("kudos") if deed.token not in joined])
        actor = self.dice.choice(HANDLES)
        if first is None or actor == first.actor:
            return
        line = await self._line(first)
        if line is None or not self.truth.may_thank(actor, first.people):
            return
        deed = self.truth.deed("join", actor, first.people, of=first.token)
        room, ts = line
        await self.insist(deed, lambda: self.people.click(actor, room, ts, "kudos_join"))
        if deed.told and self.dice.random() < 0.5:
            await self.attempt(lambda: self.people.click(actor, room, ts, "kudos_join"))

    async def insist(self, deed: Deed, act: Callable[[], Awaitable[Outcome]]) -> None:
        """Do it; not answered, try again as people do, unless the clock was moved since: a minute later the same
        words are meant anew."""
        turns = 0
        for number in range(TRIES):
            async with self.gate.passing():
                if number and self.gate.turns != turns and deed.kind not in PRESSED:
                    return
                turns = self.gate.turns
                outcome = await self.attempt(act)
            deed.tries += 1
            if outcome and outcome["ok"] and self._answered(deed, outcome) != "sorry":
                return
            if self.dice.random() < 0.2:
                return
            await asyncio.sleep(self.dice.uniform(0.1, 0.6))
            await self.up.wait()

    def _answered(self, deed: Deed, outcome: Outcome) -> str:
        """What the answer says, as `Truth.heard`."""
        words = json.dumps(outcome["body"], ensure_ascii=False)
        self.answers.release()
        action = outcome["body"].get("response_action")
        if deed.kind in MAY_COME_LATE and action == "errors":
            self.truth.counts[f"{deed.kind} refused, the points or the last one gone meanwhile"] += 1
            return "late"
        if deed.kind in PRESSED or action == "clear" or (deed.kind in CHOSEN and action == "update"):
            verdict, deed.told = "done", True  # "clear": sent before
        else:
            verdict = self.truth.heard(deed, words)
        if verdict == "done" and self.dice.random() < self.again:
            task = asyncio.create_task(self._redeliver(deed, outcome["delivery"]))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
        return verdict

    async def _redeliver(self, deed: Deed, delivery: str) -> None:
        """The same delivery once more, a little later; not while the bot is away, for nobody would repeat it then."""
        await asyncio.sleep(self.dice.choice((0.0, 0.2, self.dice.uniform(0, 5))))
        await self.up.wait()
        async with self.gate.passing():
            outcome = await self.attempt(lambda: self.people.redeliver(delivery))
        if outcome and outcome["ok"]:
            self.truth.counts[f"{deed.kind} delivered again"] += 1
            said = outcome["body"]
            if deed.kind not in PRESSED and said.get("response_action") != "clear":
                self.truth.heard(deed, json.dumps(said, ensure_ascii=False))

    async def form(self, actor: str, opening: Callable[[], Awaitable[Outcome]], callback_id: str) -> str:
        """Open a form; gives its id, or nothing if the bot is away. One after the other for each person: nothing but
        the moment tells two forms of one kind apart."""
        async with self._hands[actor], self.gate.passing():
            before = {view["id"] for view in await self.people.views(actor)}
            outcome = await self.attempt(opening)
            views = await self.people.views(actor) if outcome and outcome["ok"] else []
        opened = (str(one["id"]) for one in views if one["callback_id"] == callback_id and one["id"] not in before)
        return next(opened, "")

    async def _line(self, deed: Deed) -> tuple[str, str] | None:
        """Where the line of a kudos stands, if it does yet."""
        for room in ROOMS:
            for message in await self.people.messages(room):
                if message["by_app"] and deed.token in message["text"] and "kudos_join" in json.dumps(message):
                    return room, str(message["ts"])
        return None

    async def attempt(self, act: Callable[[], Awaitable[Outcome]]) -> Outcome | None:
        """The outcome; None if Slack itself would not let this person do it (a form that has closed)."""
        try:
            return await act()
        except ControlError:
            return None

    def _thanks(self, way: str, actor: str = "") -> Deed | None:
        actor = actor or self.dice.choice(HANDLES)
        others = [one for one in HANDLES if one != actor]
        people = tuple(self.dice.sample(others, self.dice.choice((1, 1, 2))))
        if not self.wishful() or not self.truth.may_thank(actor, people):
            return None
        return self.truth.deed("kudos", actor, people, way=way)

    def wishful(self) -> bool:
        """Whether they may ask for one more deed."""
        return len(self.truth.deeds) - self.truth.kinds["import"] < self.wishes

    def choice(self, deeds: list[Deed]) -> Deed | None:
        """One of these, if there is any."""
        return self.dice.choice(deeds) if deeds else None


def _mentions(people: tuple[str, ...]) -> str:
    return " ".join(f"@{one}" for one in people)
