"""Slack's Web API as far as the bot needs it while it is measured: always well and at once. A process of its own.

    python -m tests.bench.slack

It prints the port on which it listens.
"""

import asyncio
import itertools
from typing import Any

from aiohttp import web

from tests.bench.signed import CHANNEL, PEOPLE, TEAM, user

_BOT = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": TEAM, "team": "Bench", "url": "https://bench.slack.com/"}
_CHANNEL = {"id": CHANNEL, "name": "praise", "is_channel": True, "is_member": True, "locale": "en-US"}
_posted = itertools.count(1)


def _person(slack_id: str) -> dict[str, Any]:
    profile = {"display_name": slack_id.lower(), "real_name": slack_id.lower()}
    return {"id": slack_id, "team_id": TEAM, "profile": profile, "locale": "en-US", "tz": "Europe/London"}


def _answer(method: str, said: dict[str, Any]) -> dict[str, Any]:
    match method:
        case "auth.test":
            return _BOT
        case "users.list":
            return {"members": [_person(user(place)) for place in range(PEOPLE)]}
        case "users.info":
            return {"user": _person(said["user"])}
        case "conversations.info" | "conversations.join":
            return {"channel": _CHANNEL}
        case "chat.postMessage" | "chat.update":
            return {"channel": said["channel"], "ts": said.get("ts") or f"1700000000.{next(_posted):06d}"}
        case "reactions.get":
            return {"message": {}}
    return {}


async def _hear(request: web.Request) -> web.Response:
    said = await request.json() if request.content_type == "application/json" else dict(await request.post())
    return web.json_response({"ok": True, **_answer(request.match_info["method"], {**request.query, **said})})


async def _answered(request: web.Request) -> web.Response:
    """Where a response_url points to."""
    await request.read()
    return web.Response(text="ok")


async def _serve() -> None:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", _hear)
    app.router.add_post("/answer", _answered)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
