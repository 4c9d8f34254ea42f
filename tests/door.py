"""A real server on loopback in a thread of its own, in front of a small Bolt app; and what Slack would send it."""

import asyncio
import contextlib
import hashlib
import hmac
import http.client
import logging
import logging.handlers
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot import server
from bot.config import Settings, load
from bot.health import Health, NotReady

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ENVIRON = {"SLACK_BOT_TOKEN": "xoxb-1", "PRAISE_CHANNEL": "C1", "SLACK_SIGNING_SECRET": SECRET}
SETTINGS = load(ENVIRON, Path("/nonexistent/.env"))
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

REACTION = {
    "type": "event_callback",
    "event_id": "Ev1",
    "team_id": "T1",
    "api_app_id": "A1",
    "authorizations": [{"team_id": "T1", "user_id": "U9", "is_bot": True, "enterprise_id": None}],
    "event": {
        "type": "reaction_added",
        "user": "U1",
        "item_user": "U2",
        "reaction": "star",
        "event_ts": "1360782804.083113",
        "item": {"type": "message", "channel": "C1", "ts": "1360782400.498405"},
    },
}
MEMBER = {**REACTION, "event": {"type": "user_change", "user": {"id": "U1", "team_id": "T1", "deleted": False}}}
COMMAND = {
    "command": "/praise",
    "text": "<@U2|ann> the payload was heavy, she carried it",
    "team_id": "T1",
    "channel_id": "C1",
    "user_id": "U1",
    "trigger_id": "1.2.abc",
    "response_url": "http://127.0.0.1/r",
}
PRESS = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "channel": {"id": "C1"},
    "trigger_id": "1.2.abc",
    "actions": [{"type": "button", "action_id": "join", "block_id": "b", "value": "x", "action_ts": "1.2"}],
}
SUBMIT = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "form",
        "private_metadata": "",
        "state": {"values": {"b": {"a": {"value": "x"}}}},
    },
}


WELL = Health("ok", "ok", "2026-11-02T09:00:00+00:00", 0.0)


@dataclass
class Running:
    """A server on loopback in a thread of its own, and what its listeners heard."""

    port: int = 0
    state: Health = WELL
    ready: bool = True
    heard: list[str] = field(default_factory=list)
    records: list[logging.LogRecord] = field(default_factory=list)

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def signed(self, body: bytes, kind: str, **headers: str) -> tuple[int, bytes]:
        now = str(int(time.time()))
        return self.send("POST", "/slack/events", body, {"Content-Type": kind, **signature(body, now), **headers})


def signature(body: bytes, timestamp: str, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def app_that(heard: list[str]) -> AsyncApp:
    """A Bolt app whose listeners read what those of the bot read, and whose failures are answered as the bot's are."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U9", bot_id="B9", bot_token="xoxb-1")

    app = AsyncApp(
        authorize=authorize, signing_secret=SECRET, process_before_response=True, request_verification_enabled=False
    )

    @app.event("reaction_added")
    async def reacted(event: dict[str, Any], body: dict[str, Any]) -> None:
        heard.append(f"{body['event_id']} {event['user']} {event['item'].get('channel')} {float(event['event_ts'])}")

    @app.event("user_change")
    async def changed(event: dict[str, Any]) -> None:
        heard.append(event["user"]["id"] + str(event["user"].get("tz")))

    @app.command("/praise")
    async def praised(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["trigger_id"] + command.get("text", ""))
        await ack("thank you")

    @app.action("join")
    async def joined(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body["user"]["id"] + body["actions"][0]["action_id"])
        await ack()

    @app.view("form")
    async def sent(ack: Any, view: dict[str, Any]) -> None:
        heard.append(str([dict(block) for block in view["state"]["values"].values()]))
        await ack()

    @app.error
    async def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        return BoltResponse(status=500 if body.get("type") == "event_callback" else 200)

    return app


@contextlib.contextmanager
def served(chosen: Settings = SETTINGS) -> Iterator[Running]:
    running = Running()
    listening, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def health() -> Health:
        return running.state

    async def dispatch(request: AsyncBoltRequest) -> BoltResponse:
        if not running.ready:
            raise NotReady
        return await app.async_dispatch(request)

    def started(port: int) -> None:
        running.port = port
        listening.set()

    app = app_that(running.heard)
    web = server.build(chosen, dispatch=dispatch, health=health, registry=CollectorRegistry())
    thread = threading.Thread(
        target=loop.run_until_complete, args=[server.serve(web, "127.0.0.1", 0, stop=stop, started=started)]
    )
    thread.start()
    try:
        assert listening.wait(120)
        with kept(running.records):
            yield running
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(120)
        loop.close()
    assert not thread.is_alive()


@contextlib.contextmanager
def kept(records: list[logging.LogRecord]) -> Iterator[None]:
    handler = logging.handlers.BufferingHandler(sys.maxsize)
    handler.buffer = records
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
