"""Reaching Slack: who we are, and Socket Mode; both are tried until Slack answers."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from time import monotonic
from typing import Any, TypeVar

import aiohttp
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot import figures
from bot.delivery.call import Failed, Limited, Refused, call
from bot.desk import Desk
from bot.jobs import applause
from storage import trouble

log = logging.getLogger(__name__)

T = TypeVar("T")
Envelope = dict[str, Any]
ANSWERING = "answering an envelope"

REFUSED = frozenset({
    "account_inactive", "invalid_auth", "no_permission", "not_allowed_token_type", "not_authed", "token_expired",
    "token_revoked",
})  # fmt: skip
"""Answers after which trying again is useless: the token is wrong."""
LONGEST_WAIT_S = 30
ANSWER_S = 8.0
CONNECT_S = 10.0
PING_S = 10.0
GOODBYE_S = 1.0
RETIRE_S = 60.0
STEADY_S = 10.0
"""A connection that ended sooner than this is followed by a pause before the next."""


class TokenRefused(Exception):
    """Slack does not accept a token; the message names the setting and Slack's reason."""


async def identify(client: AsyncWebClient) -> AuthorizeResult:
    """Ask Slack who we are, until it answers. Raises TokenRefused if it says no."""
    answer = await _until_answered(lambda: call(client, "auth.test", {}, timeout=ANSWER_S), "SLACK_BOT_TOKEN")
    return AuthorizeResult(
        enterprise_id=answer.get("enterprise_id"),
        team_id=answer["team_id"],
        team=answer.get("team"),
        url=answer.get("url"),
        bot_user_id=answer.get("user_id"),
        bot_id=answer.get("bot_id"),
        bot_token=client.token,
    )


@contextlib.asynccontextmanager
async def socket(bolt: AsyncApp, token: str, desk: Desk) -> AsyncIterator[None]:
    """Hear Slack over Socket Mode; after a lost connection the applause is read again. Raises TokenRefused."""
    async with aiohttp.ClientSession() as session:
        line = _Line(bolt, token, session, desk)
        try:
            await _until_answered(line.connect, "SLACK_APP_TOKEN")
            line.start(line.keep())
            yield
        finally:
            await line.hang_up()


