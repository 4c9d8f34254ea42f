"""Reactions: applause on praise posts, and the kudos emoji on colleagues' messages, on and off again."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.workspace import ControlError
from tests.faults.crowd import ROOMS, Crowd
from tests.faults.truth import HANDLES, IDS, Star

APPLAUSE = ("clap", "tada", "heart", "star")
EVERY = 3
"""Every third post is applauded: Slack's pace for updates is slow, and each applauded post needs one in the end."""
TURNS = 3


@dataclass
class Fans:
    """The crowd, reacting."""

    crowd: Crowd

    async def applaud(self) -> None:
        """React to one of the newest praise posts, or take that back."""
        crowd = self.crowd
        posts = [one for one in await crowd.people.messages("#praise") if is_praise(one)][::EVERY][-6:]
        if not posts:
            return
        post, actor, emoji = crowd.dice.choice(posts), crowd.dice.choice(HANDLES), crowd.dice.choice(APPLAUSE)
        mine = [one["name"] for one in post.get("reactions") or () if IDS[actor] in one["users"]]
        async with crowd.gate.passing():
            if mine and crowd.dice.random() < 0.5:
                await self._react(actor, "#praise", post["ts"], mine[0], on=False)
            elif emoji not in mine:
                await self._react(actor, "#praise", post["ts"], emoji, on=True)

    async def star(self) -> None:
        """Put the kudos emoji on a colleague's message, or take it off."""
        crowd, truth = self.crowd, self.crowd.truth
        known = [star for star in truth.stars if star.on or star.turns < TURNS]
        star = crowd.dice.choice(known) if known and crowd.dice.random() < 0.5 else await self._new_star()
        if star is None:
            return
        async with crowd.gate.passing():
            if not star.on and not truth.may_thank(star.giver, (star.author,)):
                return
            star.on = not star.on
            star.turns += star.on
            await self._react(star.giver, star.channel, star.ts, "star", on=star.on)

    async def _new_star(self) -> Star | None:
        crowd = self.crowd
        giver, author = crowd.dice.sample(HANDLES, 2)
        if any((star.giver, star.author) == (giver, author) for star in crowd.truth.stars):
            return None
        async with crowd.gate.passing():
            room = crowd.dice.choice(ROOMS)
            ts = await crowd.people.say(author, room, "I fixed the lift")
        star = Star(room, ts, giver, author)
        crowd.truth.stars.append(star)
        return star

    async def _react(self, actor: str, channel: str, ts: str, emoji: str, *, on: bool) -> None:
        crowd = self.crowd
        act = crowd.people.react if on else crowd.people.unreact
        try:
            await act(actor, channel, ts, emoji)
        except ControlError:
            return  # two workers had the same idea
        crowd.truth.counts["reactions" if on else "reactions taken back"] += 1
        if crowd.up.is_set() and crowd.dice.random() < crowd.again:
            await self._twin(actor)

    async def _twin(self, actor: str) -> None:
        """The newest reaction of this person reaches the bot under a second event id: one act, two events."""
        for entry in reversed(await self.crowd.people.traffic(30)):
            event = (entry.get("payload") or {}).get("event") or {}
            if event.get("type", "").startswith("reaction_") and event["user"] == IDS[actor] and entry["ok"]:
                twin = {**json.loads(json.dumps(entry["payload"])), "event_id": f"Ev{uuid4().hex[:9].upper()}"}
                outcome = await self.crowd.people.send("events_api", twin)
                self.crowd.truth.counts["reactions under a second event id"] += bool(outcome["ok"])
                return


def key_of(message: dict[str, Any]) -> str:
    """The key that the bot put into the metadata of a post of its own."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key") or "") if message["by_app"] else ""


def is_praise(message: dict[str, Any]) -> bool:
    """Whether this is a praise's post in the channel."""
    return key_of(message).startswith("praise:")
