"""A browser without a browser: it does the orders of the live connection as orders.js does them, with plain strings."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.workspace import Running, staff

TAGS = re.compile(r"<[^>]*>")
ENTRY = re.compile(r'<li [^>]*?id="([^"]+)"[^>]*>.*?(?=<li |</ol>|$)', re.S)
PATIENCE_S = 30.0


def words(html: str) -> str:
    """What is read of some markup."""
    return " ".join(TAGS.sub(" ", html).split())


def entries(html: str) -> dict[str, str]:
    """The entries of a list by their ids, in their order."""
    return {match[1]: match[0] for match in ENTRY.finditer(html)}


def stamp(entry: str) -> float:
    """By what an entry is ordered."""
    found = re.search(r'data-ts="([^"]*)"', entry)
    return float(found[1]) if found else 0.0


def _answers(order: dict[str, Any]) -> bool:
    """Whether it comes of looking somewhere: the side, for one, is told anew for other reasons as well."""
    return order["do"] == "wrong" or (order["do"] == "fill" and order["id"] == "room")


@dataclass
class Browser:
    """What one browser shows: its regions, and the entries of its two lists."""

    slack: Running
    socket: aiohttp.ClientWebSocketResponse
    regions: dict[str, str] = field(default_factory=dict)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    orders: list[dict[str, Any]] = field(default_factory=list)
    title: str = ""
    said: str = ""

    async def look(self, who: str, at: str = staff.PRAISE_CHANNEL, **more: object) -> None:
        """Look as somebody at a place, and wait until it is told."""
        already = len(self.orders)
        await self.ask(who, at, **more)
        await self.until(lambda: any(_answers(one) for one in self.orders[already:]))

    async def ask(self, who: str, at: str = staff.PRAISE_CHANNEL, **more: object) -> None:
        """Look, without waiting."""
        await self.socket.send_json({"as": who, "at": at, "lang": "en", **more})

    async def until(self, holds: Callable[[], object]) -> None:
        """Do what is ordered until something holds."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                for order in json.loads(await self.socket.receive_str()):
                    self._do(order)

    async def sees(self, *what: str) -> None:
        """Wait until all these words stand in the room."""
        await self.until(lambda: all(one in self.room for one in what))

    @property
    def room(self) -> str:
        """All words of the room's list."""
        return words(" ".join(self.lists.get("messages", {}).values()))

    @property
    def thread(self) -> str:
        """All words of the open thread's list."""
        return words(" ".join(self.lists.get("replies", {}).values()))

    def _do(self, order: dict[str, Any]) -> None:
        self.orders.append(order)
        if order["do"] == "fill":
            self.regions[order["id"]] = order["html"]
            for region, name in (("room", "messages"), ("thread", "replies")):
                if order["id"] == region:
                    self.lists[name] = entries(order["html"])
        elif order["do"] == "put":
            held = self.lists[order["into"]]
            if order["id"] in held and order.get("once"):
                return
            held.pop("empty", None)
            held[order["id"]] = order["html"]
            self.lists[order["into"]] = dict(sorted(held.items(), key=lambda one: stamp(one[1])))
        elif order["do"] == "gone":
            for held in self.lists.values():
                held.pop(order["id"], None)
        elif order["do"] == "title":
            self.title = order["words"]
        elif order["do"] == "say":
            self.said = order["words"]


@asynccontextmanager
async def browser(slack: Running) -> AsyncIterator[Browser]:
    """A browser that is connected."""
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(slack.url.replace("http", "ws", 1) + "/page/live", max_msg_size=0)
        yield Browser(slack, socket)
        await socket.close()
