"""What the bot is measured against: a Bolt listener that only acknowledges, behind the bot's own server.

    python -m tests.bench.empty PORT

Everything up to the listener is as in the bot: signature, intake, Starlette, uvicorn, one middleware, the same loop.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot import config, server, tuning
from bot.health import Health
from tests.bench.signed import CHANNEL, SECRET, TEAM


def _app() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id="U0BOT", bot_id="B0", bot_token="xoxb-1")

    app = AsyncApp(
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )

    @app.middleware
    async def provide(next: Callable[[], Awaitable[None]]) -> None:
        await next()

    @app.command("/praise")
    async def praise(ack: Any) -> None:
        await ack("thank you")

    return app


async def _serve(port: int) -> None:
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "PRAISE_CHANNEL": CHANNEL, "SLACK_SIGNING_SECRET": SECRET}
    settings = config.load(environ)

    async def health() -> Health:
        return Health("ok", "ok", "", 0.0)

    tuning.one_heap()
    tuning.tune()
    web = server.build(settings, dispatch=_app().async_dispatch, health=health, registry=CollectorRegistry())
    await server.serve(web, "127.0.0.1", port, stop=asyncio.Event())


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
