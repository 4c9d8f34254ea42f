"""One browser that looks at the page: what it has not been told yet, and telling it, as fast as it listens."""

import asyncio
import contextlib
import json
from dataclasses import replace
from datetime import date

from starlette.websockets import WebSocket

from bot.workspace.changes import Change
from bot.workspace.page import frame, room, side, times, tools
from bot.workspace.page.looking import NOBODY, nearest
from bot.workspace.page.orders import PLACES, THREAD, Region, concerns, of_ephemeral, of_message, redrawn
from bot.workspace.page.reader import Reader, may_act, may_look
from bot.workspace.page.spoken import announced
from bot.workspace.page.unread import Unread, everywhere, first_unread, unread_of
from bot.workspace.page.words import words
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Workspace

TOGETHER_S = 0.03
"""After something was told, what changes within this time is told together."""
MOST = 200
"""A browser that is told of more than this at once is told everything anew instead."""
MINUTE_S = 60


class Viewer:
    """Hears of changes at once, and draws them when the browser has taken what it was told before.

    So nobody waits for a slow browser: what it misses is gathered, each thing once, and if it is too much, forgotten
    for a page that is drawn anew. It is drawn as the workspace is at that moment, so nothing is lost in between.
    """

    def __init__(self, workspace: Workspace, socket: WebSocket) -> None:
        self._workspace = workspace
        self._socket = socket
        self._reader: Reader | None = None
        self._changed: dict[Change, None] = {}
        self._all = asyncio.Event()
        self._something = asyncio.Event()
        self._wrong: list[str] = []
        self._beside: list[Json] = []
        self._led: Json | None = None
        self._away = False
        self._newest = ""
        self._unread: dict[str, Unread] = {}
        self._today = date.min

    def hear(self, change: Change) -> None:
        """Remember what has changed, once, until it is told."""
        if self._reader is None or self._all.is_set() or not concerns(self._reader, change):
            return
        self._changed[change] = None
        if len(self._changed) > MOST:
            self._all.set()
        self._something.set()

    def look(self, asked: Json) -> None:
        """Look from elsewhere, or as somebody else; all regions are told anew then, else those that differ.

        `as`, `at`, `lang`, `thread`, `tool` and `seek` are where and who, `oldest` is the ts of the first entry that
        the browser has, `latest` of the last one, if there are newer ones, and `away` is true while nobody sees the
        page. With `anew` all is told anew whatever was told. Who cannot look there is led to the nearest place, and
        told so.
        """
        try:
            fresh = nearest(self._workspace, asked)
        except Impossible:
            self._nobody(asked)
            return
        self._led = _led(asked, fresh)
        old, back = self._reader, self._away and not asked.get("away")
        self._away = bool(asked.get("away"))
        elsewhere = old is None or (old.id, old.place, old.words) != (fresh.id, fresh.place, fresh.words)
        if old is None or elsewhere:
            self._reader = fresh
            self._all.set()
        elif asked.get("anew"):
            self._reader = replace(fresh, since=old.since)
            self._all.set()
        else:
            self._reader = fresh if back else replace(fresh, since=old.since)
            self._beside += _beside(old, self._reader)
            if len(self._beside) > MOST:
                self._all.set()
            if back:
                self.hear(Change("read", fresh.place, fresh.id))
        self._something.set()

    def _nobody(self, asked: Json) -> None:
        """There is nobody left to look as."""
        said = words(str(asked.get("lang") or "")).t(NOBODY)
        self._reader, self._led, self._wrong = None, None, [said]
        self._something.set()

    def _stay(self) -> None:
        """Look from elsewhere if whoever looks may not look there, or not be acted as, any more."""
        old = self._reader
        if old is None or (may_act(old.user) and (old.room is None or may_look(old.user, old.room))):
            return
        asked = {"as": old.id, "at": old.place, "lang": old.words.language, "tool": old.tool, "seek": old.seek}
        try:
            self._reader = nearest(self._workspace, asked)
        except Impossible:
            self._nobody(asked)
            return
        self._led = _led(asked, self._reader)
        self._all.set()

    async def tell(self) -> None:
        """Tell what changes, as long as the browser is there."""
        while True:
            await self._wait()
            self._something.clear()
            if orders := self._orders():
                await self._socket.send_text(json.dumps(orders, ensure_ascii=False))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._all.wait(), TOGETHER_S)

    async def _wait(self) -> None:
        """Wait until there is something to tell; a new minute is, for times are shown."""
        left = MINUTE_S - self._workspace.clock.now() % MINUTE_S
        try:
            await asyncio.wait_for(self._something.wait(), left)
        except TimeoutError:
            self.hear(Change("clock"))

    def _orders(self) -> list[Json]:
        self._stay()
        orders: list[Json] = [{"do": "wrong", "words": said} for said in self._wrong]
        orders += [self._led] if self._led else []
        beside, self._beside, self._led = self._beside, [], None
        self._wrong.clear()
        if self._reader is None:
            return orders
        changed, self._changed = list(self._changed), {}
        if self._all.is_set():
            self._all.clear()
            return orders + self._everything(self._reader)
        return orders + beside + self._changes(self._reader, changed)

    def _everything(self, reader: Reader) -> list[Json]:
        orders = [Region(name, draw).fill(reader) for name, draw in frame.REGIONS.items()]
        self._today = times.today(reader)
        self._newest = self._workspace.messages.newest(reader.place) or ""
        self._read(reader)
        self._unread = everywhere(reader)
        return [*orders, *self._told_places(reader)]

    def _changes(self, reader: Reader, changed: list[Change]) -> list[Json]:
        whole = redrawn(reader, changed, frame.REGIONS)
        if self._today != times.today(reader):
            self._today = times.today(reader)
            whole |= {"room", "thread"}
        orders = [Region(name, draw).fill(reader) for name, draw in frame.REGIONS.items() if name in whole]
        fresh = []
        for change in changed:
            if change.place == reader.place and change.kind == "message":
                orders += of_message(reader, change)
                fresh += self._fresh(reader, change.key)
            elif change.place == reader.place and change.kind == "ephemeral":
                orders += of_ephemeral(reader, change)
        orders += tools.orders(reader, changed)
        if fresh:
            orders.append({"do": "say", "words": announced(reader, fresh)})
        orders += self._line(reader, changed)
        self._newest = self._workspace.messages.newest(reader.place) or ""
        self._read(reader)
        return orders + self._places(reader, changed)

    def _fresh(self, reader: Reader, ts: str) -> list[Json]:
        """A message that has just come from somebody else."""
        message = self._workspace.messages.get(reader.place, ts)
        return [message] if message and ts > self._newest and message.get("user") != reader.id else []

    def _line(self, reader: Reader, changed: list[Change]) -> list[Json]:
        """The line above what came while the reader was away, once they are back."""
        back = any(one.kind == "read" and one.place == reader.place for one in changed)
        if not back or reader.room is None or not (ts := first_unread(reader, reader.room)):
            return []
        return [{"do": "put", "into": "messages", "id": "new", "html": str(room.new_line(reader, ts))}]

    def _read(self, reader: Reader) -> None:
        newest = self._workspace.messages.newest(reader.place)
        if newest and not self._away and reader.room and reader.room.has(reader.id):
            self._workspace.reads.mark(reader.id, reader.place, newest)

    def _places(self, reader: Reader, changed: list[Change]) -> list[Json]:
        """What is unread elsewhere, in the side and in the title, if it is not what was told last."""
        if any(one.kind in ("people", "channels") for one in changed):
            new = everywhere(reader)
        else:
            places = {one.place for one in changed if one.kind in ("message", "read")}
            new = {**self._unread, **unread_of(reader, places)}
        if new == self._unread:
            return []
        self._unread = new
        return self._told_places(reader)

    def _told_places(self, reader: Reader) -> list[Json]:
        return [PLACES.fill(reader), {"do": "title", "words": side.title(reader)}]


def _led(asked: Json, now: Reader) -> Json | None:
    """The order by which a browser learns where it really looks, unless that is what it said.

    `was` is what it said: if it has gone elsewhere since, it is not led.
    """
    was = {key: str(asked.get(key) or "") for key in ("as", "at")}
    if was == {"as": now.id, "at": now.place}:
        return None
    return {"do": "look", "was": was, "as": now.id, "at": now.place, "thread": now.thread}


def _beside(old: Reader, now: Reader) -> list[Json]:
    """What is drawn anew when somebody goes on looking at the same place, but with something else beside it."""
    orders = tools.looked(old, now)
    return [*orders, THREAD.fill(now)] if old.thread != now.thread else orders
