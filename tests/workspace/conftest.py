"""A served workspace, people in it, a Slack client and raw listeners at both transports."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.workspace import Control, Running, Settings, serve
from bot.workspace.embedding import served

QUICK = Settings(ack_seconds=30.0, trigger_seconds=30.0, retry_seconds=(0.0, 0.05, 0.1), quiet=True)
"""It tries again at once, and is patient: the machine may be slower than Slack would wait."""
impatient = pytest.mark.parametrize("ack_seconds", [1.5])
"""For tests of what comes too late."""


@pytest.fixture
def ack_seconds() -> float:
    """How long Slack waits for an acknowledgement."""
    return QUICK.ack_seconds


@pytest.fixture
async def slack(tmp_path: Path, ack_seconds: float) -> AsyncIterator[Running]:
    """A workspace that tries again at once, everything granted."""
    async with serve(replace(QUICK, ack_seconds=ack_seconds, clock_file=tmp_path / "clock")) as running:
        yield running


@pytest.fixture
async def people(slack: Running) -> AsyncIterator[Control]:
    async with Control(slack.url) as control:
        yield control


@pytest.fixture
def client(slack: Running) -> AsyncWebClient:
    """Slack's own client, repeating nothing by itself."""
    return client_of(slack)


def patient(slack: Running) -> None:
    """Slack tries again for longer: to connect takes as long as the machine likes."""
    slack.workspace.settings = replace(slack.workspace.settings, retry_seconds=(0.5, 1.0, 3.0))


def client_of(slack: Running, token: str | None = None) -> AsyncWebClient:
    token = slack.workspace.settings.bot_token if token is None else token
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])


@dataclass
class Socket:
    """One raw Socket Mode connection which acknowledges nothing by itself."""

    stream: aiohttp.ClientWebSocketResponse
    hello: dict

    async def next(self) -> dict:
        """Give the next message."""
        return json.loads(await asyncio.wait_for(self.stream.receive_str(), 20))

    async def ack(self, envelope: dict, payload: dict | None = None) -> None:
        """Acknowledge an envelope."""
        await self.stream.send_json(
            {"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})}
        )


@pytest.fixture
async def connect(slack: Running) -> AsyncIterator[Callable[[], Awaitable[Socket]]]:
    """Give a function which opens one more connection."""
    async with aiohttp.ClientSession() as session:

        async def connect() -> Socket:
            client = client_of(slack)
            opened = await client.apps_connections_open(app_token=slack.workspace.settings.app_token)
            stream = await session.ws_connect(str(opened["url"]))
            return Socket(stream, json.loads(await stream.receive_str()))

        yield connect


@dataclass
class Listener:
    """A raw request URL: keeps what comes and answers what it is told to, after so long, and when it is let."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    answer: str | dict = ""
    wait: float = 0.0
    let: asyncio.Event | None = None
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def handle(self, request: Request) -> Response:
        body = await request.body()
        if b"url_verification" in body:
            return JSONResponse({"challenge": json.loads(body)["challenge"]})
        self.heard.append((dict(request.headers), body))
        await asyncio.sleep(self.wait)
        if self.let:
            await self.let.wait()
        kind = JSONResponse if isinstance(self.answer, dict) else PlainTextResponse
        return kind(self.answer, status_code=self.status, headers=self.headers)


@asynccontextmanager
async def http_server(handle: Callable[[Request], Awaitable[Response]]) -> AsyncIterator[str]:
    """Serve one handler at /slack/events; gives its address."""
    app = Starlette(routes=[Route("/slack/events", handle, methods=["POST"])])
    async with served(app) as url:
        yield f"{url}/slack/events"


@pytest.fixture
async def listener(people: Control) -> AsyncIterator[Listener]:
    """A request URL to which the workspace delivers."""
    heard = Listener()
    async with http_server(heard.handle) as url:
        heard.url = url
        await people.use_http(url)
        yield heard


def section(text: str = "words", **more: Any) -> dict:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}} | more


def button(action_id: str = "go", **more: Any) -> dict:
    """A button element."""
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Go"}, **more}


def modal(*blocks: dict, **more: Any) -> dict:
    """A modal with a submit button."""
    plain = {"type": "plain_text", "text": "Words"}
    return {"type": "modal", "callback_id": "form", "title": plain, "submit": plain, "blocks": list(blocks), **more}


def field_of(element: dict, block_id: str = "words", **more: Any) -> dict:
    """An input block."""
    label = {"type": "plain_text", "text": "Words"}
    return {"type": "input", "block_id": block_id, "label": label, "element": {"action_id": "x", **element}, **more}
