"""What every door of the server does: it reads a body no further than it may go, and counts its answers."""

import asyncio
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

BODY_TIMEOUT_S = 10.0  # Slack gives up after 3


class Unreadable(Exception):
    """The body is too long, too slow or broken off; `status` is HTTP's word for it, `reason` ours."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


async def bounded(request: Request, most: int) -> bytes:
    """The body, read no further than `most` bytes. Raises Unreadable."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            if int(request.headers.get("content-length") or 0) > most:
                raise Unreadable(413, "too long")
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise Unreadable(413, "too long")
    except TimeoutError as error:
        raise Unreadable(408, "too slow") from error
    except (ClientDisconnect, ValueError) as error:
        raise Unreadable(400, "broken off") from error
    return bytes(body)


Answer = Callable[[Request], Awaitable[Response]]


def counted(answer: Answer, name: str, meaning: str, registry: CollectorRegistry) -> Answer:
    """The same answers, counted by their status under this name."""
    answers = Counter(name, meaning, ["status"], registry=registry)

    async def count(request: Request) -> Response:
        response = await answer(request)
        answers.labels(str(response.status_code)).inc()
        return response

    return count
