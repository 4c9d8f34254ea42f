"""The live connection: what changes is drawn for each who looks at it, and put into its place in the browser."""

import asyncio
import contextlib
import json
from collections.abc import Iterator

from htpy import fragment
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.changes import Change
from bot.workspace.nearby import nearby
from bot.workspace.page import frame, room, tools
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.words import words
from bot.workspace.program import Program
from bot.workspace.shapes import Impossible, Json

TOGETHER_S = 0.03
"""What changes within this time is told together."""


class Live:
    """All who look at the page."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def serve(self, socket: WebSocket) -> None:
        """Talk with one browser until it goes: it says where it looks, and hears what changes there."""
        if not nearby(socket):
            await socket.close(1008)
            return
        await socket.accept()
        viewer = _Viewer(self._program, socket)
        with self._program.workspace.changes.heard(viewer.hear), contextlib.suppress(WebSocketDisconnect, RuntimeError):
            telling = asyncio.create_task(viewer.tell())
            try:
                while True:
                    await viewer.look(await socket.receive_json())
            finally:
                telling.cancel()


class _Viewer:
    """One browser: who it acts as, where it looks, and what it has not been told yet."""

    def __init__(self, program: Program, socket: WebSocket) -> None:
        self._program = program
        self._socket = socket
        self._reader: Reader | None = None
        self._changed: dict[Change, None] = {}
        self._something = asyncio.Event()

    def hear(self, change: Change) -> None:
        """Remember what has changed, once, until it is told."""
        self._changed[change] = None
        self._something.set()

    async def look(self, asked: Json) -> None:
        """Look from elsewhere: `as` a person, `at` a place, in a `lang`; all regions are told anew."""
        workspace = self._program.workspace
        try:
            user = workspace.people.find(str(asked.get("as")))
            place = str(asked.get("at"))
            if place != HOME:
                place = workspace.channel(place, str(user["id"])).id
        except Impossible as problem:
            await self._send([{"do": "wrong", "words": f"{problem}"}])
            return
        before, self._reader = (
            self._reader,
            Reader(
                workspace,
                user,
                place,
                words(str(asked.get("lang"))),
                tools.known(str(asked.get("tool"))),
                str(asked.get("seek") or ""),
            ),
        )
        await self._send(tools.looked(before, self._reader) or [_fill(name, self._reader) for name in frame.REGIONS])

    async def tell(self) -> None:
        """Tell what changes, as long as the browser is there."""
        while True:
            await self._something.wait()
            await asyncio.sleep(TOGETHER_S)
            self._something.clear()
            changed, self._changed = self._changed, {}
            if self._reader is not None and (orders := list(_orders(self._reader, list(changed)))):
                await self._send(orders)

    async def _send(self, orders: list[Json]) -> None:
        await self._socket.send_text(json.dumps(orders, ensure_ascii=False))


def _fill(name: str, reader: Reader) -> Json:
    return {"do": "fill", "id": name, "html": str(fragment[frame.REGIONS[name](reader)])}


def _orders(reader: Reader, changed: list[Change]) -> Iterator[Json]:
    """What a browser has to do after these changes: put a message into its list, take it out, or fill a region."""
    yield from tools.orders(reader, changed)
    for change in changed:
        if change.kind == "message" and change.place == reader.place:
            message = reader.workspace.messages.get(change.place, change.key)
            if message is None:
                yield {"do": "gone", "id": f"m-{change.key}"}
            else:
                yield {
                    "do": "put",
                    "into": "messages",
                    "id": f"m-{change.key}",
                    "html": str(room.entry(reader, message)),
                }
