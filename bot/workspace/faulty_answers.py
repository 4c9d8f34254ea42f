"""A door of the workspace, the Web API's or that of the response urls, on a bad day."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from bot.workspace.faults import STATUSES, Fault, Faults
from bot.workspace.socket_mode import GONE

Handler = Callable[[Request], Awaitable[Response]]
TICK = 0.05
LIMITED = json.dumps({"ok": False, "error": "ratelimited"})
PAGE = "<!DOCTYPE html><html><body>Something went wrong</body></html>"


def faulty(
    handle: Handler, faults: Faults, journal: Callable[[dict[str, object]], None], name: str = "response_url"
) -> Handler:
    """Give the handler that answers like `handle` unless a fault strikes; each strike is noted in the journal.

    `name` is what a fault calls this door where the path names no method.
    """

    async def answer(request: Request) -> Response:
        method = request.path_params.get("method", name)
        words = str(request.url.query) + (await request.body()).decode(errors="replace")
        fault = faults.of_answer(method, words)
        if fault is None:
            return await handle(request)
        wait = fault.lasts if fault.kind == "429" else None
        journal({"way": "fault", "method": method, "fault": fault.kind, "scene": fault.scene, "retry_after": wait})
        return await _struck(fault, handle, request)

    return answer


def unreachable(
    serve: Callable[[WebSocket], Awaitable[None]], faults: Faults, journal: Callable[[dict[str, object]], None]
) -> Callable[[WebSocket], Awaitable[None]]:
    """Give the door that takes connections like `serve` unless a fault strikes: then it resets them."""

    async def answer(socket: WebSocket) -> None:
        fault = faults.of_connection()
        if fault is None:
            await serve(socket)
            return
        journal({"way": "fault", "method": "link", "fault": fault.kind, "scene": fault.scene, "retry_after": None})
        socket.app.state.cut(socket.client)
        with contextlib.suppress(*GONE):
            await socket.close()

    return answer


async def _struck(fault: Fault, handle: Handler, request: Request) -> Response:
    """Give what the app sees; after a reset it sees nothing of what is returned."""
    await request.body()
    if fault.kind in STATUSES:
        return _refused(int(fault.kind), fault)
    if fault.kind == "ratelimited":
        return Response(LIMITED, media_type="application/json")
    if fault.kind == "reset_before":
        return _reset(request)
    if fault.kind == "slow":
        await asyncio.sleep(fault.lasts)
        return await handle(request)
    response = await handle(request)
    if fault.kind == "truncated":
        body = bytes(response.body)
        return Response(body[: len(body) // 2], media_type="application/json")
    if fault.kind == "wrong_type":
        return Response(bytes(response.body), media_type="text/html")
    if fault.kind == "timeout":
        await _silence(request, fault.lasts)
    return _reset(request)


def _refused(status: int, fault: Fault) -> Response:
    if status == 429:
        return Response(LIMITED, status, {"Retry-After": f"{fault.lasts:g}"}, "application/json")
    return Response(PAGE, status, media_type="text/html")


async def _silence(request: Request, seconds: float) -> None:
    """Say nothing for so long, or until the app hangs up."""
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end and not await request.is_disconnected():  # noqa: ASYNC110
        await asyncio.sleep(TICK)


def _reset(request: Request) -> Response:
    request.app.state.cut(request.client)
    return Response()
