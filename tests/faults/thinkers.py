"""The people of a crash run who have ideas, back those of others, answer them, and say what one has solved."""

import asyncio
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

from tests.faults.crowd import ROOMS, Crowd, Fields
from tests.faults.truth import HANDLES, Deed, Rows

NEWEST = 20
REVIEWERS = ("sam", "mei", "tomas")
"""The admin and two leads."""
WAYS = re.compile(r'"([0-9a-f]+:[a-z]+:(?:review|accepted|doing|done))"')
"""What an answer may be, in the page of an idea; nobody declines one, so that each state comes once."""
LISTED_S, LOOKS = 0.2, 15


@dataclass
class Thinkers:
    """The crowd, with ideas. Answers to one idea come one after the other: the second of two at once would be told that
    it was moved meanwhile."""

    crowd: Crowd
    rows: Rows
    _held: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _pressed: set[tuple[str, str]] = field(default_factory=set)

    async def suggest(self) -> None:
        """By command or by shortcut, then by form."""
        crowd, actor = self.crowd, self.crowd.dice.choice(HANDLES)
        way = crowd.dice.choice(("/suggest", "suggest_improvement"))
        room = crowd.dice.choice(ROOMS)
        opening = partial(crowd.people.command, actor, room, way)
        if not way.startswith("/"):
            opening = partial(crowd.people.global_shortcut, actor, way)
        view = crowd.wishful() and await crowd.form(actor, opening, "idea_form")
        if view:
            deed = crowd.truth.deed("idea", actor, (actor,), way=way)
            filled: Fields = {"title": f"A shelf, {deed.token}", "what": "For umbrellas", "gains": "both"}
            await crowd.insist(deed, lambda: crowd.people.submit(actor, view, filled))

    async def back(self) -> None:
        """The button below an idea that `/ideas` found."""
        crowd, idea = self.crowd, self._idea()
        if idea is None:
            return
        actor = crowd.dice.choice([one for one in HANDLES if one != idea.actor])
        if (actor, idea.token) in self._pressed:
            return
        async with self._held[idea.token]:
            self._pressed.add((actor, idea.token))
            value = f"on:{self._id(idea)}"
            place = await self._listed(actor, idea, value)
            if place:
                deed = crowd.truth.deed("back", actor, (), of=idea.token)
                await crowd.insist(deed, lambda: crowd.people.click(actor, *place, "idea_back", value))

    async def _listed(self, actor: str, idea: Deed, value: str) -> tuple[str, str] | None:
        """Where the list stands that `/ideas` gives this person alone, with the idea and a button of this value; None
        if it does not come, or has no such button. An earlier list may have one of an idea that is settled since."""
        people, room = self.crowd.people, self.crowd.dice.choice(ROOMS)
        earlier = {str(message["ts"]) for message in await people.ephemerals(actor)}
        async with self.crowd.gate.passing():
            outcome = await self.crowd.attempt(lambda: people.command(actor, room, f"/ideas all {idea.token}"))
        for _ in range(LOOKS if outcome and outcome["ok"] else 0):
            for message in reversed(await people.ephemerals(actor)):
                new = str(message["ts"]) not in earlier
                if new and idea.token in json.dumps(message) and f'"{value}"' in json.dumps(message):
                    return str(message["channel"]), str(message["ts"])
            await asyncio.sleep(LISTED_S)
        return None

    async def answer(self) -> None:
        """A lead or the admin moves an idea on."""
        crowd, idea = self.crowd, self._idea()
        if idea is None:
            return
        actor = crowd.dice.choice([one for one in REVIEWERS if one != idea.actor])
        async with self._held[idea.token]:
            page = await self._page(actor, idea)
            ways = sorted(set(WAYS.findall(page)))
            if not ways:
                return
            way = crowd.dice.choice(ways)
            view = await self._form_of(actor, page, "idea_move", way, "idea_move_form")
            if view:
                deed = crowd.truth.deed("move", actor, (), of=idea.token, way=f"to {way.rpartition(':')[2]}")
                filled: Fields = {"reason": f"We thought of it, {deed.token}"}
                await crowd.insist(deed, lambda: crowd.people.submit(actor, view, filled))

    async def solve(self) -> None:
        """Once an idea is done, a lead or the admin confirms that it solved something, and who did."""
        crowd, done = self.crowd, {deed.of for deed in self.crowd.truth.told("move") if deed.way == "to done"}
        idea = crowd.choice([one for one in crowd.truth.told("idea") if one.token in done])
        if idea is None or not crowd.wishful() or ("", idea.token) in self._pressed:
            return
        actor = crowd.dice.choice([one for one in REVIEWERS if one != idea.actor])
        async with self._held[idea.token]:
            page = await self._page(actor, idea)
            view = page and await self._form_of(actor, page, "idea_solved", self._id(idea), "idea_solved_form")
            if view:
                self._pressed.add(("", idea.token))
                others = [one for one in HANDLES if one != actor]
                solvers = tuple(crowd.dice.sample(others, crowd.dice.choice((1, 1, 2))))
                deed = crowd.truth.deed("solve", actor, solvers, of=idea.token)
                await crowd.insist(deed, lambda: crowd.people.submit(actor, view, {"people": list(solvers)}))

    def _idea(self) -> Deed | None:
        """One of the newest ideas."""
        return self.crowd.choice(self.crowd.truth.told("idea")[-NEWEST:]) if self.crowd.wishful() else None

    def _id(self, idea: Deed) -> str:
        found = self.rows(f"SELECT id FROM suggestion WHERE title LIKE '%{idea.token}'")
        return str(found[0][0]) if found else "none"

    async def _page(self, actor: str, idea: Deed) -> str:
        """The page of an idea as JSON; nothing if the bot is away."""
        crowd, suggestion_id = self.crowd, self._id(idea)
        place = await self._listed(actor, idea, suggestion_id)
        if place is None:
            return ""
        opening = partial(crowd.people.click, actor, *place, "idea_open", suggestion_id)
        page = await crowd.form(actor, opening, "")
        return next((json.dumps(one) for one in await crowd.people.views(actor) if one["id"] == page), "")

    async def _form_of(self, actor: str, page: str, action_id: str, value: str, callback_id: str) -> str:
        """Press or choose something in a page; gives the id of the form that opens, or nothing."""
        press = partial(self.crowd.people.click_view, actor, json.loads(page)["id"], action_id, value)
        return await self.crowd.form(actor, press, callback_id)
