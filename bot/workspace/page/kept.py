"""What was drawn is kept for all who read alike, until it changes."""

import json
import re
from collections.abc import Callable
from weakref import WeakKeyDictionary

from bot.workspace.changes import Change
from bot.workspace.page import times
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json
from bot.workspace.state import Workspace

MOST = 1_024
"""So many drawings are kept; those drawn first go first."""
PERSON = re.compile(r"U[A-Z0-9]{6,}")
EVERYBODY = ("<!", "<#", '"broadcast"', '"usergroup"', '"channel_id"', "conversations_select", "channels_select")
"""What stands in messages that are drawn otherwise for those who are meant, or may look there, without naming them."""
FLEETING = "{ago}"
"""What stands in messages that are drawn otherwise a moment later."""
Look = tuple[str, ...]


class Kept:
    """Drawings of the messages of one workspace.

    All who have the same language, locale, zone and day get the same, unless the message names them: by their id, which
    whatever is personal in a message must hold (its author, a mention, a reaction).
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str], dict[Look, str]] = {}
        self._named: dict[tuple[str, str], frozenset[str]] = {}
        self._count = 0

    def drawing(
        self, reader: Reader, channel: str, message: Json, how: Look, draw: Callable[[], str], beside: Json | None
    ) -> str:
        """Give the drawing of a message for this reader, `how` telling drawings of one message apart.

        `beside` is another message of the channel, whose words are drawn with it.
        """
        place = channel, str(message["ts"])
        named = self.named(channel, message)
        if beside is not None:
            named, how = named | self.named(channel, beside), (*how, str(beside["text"]))
        if FLEETING in named:
            return draw()
        personal = reader.id if reader.id in named or "" in named else ""
        today = times.today(reader).isoformat()
        look = (*how, reader.words.language, reader.locale, reader.zone.key, today, personal)
        there = self._drawn.setdefault(place, {})
        if look not in there:
            self._make_room()
            there = self._drawn.setdefault(place, there)
            there[look] = draw()
            self._count += 1
        return there[look]

    def named(self, channel: str, message: Json) -> frozenset[str]:
        """Give the ids of all whom a message names; an empty one among them if it means a group or everybody.

        FLEETING is among them too if it tells how long ago something was.
        """
        place = channel, str(message["ts"])
        if place not in self._named:
            whole = json.dumps(message, ensure_ascii=False)
            found = set(PERSON.findall(whole))
            if any(one in whole for one in EVERYBODY):
                found.add("")
            if FLEETING in whole:
                found.add(FLEETING)
            self._named[place] = frozenset(found)
            if len(self._named) > MOST * 4:
                del self._named[next(iter(self._named))]
        return self._named[place]

    def hear(self, change: Change) -> None:
        """Forget what has changed; names, zones and rooms may stand anywhere."""
        if change.kind == "message":
            self._count -= len(self._drawn.pop((change.place, change.key), {}))
            self._named.pop((change.place, change.key), None)
        elif change.kind in ("people", "channels", "clock"):
            self._drawn.clear()
            self._count = 0

    def _make_room(self) -> None:
        while self._count >= MOST and self._drawn:
            self._count -= len(self._drawn.pop(next(iter(self._drawn))))


_all: WeakKeyDictionary[Workspace, Kept] = WeakKeyDictionary()


def kept(workspace: Workspace) -> Kept:
    """Give what is kept of a workspace."""
    if workspace not in _all:
        _all[workspace] = Kept()
        workspace.changes.listen(_all[workspace].hear)
    return _all[workspace]
