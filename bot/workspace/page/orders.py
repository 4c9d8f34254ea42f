"""What a browser has to do after something has changed, so that it shows what its reader may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from htpy import Node, fragment

from bot.workspace.changes import Change
from bot.workspace.messages import stands
from bot.workspace.page import room, side, thread
from bot.workspace.page.entry import ROOM, Place, entry, ephemeral
from bot.workspace.page.entry import THREAD as REPLIES
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.shapes import Json

REDRAWN: Mapping[str, tuple[str, ...]] = {
    "top": ("people",),
    "side": ("people", "channels", "clock"),
    "modals": ("views",),
    "stage": ("app", "stage"),
    "caption": ("stage", "story"),
}
"""Which regions are drawn anew when something of this kind has changed; messages are put in one by one, and the tools
say for themselves what they show."""
PANELS = ("thread",)
"""Regions that are hidden while there is nothing in them; what one sees there is the thread that the order is of."""
HELD = ("room",)
"""Regions that a browser holds in part: for what it held when they were drawn, as it says it."""


@dataclass(frozen=True)
class Region:
    """A part of the page by the id of its element, and what draws it."""

    id: str
    draw: Callable[[Reader], Node]

    def fill(self, reader: Reader) -> Json:
        """The order to fill it."""
        html = str(fragment[self.draw(reader)])
        order = {"do": "fill", "id": self.id, "html": html}
        if self.id in PANELS:
            return {**order, "hidden": not html, "of": reader.thread}
        if self.id in HELD:
            return {**order, "place": reader.place, "oldest": reader.oldest, "latest": reader.latest}
        return order


PLACES, THREAD = Region("places", side.places), Region("thread", thread.drawn)


def concerns(reader: Reader, change: Change) -> bool:
    """True if a change may alter what this reader sees."""
    if change.kind in ("message", "ephemeral"):
        there = reader.workspace.channels.get(change.place)
        return change.place == reader.place or (there is not None and there.has(reader.id))
    if change.kind in ("views", "home"):
        return change.place == reader.id
    if change.kind == "traffic":
        return bool(change.place) or reader.tool == "inspector"
    return change.kind != "read" or change.key == reader.id


def redrawn(reader: Reader, changed: Iterable[Change], regions: Mapping[str, Callable[[Reader], Node]]) -> set[str]:
    """Give the ids of the regions that these changes alter as a whole."""
    kinds = {one.kind for one in changed}
    found = {name for name, those in REDRAWN.items() if name in regions and kinds.intersection(those)}
    if "people" in kinds or any(one.kind == "channels" and one.place == reader.place for one in changed):
        found |= {"room", "thread"}
    if "home" in kinds and reader.place == HOME:
        found.add("room")
    return found


def of_message(reader: Reader, change: Change) -> Iterator[Json]:
    """The orders after a message of the reader's place has come, changed or gone."""
    messages = reader.workspace.messages
    message = messages.get(change.place, change.key)
    if message is None:
        yield from _gone(reader, f"{ROOM.prefix}-{change.key}", f"{REPLIES.prefix}-{change.key}")
        if change.key == reader.thread:
            yield THREAD.fill(reader)
    elif stands(message):
        yield from _standing(reader, message)
    if message is None or message.get("reply_count"):  # replies that stand in the room say what they answer
        for reply in filter(stands, messages.thread(change.place, change.key)):
            yield from _standing(reader, reply)
    if message is None or not reader.thread or reader.thread not in (message["ts"], message.get("thread_ts")):
        return
    yield _put(REPLIES, f"{REPLIES.prefix}-{change.key}", entry(reader, message, REPLIES))
    if message["ts"] == reader.thread and message.get("reply_count"):
        yield _put(REPLIES, "replied", str(fragment[thread.count(reader, message)]))


def _standing(reader: Reader, message: Json) -> Iterator[Json]:
    """The orders to put a message into the room."""
    before = _before(reader, message["ts"])
    yield from _day(reader, message["ts"], before)
    run = before is not None and room.follows(message, before)
    yield _put(ROOM, f"{ROOM.prefix}-{message['ts']}", entry(reader, message, run=run))


def of_ephemeral(reader: Reader, change: Change) -> Iterator[Json]:
    """The orders after something that one person sees alone has come, changed or gone."""
    held = reader.workspace.ephemerals.get(change.place, change.key)
    if held is None:
        yield from _gone(reader, f"e-{change.key}")
    elif held.user == reader.id and not held.thread_ts:
        yield from _day(reader, held.ts, _before(reader, held.ts))
        yield _put(ROOM, f"e-{change.key}", ephemeral(reader, held))
    elif held.user == reader.id and thread.belongs(reader, held):
        yield _put(REPLIES, f"e-{change.key}", ephemeral(reader, held))


def _gone(reader: Reader, *names: str) -> Iterator[Json]:
    """The orders to take out what is gone; a conversation of which nothing is left says so."""
    yield from ({"do": "gone", "id": name} for name in names)
    if reader.room and room.bare(reader, reader.room):
        yield Region("room", room.drawn).fill(reader)


def _put(place: Place, name: str, html: str) -> Json:
    return {"do": "put", "into": place.id, "id": name, "html": html}


def _before(reader: Reader, ts: str) -> Json | None:
    """The message that stands just before, if it is of the same day."""
    before = next(reader.workspace.messages.backwards(reader.place, ts), None)
    same = before is not None and reader.moment(before["ts"]).date() == reader.moment(ts).date()
    return before if same else None


def _day(reader: Reader, ts: str, before: Json | None) -> Iterator[Json]:
    """The line of the day, which is put in once, before the first entry of the day."""
    if before is None:
        line = room.divider(reader, reader.moment(ts).date())
        yield {**_put(ROOM, f"d-{reader.moment(ts).date().isoformat()}", str(line)), "once": True}
