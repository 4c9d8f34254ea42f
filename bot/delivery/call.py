"""One call of Slack's Web API, and the three ways in which it can fail.

Refused: Slack said no, and nothing happened. Limited: too fast, and nothing happened. Unanswered: nobody knows whether
it happened, unless the connection was never made.
"""

import asyncio
import json
import math
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.pace import DEFAULT_HOLD_S

LIMITED = frozenset({"ratelimited", "rate_limited"})
BROKEN = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Errors after which, as Slack's reference says, some aspect of the operation may have succeeded."""


class Failed(Exception):
    """A call that did not succeed; its text is one word for it, Slack's where Slack said one."""


class Refused(Failed):
    """Slack refused the call; `code` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Limited(Failed):
    """`method` may be called again only after `retry_after` seconds: Slack said so, or (`foreseen`) we did not ask."""

    def __init__(self, method: str, retry_after: float, *, foreseen: bool = False) -> None:
        super().__init__("ratelimited")
        self.method = method
        self.retry_after = retry_after
        self.foreseen = foreseen


class Unanswered(Failed):
    """No usable answer came, for a `reason` in a word; `reached` is False if the call certainly never arrived."""

    def __init__(self, reason: str, *, reached: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reached = reached


async def call(
    client: AsyncWebClient, method: str, arguments: Mapping[str, object], *, timeout: float, reads: bool = False
) -> dict[str, Any]:
    """Call `method` once and give Slack's answer. `reads`: as a GET with a query, as the SDK does for such methods."""
    values = dict(arguments)
    try:
        async with asyncio.timeout(timeout):
            if reads:
                response = await client.api_call(method, http_verb="GET", params=values)
            else:
                response = await client.api_call(method, json=values)
    except SlackApiError as error:
        raise _failure(method, error.response) from None  # its text holds Slack's whole answer: not for the log
    except aiohttp.ClientConnectorError as error:
        raise Unanswered(type(error).__name__, reached=False) from None
    except Exception as error:  # the SDK lets many through: a body that is no object, a connection cut within it
        raise Unanswered(type(error).__name__) from None
    return response.data if isinstance(response.data, dict) else {}


def _failure(method: str, response: Any) -> Exception:
    """What an error answer means: an AsyncSlackResponse, or aiohttp's own when its body was no JSON."""
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    body = getattr(response, "data", None)
    code = body.get("error") if isinstance(body, dict) else None
    if status == 429 or code in LIMITED:
        return Limited(method, _seconds(response.headers.get("Retry-After")))
    if status >= 500 or not isinstance(code, str) or code in BROKEN:
        return Unanswered(code if code in BROKEN else f"http_{status}")
    return Refused(code)


def _seconds(text: str | None) -> float:
    try:
        seconds = float(text or "")
    except ValueError:
        return DEFAULT_HOLD_S
    return seconds if math.isfinite(seconds) and seconds > 0 else DEFAULT_HOLD_S


def reply_error(body: str) -> str:
    """The error code in the body of a response_url's answer, which is a word or an object; "" if there is none."""
    text = body.strip()
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = {"error": text}
    code = parsed.get("error") if isinstance(parsed, dict) and not parsed.get("ok") else None
    word = isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum() and len(code) <= 60
    return str(code) if word and code != "ok" else ""
