"""What people of a story have open: forms and pages of the app, each pressed, filled in and closed as they would."""

import re
from collections.abc import Iterator

from bot.workspace.client import Fields
from bot.workspace.picture import Picture, picture
from bot.workspace.shapes import Json
from bot.workspace.stories.stage import Missing, Stage

CODE = re.compile(r"\b[a-z2-7]{4}(?:-[a-z2-7]{2,4}){6}\b")
"""A receipt code, as it is shown."""


class Window:
    """The views of a stage's people."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def opened(self, who: str, typed: str) -> Json:
        """Somebody types a command that opens something; gives the view."""
        await self.shut(who)
        outcome = await self._stage.people.command(who, "#general", typed)
        if not outcome["ok"]:
            raise Missing(f"{typed} of @{who} was not acknowledged: {outcome['error']}")
        return await self._stage.form(who)

    async def form(self, who: str, callback_id: str) -> Json:
        """Wait for a form of this kind and give it."""
        return await self._stage.seen({"view": who, "callback_id": callback_id}, f"the forms of @{who}")

    async def page(self, who: str, message: Json, action: str, words: str, told: str) -> Json:
        """Somebody opens a page from a message to them alone; gives it, with these words on it."""
        await self.shut(who)
        await self._stage.taps(who, message.get("channel", "@goldenear"), message["ts"], action, told)
        return await self._stage.seen({"view": who, "contains": words}, f"what @{who} has open")

    async def picked(self, who: str, channel: str, message: Json, action: str) -> None:
        """Somebody picks the first choice of a menu below a message."""
        menus = (one for block in message["blocks"] for one in [block.get("accessory"), *block.get("elements", ())])
        menu = next(one for one in menus if one and one.get("action_id") == action)
        value = menu["options"][0]["value"]
        outcome = await self._stage.people.click(who, channel, message["ts"], action, value=value)
        if not outcome["ok"]:
            raise Missing(f"{action} of @{who} was not acknowledged: {outcome['error']}")

    async def idea(self, who: str, title: str) -> Json:
        """Somebody looks for an idea and opens it; gives its page."""
        before = await self._stage.people.ephemerals(who)
        await self._stage.people.command(who, "#general", f"/ideas {title}")
        after = before[-1]["ts"] if before else "0"
        found = await self._stage.seen({"ephemeral": who, "contains": title, "after": after}, f"what only @{who} sees")
        return await self.page(who, {**found, "channel": "#general"}, "idea_open", title, "")

    async def pressed(
        self, who: str, action: str, callback_id: str, view: Json | None = None, ending: str = ""
    ) -> Json:
        """Somebody presses in a view, the newest if none is given, a button or the choice whose value ends so; gives
        the form that opens."""
        view = view or (await self._stage.people.views(who))[-1]
        value = next((one for one in _values(view["blocks"]) if ending and one.endswith(ending)), None)
        await self.clicked(who, view, action, value)
        return await self.form(who, callback_id)

    async def clicked(self, who: str, view: Json, action: str, value: str | None = None) -> None:
        """Somebody presses in a view."""
        outcome = await self._stage.people.click_view(who, view["id"], action, value=value)
        if not outcome["ok"]:
            raise Missing(f"{action} of @{who} was not acknowledged: {outcome['error']}")

    async def changing(self, who: str, below: Json, field: str) -> Json:
        """Wait for the form with this field that lies on top of another view, and give it."""
        for _ in range(2):
            view = (await self._stage.people.views(who))[-1]
            if view["id"] != below["id"] and any(block.get("block_id") == field for block in view["blocks"]):
                return view
            await self._stage.seen({"view": who, "count": 2}, f"the forms of @{who}")
        raise Missing(f"a form with {field} was to open")

    async def home(self, who: str) -> Json:
        """Somebody opens Home; gives what it shows."""
        await self._stage.people.open_home(who)
        return await self._stage.seen({"home": who}, f"Home of @{who}")

    async def sent(self, who: str, form: Json, fields: Fields, *, close: bool = True) -> Json:
        """Somebody fills in a form and sends it; gives what stands in its place, after which all is closed."""
        outcome = await self._stage.sends(who, form["id"], fields)
        if outcome["response"] != "update":
            raise Missing(f"the form of @{who} was to be taken", str(outcome))
        if close:
            await self.shut(who)
        view: Json = outcome["view"]
        return view

    async def shut(self, who: str) -> None:
        """Somebody closes all that they have open."""
        while views := await self._stage.people.views(who):
            await self._stage.people.close_view(who, views[-1]["id"])

    def choice(self, form: Json, words: str) -> str:
        """The value of the option with these words. Raises Missing if there is none."""
        for option in _options(form["blocks"]):
            if words in option["text"]["text"]:
                return str(option["value"])
        raise Missing(f"the form was to offer “{words}”", str(form["blocks"]))

    def code(self, view: Json) -> str:
        """The receipt code that stands in a view. Raises Missing if there is none."""
        if found := CODE.search(str(view["blocks"])):
            return found[0]
        raise Missing("a receipt code was to be shown", str(view["blocks"]))

    def picture(self, view: Json) -> Picture:
        """The lines of a view."""
        return picture(view)


def _options(node: object) -> Iterator[Json]:
    """All options of what can be chosen from."""
    if isinstance(node, dict):
        yield from node.get("options", ())
        for part in node.values():
            yield from _options(part)
    elif isinstance(node, list):
        for part in node:
            yield from _options(part)


def _values(blocks: object) -> Iterator[str]:
    for option in _options(blocks):
        yield str(option.get("value", ""))
