"""What stands between replicas of the bot and Slack: a wire that can hold a message, a front that spreads requests."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Self

import aiohttp
from aiohttp import web

from tests.faults.process import BotProcess

POSTS = "chat.postMessage"
NEVER_S = 60.0
"""Longer than anybody stands still: whoever is up has answered by then, however busy the machine is."""
DROPPED = frozenset({"host", "content-length", "transfer-encoding", "connection", "content-encoding"})


@dataclass
class Held:
    """A message that is on its way: `caught` when it has left its sender, and let go by `released`."""

    caught: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


class _Middle:
    """A web server of ours that hands on what it gets."""

    def __init__(self) -> None:
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, force_close=True), timeout=aiohttp.ClientTimeout(total=NEVER_S)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None and self._session is not None
        await self._session.close()
        await self._runner.cleanup()

    async def serve(self, request: web.Request) -> web.Response:
        raise NotImplementedError

    async def pass_on(self, request: web.Request, url: str, body: bytes) -> web.Response:
        """What the other side answers. Raises aiohttp.ClientError."""
        assert self._session is not None
        headers = {name: value for name, value in request.headers.items() if name.lower() not in DROPPED}
        async with self._session.request(
            request.method, url, params=request.query, data=body, headers=headers, allow_redirects=False
        ) as answer:
            told = {name: value for name, value in answer.headers.items() if name.lower() not in DROPPED}
            return web.Response(status=answer.status, body=await answer.read(), headers=told)


class Wire(_Middle):
    """To Slack's Web API at `api_url`; each replica has a number, and its own end of the wire."""

    def __init__(self, api_url: str) -> None:
        super().__init__()
        self._api_url = api_url.rstrip("/")
        self._holding: dict[str, Held] = {}

    def end_of(self, number: int) -> str:
        """The API's address for a replica."""
        return f"{self.url}/{number}/api/"

    def hold(self, number: int) -> Held:
        """Hold the next message of this replica."""
        self._holding[str(number)] = held = Held()
        return held

    def let_be(self, number: int) -> None:
        """Hold none, if none has come."""
        self._holding.pop(str(number), None)

    async def serve(self, request: web.Request) -> web.Response:
        number, _, method = request.match_info["path"].partition("/api/")
        body = await request.read()
        held = self._holding.pop(number, None) if method == POSTS else None
        if held is not None:
            held.caught.set()
            await held.released.wait()
        try:
            return await self.pass_on(request, f"{self._api_url}/{method}", body)
        finally:
            if held is not None:
                held.arrived.set()


class Front(_Middle):
    """Before the replicas: each request goes to one of those that are `open`, whether it stands still or not, and is
    followed when Slack has long given it up; `unanswered` are those that got no answer at all."""

    def __init__(self, dice: Random) -> None:
        super().__init__()
        self.open: list[BotProcess] = []
        self.unanswered: list[str] = []
        self._dice = dice

    async def serve(self, request: web.Request) -> web.Response:
        body = await request.read()
        for bot in self._one_after_the_other():
            try:
                return await self.pass_on(request, f"{bot.address}/{request.match_info['path']}", body)
            except TimeoutError:
                self.unanswered.append(f"a request to /{request.match_info['path']}")
                return web.Response(status=504)
            except aiohttp.ClientConnectorError:
                continue
            except aiohttp.ClientError:
                return web.Response(status=502)
        return web.Response(status=503)

    def _one_after_the_other(self) -> Iterable[BotProcess]:
        return self._dice.sample(self.open, len(self.open))
