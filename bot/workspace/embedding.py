"""uvicorn inside somebody else's program: on loopback, without its signal handlers, gone at once when told."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Iterator
from itertools import count

import uvicorn
from starlette.applications import Starlette

HOST = "127.0.0.1"
TICK = 0.01
GRACE = 1.0
KEEP_ALIVE_S = 75
"""Longer than clients do: a request on a connection that just closes would be lost."""


class EmbeddedServer(uvicorn.Server):
    """uvicorn for embedding: the signals are the embedder's, and it stops at once instead of within half a second."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        """Tick until told to stop."""
        ticks = count()
        while not await self.on_tick(next(ticks)):  # noqa: ASYNC110  (should_exit is a flag)
            await asyncio.sleep(TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, ask the connections to close, and wait a second at most until they have."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        end = asyncio.get_running_loop().time() + GRACE
        while self._open() and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
            await asyncio.sleep(TICK)
        for task in list(self.server_state.tasks):
            task.cancel()

    def cut(self, client: tuple[str, int]) -> None:
        """Break the connection of a client as a bad network does: with a reset, whatever is on its way is lost."""
        for transport in [connection.transport for connection in self.server_state.connections]:
            if transport.get_extra_info("peername") == tuple(client):
                own = transport.get_extra_info("socket")
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                transport.abort()

    def _open(self) -> bool:
        return bool(self.server_state.connections or self.server_state.tasks)


async def _started(server: uvicorn.Server, serving: "asyncio.Task[None]") -> None:
    """Wait until the server listens; if it cannot, its task raises why."""
    while not server.started and not serving.done():  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(TICK)


@contextlib.asynccontextmanager
async def served(app: Starlette, port: int = 0) -> AsyncIterator[str]:
    """Serve an ASGI application while the block runs; gives its address without a last slash."""
    # the protocol is named, because without it asyncio leaves Nagle on: 40 ms for each answer
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # to itself a machine says everything at once; packing it takes memory and time
        timeout_keep_alive=KEEP_ALIVE_S,
    )
    server = EmbeddedServer(config)
    app.state.cut = server.cut
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _started(server, serving)
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
