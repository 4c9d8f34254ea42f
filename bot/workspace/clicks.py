"""Clicks on buttons, selects and pickers in messages, ephemerals and views: block_actions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.workspace import staff
from bot.workspace.acts import Acts, outcome
from bot.workspace.blocks import elements
from bot.workspace.channels import Channel
from bot.workspace.elements import offered
from bot.workspace.entered import Place
from bot.workspace.form import FIELDS, called, filled
from bot.workspace.messages import shown
from bot.workspace.postman import Postman
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Workspace

Entry = tuple[str, str | None, object]  # block_id (or action_id), action_id, value
FEEDBACK = ("positive_button", "negative_button")


def found(blocks: list[Json], action_id: str, block_id: str | None, value: object) -> tuple[Json, Json]:
    """Give the one (block, element) meant; Impossible if there is none, or if several would fit."""
    fits = [
        (block, element)
        for block, element in _all(blocks)
        if element.get("action_id") == action_id and block_id in (None, block["block_id"])
    ]
    if len(fits) > 1 and value is not None:
        fits = [pair for pair in fits if _holds(pair[1], value)] or fits
    if not fits:
        there = sorted({str(element.get("action_id")) for _, element in _all(blocks)})
        raise Impossible(f"nothing to click with action_id {action_id!r}; there are {there}", "gone")
    if len(fits) > 1:
        raise Impossible(f"{len(fits)} elements have action_id {action_id!r}: give block_id or value")
    return fits[0]


def _all(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for element in elements(block):
            yield block, element


def _holds(element: Json, value: object) -> bool:
    """True if this is the button, or the menu, of that value."""
    offers = [*offered(element), *(element.get(one) for one in FEEDBACK)]
    return element.get("value") == value or any(isinstance(one, dict) and one.get("value") == value for one in offers)


def _given(element: Json, value: object) -> Json:
    """Give the one of two feedback buttons that has this value."""
    for one in FEEDBACK:
        if one in element and element[one]["value"] == value:
            return dict(element[one])
    raise Impossible(f"{element['action_id']} does not offer {value!r}", "gone")


@dataclass(frozen=True)
class Seen:
    """A message, or an ephemeral, before somebody who acts in it."""

    who: Json
    room: Channel
    message: Json
    ephemeral: bool

    @property
    def blocks(self) -> list[Json]:
        """The blocks in it."""
        blocks: list[Json] = self.message.get("blocks") or []
        return blocks

    @property
    def place(self) -> Place:
        """Where the person leaves what they enter in it."""
        return str(self.who["id"]), self.room.id, str(self.message["ts"])

    def told(self) -> Json:
        """Give what a payload says of it."""
        return {
            "container": {
                "type": "message",
                "message_ts": self.message["ts"],
                "channel_id": self.room.id,
                "is_ephemeral": self.ephemeral,
            },
            "channel": {"id": self.room.id, "name": "privategroup" if self.room.kind == "group" else self.room.name},
            "message": self.message,
        }


class Clicks:
    """People clicking."""

    def __init__(self, workspace: Workspace, postman: Postman, acts: Acts) -> None:
        self._workspace = workspace
        self._postman = postman
        self._acts = acts
        self._entered = workspace.entered

    async def in_message(
        self, user: str, channel: str, ts: str, action_id: str, value: object = None, block_id: str | None = None
    ) -> Json:
        """Click in a message or in an ephemeral shown to that person; gives the outcome.

        What is chosen in a field stays in it, unless the app did not hear of it.
        """
        seen = self.seen(user, channel, ts)
        block, element = found(seen.blocks, action_id, block_id, value)
        chosen = before = None
        if element["type"] in FIELDS and element["type"] != "overflow":
            element = self._entered.shown(seen.place, block, element)
            chosen = self._filled(element, value)
            before = self._entered.leave(seen.place, block, element, chosen)
        payload = {
            **self._person(seen.who),
            **seen.told(),
            "trigger_id": self._workspace.triggers.new(seen.who["id"]),
            "state": {"values": self._entered.state(seen.place, seen.blocks)},
            "response_url": self._workspace.response_urls.new(
                "actions", seen.who["id"], seen.room.id, ts=ts, ephemeral=seen.ephemeral
            ),
            "actions": [self._action(block, element, value)],
        }
        delivery, ack = await self._postman.act("interactive", f"{action_id} by {seen.who['name']}", payload)
        if chosen is not None and not ack.ok and self._entered.left(seen.place, block, element) is chosen:
            self._entered.leave(seen.place, block, element, before)
        return outcome(delivery, ack)

    def fill(self, user: str, channel: str, ts: str, entries: Iterable[Entry]) -> None:
        """Leave values in fields of a message without a click: the next one tells the app what they are."""
        seen = self.seen(user, channel, ts)
        for block_id, action_id, value in entries:
            block, element = called(seen.blocks, block_id, action_id)
            shown = self._entered.shown(seen.place, block, element)
            self._entered.leave(seen.place, block, element, self._filled(shown, value))

    async def in_view(
        self, user: str, view_id: str, action_id: str, value: object = None, block_id: str | None = None
    ) -> Json:
        """Click in an open modal or in Home; gives the outcome."""
        who = self._workspace.people.find(user)
        view = held(self._workspace, who, view_id)
        block, element = found(view["blocks"], action_id, block_id, value)
        if element["type"] in FIELDS and element["type"] != "overflow":
            element = self._workspace.views.shown(view_id, block, element)
            view["state"]["values"][block["block_id"]][element["action_id"]] = self._filled(element, value)
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise Impossible(f"{action_id} dispatches no action; its value is kept for submit")
        payload = {
            **self._person(who),
            "container": {"type": "view", "view_id": view_id},
            "trigger_id": self._workspace.triggers.new(who["id"], view_id),
            "view": view,
            "actions": [self._action(block, element, value)],
        }
        return outcome(*await self._postman.act("interactive", f"{action_id} by {who['name']}", payload))

    def seen(self, user: str, channel: str, ts: str) -> Seen:
        """Give a message, or an ephemeral shown to that person, in which they may act. Raises Impossible."""
        who = self._workspace.people.find(user)
        room = self._workspace.channel(channel, who["id"])
        self._acts.seen(who["id"], room)
        held = self._workspace.ephemerals.get(room.id, ts)
        if held is not None and held.user == who["id"]:
            message: Json = {
                "type": "message",
                "user": staff.BOT_USER_ID,
                "ts": ts,
                "bot_id": staff.BOT_ID,
                "text": held.text,
                "blocks": held.blocks or [],
            }
            return Seen(who, room, message, ephemeral=True)
        kept = self._workspace.messages.get(room.id, ts)
        if kept is None:
            raise Impossible(f"{who['id']} sees no message {ts} in {room.name}", "gone")
        return Seen(who, room, shown(kept, metadata=False), ephemeral=False)

    def _person(self, who: Json) -> Json:
        return {"type": "block_actions", **person(self._workspace, who)}

    def _filled(self, element: Json, value: object) -> Json:
        return filled(
            element, value, person=self._workspace.user_id, channel=lambda one: self._workspace.channel(one).id
        )

    def _action(self, block: Json, element: Json, value: object) -> Json:
        action: Json = {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "type": element["type"],
            "action_ts": self._workspace.clock.ts(),
        }
        if element["type"] in FIELDS:
            return action | self._filled(element, value)
        if element["type"] == "feedback_buttons":
            element = _given(element, value)
        return action | {key: element[key] for key in ("text", "value", "style", "url") if key in element}


def held(workspace: Workspace, who: Json, view_id: str) -> Json:
    """Give a modal or Home that this person sees; Impossible if there is none of that id."""
    view = workspace.views.get(view_id)
    if view is None or workspace.views.holder(view_id) != who["id"]:
        raise Impossible(f"{who['name']} has no view {view_id}", "gone")
    return view


def person(workspace: Workspace, who: Json) -> Json:
    """Give the keys that every interactive payload has."""
    return {
        "user": {"id": who["id"], "username": who["name"], "name": who["name"], "team_id": staff.TEAM_ID},
        "api_app_id": staff.APP_ID,
        "token": workspace.settings.verification_token,
        "team": {"id": staff.TEAM_ID, "domain": staff.TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
