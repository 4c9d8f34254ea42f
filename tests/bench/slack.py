"""Slack's Web API as far as the bot needs it while it is measured: always well and at once. A process of its own.

    python -m tests.bench.slack

It prints the port on which it listens, and tells at /seen what it was sent.
"""

import asyncio
import itertools
import time
from collections import Counter, defaultdict
from typing import Any

from aiohttp import web

from tests.bench.signed import CHANNEL, PEOPLE, TEAM, user

QUESTION = "pulse:"
"""How the key begins that the question of a pulse round carries."""
THANKS_S = 0.2
"""How long Slack takes over what comes to /thanks."""
_BOT = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": TEAM, "team": "Bench", "url": "https://bench.slack.com/"}
_CHANNEL = {"id": CHANNEL, "name": "praise", "is_channel": True, "is_member": True, "locale": "en-US"}
_posted = itertools.count(1)
_questions: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
"""Those that stand in each DM, as conversations.history shows them."""
_when: list[float] = []
_heard: Counter[str] = Counter()


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
        case "conversations.open":
            return {"channel": {"id": said["users"]}}
        case "conversations.history":
            return {"messages": _questions.get(said["channel"], [])}
        case "chat.postMessage" | "chat.update":
            return {"channel": said["channel"], "ts": said.get("ts") or _stands(said)}
        case "reactions.get":
            return {"message": {}}
    return {}


def _stands(said: dict[str, Any]) -> str:
    """The timestamp of a new message; questions are kept, and when they came."""
    ts, metadata = f"1700000000.{next(_posted):06d}", said.get("metadata") or {}
    if str(metadata.get("event_payload", {}).get("key")).startswith(QUESTION):
        _questions[said["channel"]].append({"ts": ts, "metadata": metadata})
        _when.append(time.time())
    return ts


async def _hear(request: web.Request) -> web.Response:
    said = await request.json() if request.content_type == "application/json" else dict(await request.post())
    _heard[method := request.match_info["method"]] += 1
    return web.json_response({"ok": True, **_answer(method, {**request.query, **said})})


async def _answered(request: web.Request) -> web.Response:
    """Where a response_url points to: /answer takes it at once, /thanks as fast as Slack would."""
    await request.read()
    if request.path == "/thanks":
        await asyncio.sleep(THANKS_S)
        _heard["thanks"] += 1
    return web.Response(text="ok")


async def _seen(_request: web.Request) -> web.Response:
    """How often each method was called, how many people were asked how many questions, from when to when."""
    times = {"first": min(_when, default=0.0), "last": max(_when, default=0.0)}
    return web.json_response({"heard": _heard, "asked": len(_questions), "questions": len(_when), **times})


async def _serve() -> None:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", _hear)
    app.router.add_post("/answer", _answered)
    app.router.add_post("/thanks", _answered)
    app.router.add_get("/seen", _seen)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
