"""Slash commands and presses of buttons as Slack sends them: whole HTTP requests, signed beforehand, so that signing
costs no measured time."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM = "T0BENCH"
CHANNEL = "C0BENCH"
PEOPLE = 200
"""One page of users.list; more pages come seconds apart."""

NOWHERE = "http://127.0.0.1:9/none"
"""A response_url of commands that are answered at once."""

_WORDS = "She found my lost parcel before closing time, carried it to the car and smiled all the way; visit {number}."


def user(place: int) -> str:
    """The Slack id of a person, counted from 0."""
    return f"U{place:08d}"


def command(name: str, user_id: str, text: str, number: int, response_url: str = NOWHERE) -> bytes:
    """The body of a slash command; `number` makes its trigger unique."""
    fields = {
        "token": "unused",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": CHANNEL,
        "channel_name": "praise",
        "user_id": user_id,
        "user_name": user_id.lower(),
        "command": name,
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": f"{number}.{TEAM}.0123456789abcdef0123456789abcdef",
    }
    return urlencode(fields).encode()


def praise(number: int, response_url: str = NOWHERE) -> bytes:
    """Praise number so and so: words of its own, and each colleague names each other one in turn, so that within
    PEOPLE * (PEOPLE - 1) * 3 of them nobody names anybody often enough for a lead to be asked."""
    teller = number % PEOPLE
    praised = (teller + 1 + number // PEOPLE % (PEOPLE - 1)) % PEOPLE
    words = _WORDS.format(number=number)
    return command("/praise", user(teller), f"<@{user(praised)}|p{praised}> {words}", number, response_url)


def everything(number: int, response_url: str) -> bytes:
    """What people send in a day: of ten commands seven praises, a kudos, a balance and a board."""
    who = user(number % PEOPLE)
    match number % 10:
        case 7:
            thanks = f"<@{user((number + 1) % PEOPLE)}|p> for staying late, {number}"
            return command("/kudos", who, thanks, number, response_url)
        case 8:
            return command("/points", who, "", number, response_url)
        case 9:
            period = ("week", "month", "all")[number // 10 % 3]
            return command("/leaderboard", who, period, number, response_url)
    return praise(number, response_url)


def press(asked: str, number: int, response_url: str) -> bytes:
    """Person number so and so presses a button of a message; `asked` is a file with the message and the buttons."""
    there = _asked(asked)
    button = there["buttons"][number % len(there["buttons"])]
    name, ts = user(number), f"1700000000.{number:06d}"
    payload: dict[str, Any] = {
        "type": "block_actions",
        "user": {"id": name, "username": name.lower(), "name": name.lower(), "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "unused",
        "container": {"type": "message", "message_ts": ts, "channel_id": f"D{name}", "is_ephemeral": False},
        "trigger_id": f"{number}.{TEAM}.0123456789abcdef0123456789abcdef",
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": f"D{name}", "name": "directmessage"},
        "message": {"type": "message", "user": "U0BOT", "ts": ts, "bot_id": "B0BOT", **there["message"]},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [{"block_id": "answers", **button, "action_ts": f"{time.time():.6f}"}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


@cache
def _asked(file: str) -> dict[str, Any]:
    return dict(json.loads(Path(file).read_text()))


KINDS: dict[str, Callable[[int, str], bytes]] = {"praise": praise, "everything": everything}


def request(body: bytes) -> bytes:
    """The whole HTTP request around a body, with Slack's signature of this moment."""
    now = str(int(time.time())).encode()
    digest = hmac.new(SECRET.encode(), b"v0:" + now + b":" + body, hashlib.sha256).hexdigest().encode()
    head = (
        b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nUser-Agent: Slackbot 1.0\r\nAccept: */*\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"X-Slack-Request-Timestamp: %b\r\nX-Slack-Signature: v0=%b\r\nContent-Length: %d\r\n\r\n"
    )
    return head % (now, digest, len(body)) + body


def requests(kind: str, first: int, count: int, response_url: str) -> Iterator[bytes]:
    """`count` whole requests of this kind, from number `first` on; or presses, where `kind` is a file of `press`."""
    for number in range(first, first + count):
        made = KINDS[kind](number, response_url) if kind in KINDS else press(kind, number, response_url)
        yield request(made)
