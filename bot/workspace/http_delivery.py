"""Signed HTTP delivery to the app's request URL (docs.slack.dev, apis/events-api/using-http-request-urls)."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode, urlsplit

import aiohttp

from bot.workspace import limits
from bot.workspace.delivery import Ack, Delivery
from bot.workspace.shapes import Impossible, Json

KEEP_ALIVE_S = 1.0
"""Shorter than any server keeps an idle connection open: a request on one that just closes would be lost."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Give Slack's v0 signature of a raw body (docs.slack.dev, authentication/verifying-requests-from-slack)."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpDelivery:
    """One POST an attempt; the answer must come with status 2xx within the deadline."""

    def __init__(self, secret: str, url: str, deadline: float) -> None:
        self._secret = secret
        self.url = url
        self._deadline = deadline
        self._session: aiohttp.ClientSession | None = None

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Ack:
        """Post one delivery; see Transport."""
        body, content_type = _encoded(delivery)
        return await self._post(body, {"Content-Type": content_type, **_retry(delivery, attempt, reason)})

    async def broken(self, delivery: Delivery, attempt: int, reason: str, *, whole: bool) -> None:
        """Send a delivery, the `whole` of it or half, and break the connection without waiting for an answer."""
        body, content_type = _encoded(delivery)
        place = urlsplit(self.url)
        headers = self._headers(body, {"Content-Type": content_type, **_retry(delivery, attempt, reason)})
        lines = [f"POST {place.path} HTTP/1.1", f"Host: {place.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(place.hostname, place.port)
            writer.write("\r\n".join([*lines, "", ""]).encode() + (body if whole else body[: len(body) // 2]))
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    async def verify(self, token: str) -> None:
        """Send url_verification and demand the challenge back; Impossible if the app does not give it."""
        challenge = secrets.token_urlsafe(32)
        body = json.dumps({"token": token, "challenge": challenge, "type": "url_verification"}).encode()
        ack = await self._post(body, {"Content-Type": "application/json"})
        if challenge not in (ack.body.get("challenge"), ack.body.get("text")):
            raise Impossible(f"the request URL did not give the challenge back: {ack.error or ack.body}")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: bytes, headers: dict[str, str]) -> Ack:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE_S)
            )
        begin = time.monotonic()
        ack = await self._answer(body, self._headers(body, headers))
        ack.ms = (time.monotonic() - begin) * 1000
        return ack

    def _headers(self, body: bytes, headers: dict[str, str]) -> dict[str, str]:
        stamp = str(int(time.time()))
        return {
            **headers,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self._secret, stamp, body),
        }

    async def _answer(self, body: bytes, headers: dict[str, str]) -> Ack:
        assert self._session is not None
        timeout = aiohttp.ClientTimeout(total=self._deadline)
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, timeout=timeout, max_redirects=limits.EVENT_REDIRECTS
            ) as reply:
                return _read(reply, await reply.text(errors="replace"))
        except aiohttp.TooManyRedirects:
            return Ack(error="too_many_redirects")
        except TimeoutError:
            return Ack(error="http_timeout", detail=f"no answer within {self._deadline:g} s")
        except aiohttp.ClientError as problem:
            return Ack(error="connection_failed", detail=str(problem))


def _retry(delivery: Delivery, attempt: int, reason: str) -> dict[str, str]:
    """The headers of an event that is delivered again; commands and acts are not repeated by Slack."""
    if not attempt or delivery.kind != "events_api":
        return {}
    return {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason or "http_timeout"}


def _encoded(delivery: Delivery) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload, errors="replace").encode(), form
    return urlencode({"payload": json.dumps(delivery.payload)}).encode(), form


def _read(reply: aiohttp.ClientResponse, words: str) -> Ack:
    if not 200 <= reply.status < 300:
        stop = reply.headers.get("x-slack-no-retry") == "1"
        return Ack(error="http_error", detail=f"status {reply.status}", stop_retries=stop)
    if not words.strip():
        return Ack()
    if "json" in reply.headers.get("Content-Type", ""):
        try:
            body = json.loads(words)
        except ValueError:
            return Ack(error="http_error", detail="the answer is not JSON")
        return Ack(body=body if isinstance(body, dict) else {"text": words})
    return Ack(body=_plain(words))


def _plain(words: str) -> Json:
    return {"text": words}
