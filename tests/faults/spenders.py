"""The people of a crash run who ask for rewards and give to projects, and the admin who puts up both and answers."""

import json
from dataclasses import dataclass, field
from functools import partial

from tests.faults.crowd import ROOMS, Crowd, Fields
from tests.faults.truth import ADMIN, HANDLES, IDS, Deed, Rows

PRICE, STOCK, GOAL = 5, 3, 12
MOST = 6
"""Rewards, and projects that people can give to at once; a view of Slack takes no more than two dozen and eight."""


@dataclass
class Spenders:
    """The crowd, with points. Each gives to each project once."""

    crowd: Crowd
    rows: Rows
    _given: set[tuple[str, str]] = field(default_factory=set)
    _pressed: set[tuple[str, str]] = field(default_factory=set)

    async def shelve(self) -> None:
        """A new reward, of which there are a few."""
        filled: Fields = {"kind": "training", "price": str(PRICE), "stock": str(STOCK)}
        if self.rows("SELECT count(*) FROM reward") < [(4 * MOST,)]:
            await self._put_up("reward", "reward_add", "new", "reward_edit_form", filled)

    async def plan(self) -> None:
        """A new project of the fund."""
        if self.rows("SELECT count(*) FROM project WHERE state = 'open'") < [(MOST,)]:
            await self._put_up("project", "reward_project", "new", "reward_project_form", {"goal": str(GOAL)})

    async def _put_up(self, kind: str, action_id: str, value: str, callback_id: str, filled: Fields) -> None:
        view = self.crowd.wishful() and await self._form(ADMIN, action_id, value, callback_id)
        if view:
            deed = self.crowd.truth.deed(kind, ADMIN, ())
            fields: Fields = {"name": f"For us, {deed.token}", **filled}
            await self.crowd.insist(deed, lambda: self.crowd.people.submit(ADMIN, view, fields))

    async def ask(self) -> None:
        """Somebody with points asks for a reward of which there are some."""
        crowd, rewards = self.crowd, self._ids("SELECT id, name FROM reward WHERE stock > 0", "reward")
        actor = self._rich(PRICE) if rewards and crowd.wishful() else ""
        if actor:
            reward_id, token = crowd.dice.choice(rewards)
            view = await self._form(actor, "reward_ask", reward_id, "reward_ask_form")
            if view:
                deed = crowd.truth.deed("request", actor, (actor,), of=token)
                await crowd.insist(deed, lambda: crowd.people.submit(actor, view, {"note": f"Soon, {deed.token}"}))

    async def give(self) -> None:
        """Somebody with points gives some to a project, once."""
        crowd, projects = self.crowd, self._ids("SELECT id, name FROM project WHERE state = 'open'", "project")
        actor = self._rich(PRICE) if projects and crowd.wishful() else ""
        if actor:
            project_id, token = crowd.dice.choice(projects)
            view = (actor, token) not in self._given and await self._form(
                actor, "reward_give", project_id, "reward_give_form"
            )
            if view:
                self._given.add((actor, token))
                deed = crowd.truth.deed("gift", actor, (actor,), of=token)
                amount = str(crowd.dice.randint(1, PRICE))
                await crowd.insist(deed, lambda: crowd.people.submit(actor, view, {"amount": amount}))

    async def approve(self) -> None:
        await self._press("approve", "held")

    async def deliver(self) -> None:
        await self._press("deliver", "approved")

    async def _press(self, kind: str, state: str) -> None:
        """The admin presses a button below one of the messages that ask for an answer."""
        crowd, found = self.crowd, self.rows(f"SELECT id, note FROM rewardrequest WHERE state = '{state}'")
        waiting = [(id_, deed) for id_, note in found for deed in crowd.truth.told("request") if deed.token in note]
        waiting = [(id_, deed) for id_, deed in waiting if (kind, deed.token) not in self._pressed]
        if not waiting or not crowd.wishful():
            return
        request_id, wish = crowd.dice.choice(waiting)
        for message in await crowd.people.dms(ADMIN):
            said = json.dumps(message)
            if message["by_app"] and request_id in said and f'"reward_{kind}"' in said:
                self._pressed.add((kind, wish.token))
                deed = crowd.truth.deed(kind, ADMIN, (), of=wish.token)
                place = (message["channel"], message["ts"], f"reward_{kind}", request_id)
                await crowd.insist(deed, partial(crowd.people.click, ADMIN, *place))
                return

    async def _form(self, actor: str, action_id: str, value: str, callback_id: str) -> str:
        """Open `/rewards`, press or choose something in it; gives the id of the form that opens, or nothing."""
        people, room = self.crowd.people, self.crowd.dice.choice(ROOMS)
        shelf = await self.crowd.form(actor, partial(people.command, actor, room, "/rewards"), "")
        if not shelf:
            return ""
        press = partial(people.click_view, actor, shelf, action_id, value)
        return await self.crowd.form(actor, press, callback_id)

    def _rich(self, points: int) -> str:
        """Somebody with so many points that are free, but for the admin, whom nobody could answer."""
        asked = "SELECT slack_id FROM person JOIN account ON account.person_id = person.id WHERE spendable >= "
        found = {slack_id for (slack_id,) in self.rows(f"{asked}{2 * points}")}
        able = [handle for handle in HANDLES if handle != ADMIN and IDS[handle] in found]
        return self.crowd.dice.choice(able) if able else ""

    def _ids(self, query: str, kind: str) -> list[tuple[str, str]]:
        """The ids of what was put up and acknowledged, each with its token."""
        told: list[Deed] = self.crowd.truth.told(kind)
        return [(str(id_), deed.token) for id_, name in self.rows(query) for deed in told if deed.token in name]
