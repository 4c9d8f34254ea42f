"""The doors of a running bot without the sockets before them: what is given is a request as the server has it."""

import json
from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from bot import server
from bot.running import Bot


def web_of(bot: Bot) -> Starlette:
    """The web application of a bot, built as `bot.running` does."""
    return server.build(
        bot.settings, dispatch=bot.dispatch, take_in=bot.take_in, health=bot.health, registry=CollectorRegistry()
    )


async def ask(web: Starlette, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """POST; gives status and body. Raises what no answer was made of."""
    said: list[Any] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 9),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    await web(scope, receive, send)
    return said[0]["status"], b"".join(message.get("body", b"") for message in said[1:])


def told(body: bytes) -> Any:
    """What an answer says."""
    return json.loads(body)
