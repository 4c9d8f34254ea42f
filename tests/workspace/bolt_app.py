"""A real Bolt app against the workspace, over either transport, for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response

from bot.workspace import Control, Running
from tests.workspace.conftest import client_of, http_server


def new_app(slack: Running) -> AsyncApp:
    """Give an app which acknowledges only when its listener is through."""
    return AsyncApp(
        client=client_of(slack),
        signing_secret=slack.workspace.settings.signing_secret,
        process_before_response=True,
    )


@asynccontextmanager
async def running(app: AsyncApp, slack: Running, people: Control, transport: str) -> AsyncIterator[None]:
    """Connect the app over `socket` or `http` while the block runs."""
    if transport == "socket":
        handler = AsyncSocketModeHandler(app, slack.workspace.settings.app_token)
        await handler.connect_async()
        await people.wait({"connections": 1})
        try:
            yield
        finally:
            await handler.close_async()
        return
    answer = AsyncSlackRequestHandler(app)

    async def handle(request: Request) -> Response:
        return await answer.handle(request)

    async with http_server(handle) as url:
        await people.use_http(url)
        yield
