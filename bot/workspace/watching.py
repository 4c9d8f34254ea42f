"""Shows what the app posts and changes, as it happens."""

import asyncio
import json
from datetime import datetime

from bot.workspace import times
from bot.workspace.client import Control
from bot.workspace.picture import PEOPLE, ROOMS, picture
from bot.workspace.screen import Screen
from bot.workspace.shapes import Json

LOOK_S = 0.3
POSTED = {"chat.postMessage": "", "chat.update": ", changed", "chat.postEphemeral": ", for one person"}


async def watch(people: Control, screen: Screen) -> None:
    """Print every message from now on, until cancelled."""
    seen = max((entry["n"] for entry in await people.traffic()), default=-1)
    while True:
        await asyncio.sleep(LOOK_S)
        for entry in await people.traffic():
            if entry["n"] > seen and entry["ok"] and entry.get("method") in POSTED:
                _show(entry, screen)
            seen = max(seen, entry["n"])


def _show(entry: Json, screen: Screen) -> None:
    given, result = entry["args"], entry.get("result") or {}
    blocks = given.get("blocks")
    message = {**given, "blocks": json.loads(blocks) if isinstance(blocks, str) else blocks}
    clock = datetime.fromtimestamp(entry["at"], times.HERE)
    channel = str(result.get("channel") or given["channel"])
    screen.scene(f"{clock:%H:%M}", _where(channel) + POSTED[entry["method"]])
    screen.shows(picture(message))


def _where(channel: str) -> str:
    """Name a channel; a direct message by the person, whose id it has but for the first letter."""
    person = PEOPLE.get("U" + channel[1:])
    return f"{person}, direct message" if person else ROOMS.get(channel, channel)
