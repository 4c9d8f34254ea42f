"""What is said at most once: answers through a response_url, and whispers only one person sees.

Both are handed over in memory after the commit and sent beside the outbox and its budget; they never carry what must
arrive. A failure is logged and forgotten.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import figures
from bot.delivery.call import Refused, call, reply_error
from bot.delivery.plain import lesser

log = logging.getLogger(__name__)

TIMEOUT_S = 8.0
AT_ONCE = 32
"""A rush of answers to the pulse is thanked as fast as it comes, though each takes Slack some tenths of a second."""
AFTER_ACK_S = 0.05
"""The acknowledgement leaves when the listener returns; what follows it must not overtake it."""
ANSWER = "response_url"
WHISPER = "chat.postEphemeral"


class Answers:
    """A few answers at once over one HTTP session, which is opened with the first."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)

    def answer(self, response_url: str, message: Mapping[str, Any]) -> None:
        """Post `message` to `response_url` soon; needs a running loop, raises nothing."""
        self._start(ANSWER, partial(self._answer, response_url, _without_nothing(message)))

    def whisper(self, channel: str, user: str, message: Mapping[str, Any], thread_ts: str | None = None) -> None:
        """Show `message` to `user` alone in `channel` soon; needs a running loop, raises nothing."""
        place = {"channel": channel, "user": user, "link_names": False, "parse": "none"}
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        self._start(WHISPER, partial(self._whisper, {**place, **thread, **_without_nothing(message)}))

    async def close(self, timeout: float) -> None:
        """Wait up to `timeout` seconds for what is under way, drop the rest."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=max(0.0, timeout))
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _start(self, method: str, work: Callable[[], Awaitable[str]]) -> None:
        task = asyncio.get_running_loop().create_task(self._guarded(method, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, method: str, work: Callable[[], Awaitable[str]]) -> None:
        if method == ANSWER:
            await asyncio.sleep(AFTER_ACK_S)
        async with self._room:
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    error = await work()
            except Exception as failure:
                error = type(failure).__name__
        figures.MESSAGES.labels(method, "failed" if error else "sent").inc()
        if error:
            log.warning("%s failed: %s; it is not tried again", method, error)

    async def _answer(self, url: str, message: dict[str, Any]) -> str:
        """The error code of the last try, "" for none."""
        error = await self._reply(url, message)
        rest = lesser(message, error)
        return error if rest is None else await self._reply(url, rest)

    async def _reply(self, url: str, message: dict[str, Any]) -> str:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S))
        request = self._session.post(url, json=message, proxy=self._client.proxy, ssl=self._client.ssl or True)
        async with request as response:
            error = reply_error(await response.text())
            return error or ("" if response.ok else f"http_{response.status}")

    async def _whisper(self, arguments: dict[str, Any]) -> str:
        """The error code of the last try, "" for none."""
        try:
            await self._ephemeral(arguments)
        except Refused as refusal:
            rest = lesser(arguments, refusal.code)
            if rest is None:
                return refusal.code
            await self._ephemeral(rest)
        return ""

    async def _ephemeral(self, arguments: dict[str, Any]) -> None:
        await call(self._client, WHISPER, arguments, timeout=TIMEOUT_S)


def _without_nothing(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in ("text", "blocks") or value}
