"""What people of a story have open: forms and pages of the app, each pressed, filled in and closed as they would."""

import re
from collections.abc import Iterator

from bot.workspace.client import Fields
from bot.workspace.picture import Picture, picture
from bot.workspace.shapes import Json
from bot.workspace.stories import cast
from bot.workspace.stories.stage import Missing, Stage, absent, acknowledged
from bot.workspace.telling import Told

CODE = re.compile(r"\b[a-z2-7]{4}(?:-[a-z2-7]{2,4}){6}\b")
"""A receipt code, as it is shown."""


class Window:
    """The views of a stage's people."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def opened(self, who: str, typed: str) -> Json:
        """Somebody types a command that opens something; gives the view."""
        await self.shut(who)
        acknowledged(await self._stage.people.command(who, "#general", typed), who, typed)
        return await self._stage.form(who)

    async def form(self, who: str, callback_id: str) -> Json:
        """Wait for a form of this kind and give it."""
        return await self._stage.seen({"view": who, "callback_id": callback_id}, cast.forms_of(who))

    async def page(self, who: str, message: Json, action: str, words: str, told: Told | None = None) -> Json:
        """Somebody opens a page from a message to them alone; gives it, with these words on it."""
        await self.shut(who)
        await self._stage.taps(who, message.get("channel", "@goldenear"), message["ts"], action, told)
        return await self._stage.seen({"view": who, "contains": words}, cast.forms_of(who))

    async def picked(self, who: str, channel: str, message: Json, action: str) -> None:
        """Somebody picks the first choice of a menu below a message."""
        menus = (one for block in message["blocks"] for one in [block.get("accessory"), *block.get("elements", ())])
        menu = next(one for one in menus if one and one.get("action_id") == action)
        value = menu["options"][0]["value"]
        acknowledged(await self._stage.people.click(who, channel, message["ts"], action, value=value), who, action)

    async def idea(self, who: str, title: str) -> Json:
        """Somebody looks for an idea and opens it; gives its page."""
        before = await self._stage.people.ephemerals(who)
        await self._stage.people.command(who, "#general", f"/ideas {title}")
        after = before[-1]["ts"] if before else "0"
        found = await self._stage.seen({"ephemeral": who, "contains": title, "after": after}, cast.seen_by(who))
        return await self.page(who, {**found, "channel": "#general"}, "idea_open", title)

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
        acknowledged(await self._stage.people.click_view(who, view["id"], action, value=value), who, action)

    async def changing(self, who: str, below: Json, field: str) -> Json:
        """Wait for the form with this field that lies on top of another view, and give it."""
        for _ in range(2):
            view = (await self._stage.people.views(who))[-1]
            if view["id"] != below["id"] and any(block.get("block_id") == field for block in view["blocks"]):
                return view
            await self._stage.seen({"view": who, "count": 2}, cast.forms_of(who))
        raise absent(cast.forms_of(who), field)

    async def home(self, who: str) -> Json:
        """Somebody opens Home; gives what it shows."""
        await self._stage.people.open_home(who)
        return await self._stage.seen({"home": who}, cast.home_of(who))

    async def sent(self, who: str, form: Json, fields: Fields, *, close: bool = True) -> Json:
        """Somebody fills in a form and sends it; gives what stands in its place, after which all is closed."""
        outcome = await self._stage.sends(who, form["id"], fields)
        if outcome["response"] != "update":
            raise Missing(Told("the form of {who} was to be taken", who=f"@{who}"), str(outcome))
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
        raise absent(Told("the form"), words, str(form["blocks"]))

    def code(self, view: Json) -> str:
        """The receipt code that stands in a view. Raises Missing if there is none."""
        if found := CODE.search(str(view["blocks"])):
            return found[0]
        raise Missing(Told("a receipt code was to be shown"), str(view["blocks"]))

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
