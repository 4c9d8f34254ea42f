"""A second stand-in, as small as can be, written from docs.slack.dev alone and sharing nothing with `bot.workspace`.

It knows the methods below and no other, answers no more than their pages show, and keeps no metadata.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

Json = dict[str, Any]

TEAM, APP, BOT = "T061EG9R6", "A0FFV41KK", "U0G9QF9C6"
CHANNEL, SECRET = "C024BE91L", "8f742231b10e8888abcd99yyyzzz85a5"
LIN, KIM, BOSS = "W012A3CDE", "U023BECGF", "U061F7AUR"
USERS: dict[str, Json] = {
    BOT: {"id": BOT, "team_id": TEAM, "name": "ear", "is_bot": True, "profile": {}},
    LIN: {"id": LIN, "team_id": TEAM, "name": "lin", "profile": {"display_name": ""}, "tz": "Asia/Taipei"},
    KIM: {"id": KIM, "team_id": TEAM, "name": "kim", "profile": {"real_name": "Kim"}},
    BOSS: {"id": BOSS, "team_id": TEAM, "name": "boss", "is_admin": True, "profile": {"real_name": "Boss"}},
}
FORM = "application/x-www-form-urlencoded"
ACK_S = 30.0


class PlainSlack:
    """What was posted (`posts` by ts, newest look), which views are open, what came by response_url."""

    def __init__(self) -> None:
        self.posts: dict[str, Json] = {}
        self.views: list[Json] = []
        self.replies: list[Json] = []
        self.refused: set[str] = set()
        self.url = ""
        self.request_url = ""
        self.connected = asyncio.Event()
        self._socket = web.WebSocketResponse()
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._numbers = count(1)

    def post_with(self, words: str) -> Json | None:
        return next((post for post in reversed(self.posts.values()) if words in post.get("text", "")), None)

    async def call(self, request: web.Request) -> web.Response:
        """One method: arguments in the query, a form or JSON."""
        given: Json = {**request.query, **await request.post()}
        if request.content_type == "application/json" and (body := await request.text()):
            given |= json.loads(body)
        method = request.match_info["method"]
        known = getattr(self, "_" + method.replace(".", "_").lower(), None)
        if request.headers.get("Authorization") not in ("Bearer xoxb-plain", "Bearer xapp-plain"):
            return web.json_response({"ok": False, "error": "not_authed"})
        if known is None:
            self.refused.add(method)
            return web.json_response({"ok": False, "error": "unknown_method"})
        return web.json_response(known(given))

    def _auth_test(self, _: Any) -> Json:
        return {"ok": True, "team": "Example", "user": "ear", "team_id": TEAM, "user_id": BOT, "bot_id": "B0G9QF9C6"}

    def _users_list(self, _: Any) -> Json:
        return {"ok": True, "members": list(USERS.values()), "cache_ts": 1498777272}

    def _users_info(self, given: Json) -> Json:
        user = USERS.get(given["user"])
        return {"ok": True, "user": user} if user else {"ok": False, "error": "user_not_found"}

    def _conversations_info(self, given: Json) -> Json:
        if given["channel"] != CHANNEL:
            return {"ok": False, "error": "channel_not_found"}
        return {"ok": True, "channel": {"id": CHANNEL, "name": "praise", "is_member": True, "is_channel": True}}

    def _chat_postmessage(self, given: Json) -> Json:
        channel, ts = given["channel"], f"1795399200.{next(self._numbers):06}"
        channel = channel if channel == CHANNEL else "D" + channel[1:]
        self.posts[ts] = {"channel": channel, "ts": ts, **self._content(given)}
        return {"ok": True, "channel": channel, "ts": ts, "message": {"type": "message", "text": given.get("text")}}

    def _chat_update(self, given: Json) -> Json:
        if self.posts.get(given["ts"], {}).get("channel") != given["channel"]:
            return {"ok": False, "error": "message_not_found"}
        self.posts[given["ts"]] |= self._content(given)
        return {"ok": True, "channel": given["channel"], "ts": given["ts"], "text": given.get("text", "")}

    def _views_open(self, given: Json) -> Json:
        view = given["view"] if isinstance(given["view"], dict) else json.loads(given["view"])
        self.views.append({**view, "id": f"V{next(self._numbers)}", "team_id": TEAM, "hash": "156772938.1827394"})
        return {"ok": True, "view": self.views[-1]}

    def _apps_connections_open(self, _: Any) -> Json:
        return {"ok": True, "url": self.url.replace("http", "ws") + "/link/?ticket=1234-5678"}

    @staticmethod
    def _content(given: Json) -> Json:
        blocks = given.get("blocks") or []
        return {"text": given.get("text", ""), "blocks": json.loads(blocks) if isinstance(blocks, str) else blocks}

    async def reply(self, request: web.Request) -> web.Response:
        self.replies.append(await request.json())
        return web.Response(text="ok")

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}})
        self.connected.set()
        async for message in self._socket:
            ack = json.loads(message.data)
            self._acks.pop(ack["envelope_id"]).set_result(ack.get("payload") or {})
        return self._socket

    async def deliver(self, kind: str, payload: Json) -> Any:
        """Tell the app; gives what its acknowledgement carries."""
        return await (self._over_http if self.request_url else self._over_socket)(kind, payload)

    async def _over_socket(self, kind: str, payload: Json) -> Any:
        name = f"dbdd0ef3-{next(self._numbers)}"
        self._acks[name] = asyncio.get_running_loop().create_future()
        envelope = {
            "envelope_id": name,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        await self._socket.send_json(envelope)
        return await asyncio.wait_for(self._acks[name], ACK_S)

    async def _over_http(self, kind: str, payload: Json) -> Any:
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        body = json.dumps(payload) if kind == "events_api" else urlencode(form)
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json" if kind == "events_api" else FORM,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": str(SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)),
        }
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.request_url, data=body, headers=headers) as answer,
        ):
            assert answer.status == 200, await answer.text()
            words = await answer.text()
            return json.loads(words) if words.startswith("{") else {"text": words}


@contextlib.asynccontextmanager
async def plain_slack() -> AsyncIterator[PlainSlack]:
    """The stand-in on a port of its own."""
    slack = PlainSlack()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.call)
    app.router.add_post("/reply", slack.reply)
    app.router.add_get("/link/", slack.link)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await runner.cleanup()
