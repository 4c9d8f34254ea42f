"""A workspace with an app behind it that hears what people do, and Aiko's window on it."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import pytest_asyncio
from playwright.async_api import Locator

from bot.workspace import staff
from bot.workspace.blocks import accepted
from bot.workspace.server import Running
from bot.workspace.shapes import Json
from tests.workspace.conftest import Listener, http_server
from tests.workspace.page.elements import plain
from tests.workspace.page.window import Window

AIKO = "U0AIKO0000"
PRAISE = staff.PRAISE_CHANNEL
CHOICE: Json = {"type": "static_select", "action_id": "pick", "placeholder": plain("Pick")}
SAVE: Json = {"type": "button", "action_id": "save", "text": plain("Save")}


@pytest_asyncio.fixture(loop_scope="session")
async def app(slack: Running) -> AsyncIterator[Listener]:
    """What hears; it answers as it is told to."""
    heard = Listener()
    async with http_server(heard.handle) as url:
        await slack.program.use_http(url)
        yield heard


def payloads(app: Listener, kind: str = "block_actions") -> list[Json]:
    """What the app was told of that kind."""
    told = [json.loads(parse_qs(body.decode())["payload"][0]) for _, body in app.heard if b"payload=" in body]
    return [one for one in told if one["type"] == kind]


def chosen(app: Listener) -> list[Any]:
    """What was chosen, in the order in which the app was told."""
    actions = [one["actions"][0] for one in payloads(app)]
    return [one["selected_option"] and one["selected_option"]["value"] for one in actions if "selected_option" in one]


def said(slack: Running, *blocks: Json, words: str = "Choose, please") -> str:
    """A message of the app with these blocks; gives its ts."""
    room = slack.workspace.channel("#praise")
    return str(slack.workspace.say_as_app(room, words, accepted(list(blocks)))["ts"])


def changed(slack: Running, ts: str, *blocks: Json) -> None:
    """The app puts these blocks into its message."""
    channel = slack.workspace.channel("#praise").id
    slack.workspace.messages.rewrite(channel, ts, "Choose, please", accepted(list(blocks)))


def entry(window: Window, ts: str, place: str = "m") -> Locator:
    """That message in the room, or with "t" in the thread."""
    return window.page.locator(f'[id="{place}-{ts}"]')


def react(slack: Running, ts: str) -> None:
    """Somebody reacts to a message, so that it is drawn anew."""
    slack.program.acts.react("mei", "#praise", ts, "tada")
