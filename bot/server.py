"""HTTP: what Slack sends, health and metrics (Starlette on uvicorn)."""

import asyncio
import contextlib
import logging
import re
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict
from time import perf_counter
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import intake, webhook
from bot.bodies import Unreadable, bounded, counted
from bot.config import Settings
from bot.health import Health, NotReady

log = logging.getLogger(__name__)

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

MAX_BODY = 1024 * 1024  # a view is at most 250 kB (platform.md 3.1), and comes with its state
HEALTH_TIMEOUT_S = 5.0
BACKLOG = 2048
GRACE_S = 3  # SIGTERM ends the bot within 10 s
KEEP_ALIVE_S = 75  # longer than proxies and load balancers do (60): whoever closes first may lose a request
TIMESTAMP = re.compile(r"[0-9]{1,12}")
PASSED_ON = ("content-type", "x-slack-retry-num", "x-slack-retry-reason")  # the rest of the headers is not signed


def build(
    settings: Settings,
    *,
    dispatch: Dispatch,
    take_in: webhook.TakeIn = webhook.nobody_yet,
    health: Callable[[], Awaitable[Health]],
    registry: CollectorRegistry,
) -> Starlette:
    """The web application. `/slack/events` is there in HTTP mode only, `/intake/praise` where it has a secret.

    `dispatch` answers a Bolt request (`AsyncApp.async_dispatch`) or raises `NotReady`, and so does `take_in` for praise
    of another program (`bot.webhook.take_in`); `health` tells the state; `registry` is what `/metrics` shows.
    """

    async def healthz(_: Request) -> Response:
        return await _health_answer(health)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    routes = [Route("/healthz", healthz), Route("/metrics", metrics)]
    if not settings.socket_mode:
        door = _Door(settings.slack_signing_secret or "", dispatch, registry)
        routes.append(Route("/slack/events", door.answer, methods=["POST"]))
    if settings.intake_secret:
        intake_door = webhook.Door(settings.intake_secret, take_in, registry)
        routes.append(Route("/intake/praise", intake_door.answer, methods=["POST"]))
    return Starlette(routes=routes)


async def serve(
    app: Starlette, host: str, port: int, *, stop: asyncio.Event, started: Callable[[int], None] | None = None
) -> None:
    """Serve `app` until `stop` is set, then let open requests end (`GRACE_S` seconds at most).

    Calls `started` with the port once it listens. Raises OSError if the address cannot be had. Leaves signals alone.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,  # nobody asks where a request came from: it is signed
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    try:
        if started is not None:
            started(listener.getsockname()[1])
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        stopping.cancel()
        await running


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # the bot stops the server, not the other way round


def _listen(host: str, port: int) -> socket.socket:
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.create_server(address[:2], family=family, backlog=BACKLOG)
    # Connections inherit it; without it the loop leaves Nagle on, and each answer waits 40 ms for the client's ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def _health_answer(health: Callable[[], Awaitable[Health]]) -> Response:
    try:
        async with asyncio.timeout(HEALTH_TIMEOUT_S):
            state = await health()
            return JSONResponse(asdict(state), 200 if state.status == "ok" else 503)
    except Exception:
        log.exception("the state of the bot could not be told")
        return JSONResponse({"status": "failing", "database": "unknown", "clock": None, "outbox_age_s": None}, 503)


class _Door:
    """`POST /slack/events`: bounded, signed, well-formed, or turned away; what is let in goes to Bolt."""

    def __init__(self, secret: str, dispatch: Dispatch, registry: CollectorRegistry) -> None:
        self._verifier = SignatureVerifier(secret)  # on real time, whatever CLOCK_FILE says
        self._dispatch = dispatch
        self.answer = counted(self._timed_answer, "golden_ear_slack_requests", "Requests of Slack by answer", registry)
        self._seconds = Histogram("golden_ear_slack_ack_seconds", "Time until Slack has its answer", registry=registry)

    async def _timed_answer(self, request: Request) -> Response:
        began = perf_counter()
        response = await self._answer(request)
        self._seconds.observe(perf_counter() - began)
        return response

    async def _answer(self, request: Request) -> Response:
        try:
            body = await bounded(request, MAX_BODY)
        except Unreadable as error:
            return _refusal(error.status, error.reason)
        if not self._signed(body, request):
            return _refusal(401, "invalid request")
        try:
            payload = intake.read(body, request.headers.get("content-type", ""))
        except intake.Nonsense as error:
            return _refusal(400, "not understood", at=str(error))
        match payload.get("type"):
            case "url_verification":
                return JSONResponse({"challenge": payload["challenge"]})
            case "ssl_check":
                return Response()
            case "app_rate_limited":
                log.warning("Slack holds events back: more than 30,000 came within the hour")
                return Response()
        return await self._pass_on(payload, request)

    def _signed(self, body: bytes, request: Request) -> bool:
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not TIMESTAMP.fullmatch(timestamp) or not signature.isascii():
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:  # Slack sends and signs UTF-8
            return False

    async def _pass_on(self, payload: dict[str, Any], request: Request) -> Response:
        headers: dict[str, str | Sequence[str]] = {
            name: request.headers[name] for name in PASSED_ON if name in request.headers
        }
        try:
            # "socket_mode" is Bolt's word for a body that has been read: it neither reads nor verifies it again
            answer = await self._dispatch(AsyncBoltRequest(body=payload, headers=headers, mode="socket_mode"))
        except NotReady:
            return _refusal(503, "not ready yet", {"Retry-After": "10"})
        except Exception as error:
            return _refusal(400, "not understood", error=error)
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())


def _refusal(
    status: int, reason: str, headers: dict[str, str] | None = None, *, at: str = "", error: Exception | None = None
) -> Response:
    """An answer with a reference that the log has too; the log has never the body."""
    reference = secrets.token_hex(4)
    log.warning(
        "refused a request: %s", reason, exc_info=error, extra={"status": status, "reference": reference, "at": at}
    )
    return JSONResponse({"error": reason, "reference": reference}, status, headers)