class _Line:
    """Socket Mode. The SDK's own client, once its connection broke, tries the same single-use address for ever, and a
    connection cut off is noticed after ten seconds; this one asks for an address each time, and at once."""

    def __init__(self, bolt: AsyncApp, token: str, session: aiohttp.ClientSession, desk: Desk) -> None:
        client = bolt.client
        self._client = AsyncWebClient(token, client.base_url, session=client.session, retry_handlers=[])
        self._bolt = bolt
        self._session = session
        self._desk = desk
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._since = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._wanted = asyncio.Event()
        self._lost = False

    async def connect(self) -> None:
        """Open a connection; the one before, if it still stands, goes on until Slack closes it, or for a minute."""
        answer = await call(self._client, "apps.connections.open", {}, timeout=ANSWER_S)
        before = self._socket
        async with asyncio.timeout(CONNECT_S):
            self._socket = await self._session.ws_connect(
                str(answer["url"]),
                heartbeat=PING_S,
                timeout=aiohttp.ClientWSTimeout(ws_close=GOODBYE_S),
                proxy=self._client.proxy,
                ssl=self._client.ssl or True,
            )
        self._since = monotonic()
        self.start(self._read(self._socket))
        if before is not None:
            self.start(self._retire(before))

    async def keep(self) -> None:
        """Connect again whenever that is wanted."""
        pause = 1
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            pause = 1 if monotonic() - self._since > STEADY_S else min(2 * pause, LONGEST_WAIT_S)
            if pause > 2:  # a second connection is free: a network that has just come back may break it once
                await asyncio.sleep(pause)
            try:
                await _until_answered(self.connect, "SLACK_APP_TOKEN")
            except TokenRefused as refused:
                log.error("%s; trying again in %d s", refused, LONGEST_WAIT_S)
                await asyncio.sleep(LONGEST_WAIT_S)
                self._wanted.set()
                continue
            lost, self._lost = self._lost, False
            log.info("Socket Mode is connected again%s", "; reactions missed meanwhile are read from Slack" * lost)
            if lost:
                await _catch_up(self._desk)

    async def hang_up(self) -> None:
        """Take nothing more, let what is being answered be answered, for a moment, then close the connection."""
        answering = {task for task in self._tasks if task.get_name() == ANSWERING}
        await _cancelled(self._tasks - answering)
        if answering:
            await asyncio.wait(answering, timeout=GOODBYE_S)
            await _cancelled(answering)
        if self._socket is not None:
            await self._socket.close()

    def start(self, work: Coroutine[Any, Any, None], name: str = "") -> None:
        """Do something beside; it is ended by `hang_up`."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _retire(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Close a connection that has had its successor for a while."""
        await asyncio.sleep(RETIRE_S)
        await socket.close()

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take every message of one connection until it ends."""
        told = False
        with figures.SOCKETS.track_inprogress():
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    told |= self._take(socket, _parsed(message.data))
        if socket is self._socket and not told:
            log.warning("Socket Mode lost its connection; connecting again")
            self._lost = True
            self._wanted.set()

    def _take(self, socket: aiohttp.ClientWebSocketResponse, message: Envelope) -> bool:
        """Begin to answer an envelope; True if the message was Slack's farewell."""
        if message.get("type") == "disconnect":
            if socket is self._socket:
                log.info("Slack ends a Socket Mode connection: %s; connecting again", message.get("reason"))
                self._wanted.set()
            return True
        if isinstance(message.get("envelope_id"), str) and isinstance(message.get("payload"), dict):
            self.start(self._answer(socket, message), ANSWERING)
        return False

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, envelope: Envelope) -> None:
        """Hand an envelope to Bolt and acknowledge it; what is not acknowledged is delivered again by Slack."""
        headers: dict[str, str | Sequence[str]] = {
            f"x-slack-retry-{name}": str(envelope[key])
            for name, key in (("num", "retry_attempt"), ("reason", "retry_reason"))
            if envelope.get(key) is not None
        }
        request = AsyncBoltRequest(mode="socket_mode", body=envelope["payload"], headers=headers)
        try:
            with figures.SOCKET_ACK.time():
                answer: BoltResponse = await self._bolt.async_dispatch(request)
        except Exception as error:
            log.warning("an envelope was not understood: %s; it is not acknowledged", type(error).__name__)
            return
        if answer.status != 200:
            log.info("an envelope is not acknowledged: status %d; Slack delivers events again", answer.status)
            return
        acknowledged = {"envelope_id": envelope["envelope_id"], **_payload(answer)}
        try:
            await (self._socket if socket.closed and self._socket else socket).send_json(acknowledged)
        except (ConnectionError, aiohttp.ClientError):
            log.warning("an acknowledgement could not leave: the connection is gone; Slack delivers events again")


async def _cancelled(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _parsed(text: str) -> Envelope:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _payload(answer: BoltResponse) -> Envelope:
    """What goes with an acknowledgement: nothing, an object, or words."""
    if not answer.body:
        return {}
    kind = answer.first_headers().get("content-type", "")
    return {"payload": json.loads(answer.body) if kind.startswith("application/json") else {"text": answer.body}}


async def _until_answered(ask: Callable[[], Awaitable[T]], token_setting: str) -> T:
    """Call `ask` until it succeeds, with growing pauses. Raises TokenRefused if Slack refuses the token."""
    wait = 1
    while True:
        pause: float = wait
        try:
            return await ask()
        except Refused as error:
            if error.code in REFUSED:
                raise TokenRefused(f"{token_setting} is refused by Slack: {error.code}") from error
            reason = error.code
        except Failed as error:
            reason = str(error)
            pause = max(pause, error.retry_after) if isinstance(error, Limited) else pause
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            reason = type(error).__name__
        log.warning("Slack cannot be reached with %s: %s; trying again in %g s", token_setting, reason, pause)
        await asyncio.sleep(pause)
        wait = min(2 * wait, LONGEST_WAIT_S)


async def _catch_up(desk: Desk) -> None:
    try:
        await applause.after_outage(desk)
    except Exception as error:
        lost = "the applause could not be marked to be read again: %s; the next ritual reads its own"
        log.error(lost, trouble.told(error), exc_info=trouble.trace(error))
