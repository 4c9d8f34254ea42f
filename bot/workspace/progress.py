"""Which of the seven things were really done here, by what went over the wire; it does not matter in which way."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress

from bot.workspace import scenes, seven, staff, text
from bot.workspace.changes import Changes
from bot.workspace.journal import Journal
from bot.workspace.messages import Messages
from bot.workspace.seven import NAMES, Name
from bot.workspace.shapes import Json


class Progress:
    """The ticks of one workspace."""

    def __init__(self, journal: Journal, messages: Messages, changes: Changes) -> None:
        self._messages = messages
        self._changes = changes
        self._struck = False
        self._done: set[Name] = set()
        journal.reader = self._read

    @property
    def done(self) -> list[Name]:
        """What was done, in the order in which the guide has it."""
        return [name for name in NAMES if name in self._done]

    def restore(self, done: list[str]) -> None:
        """Tick what was done another time."""
        self._done = {name for name in NAMES if name in done}

    def _read(self, entry: Json) -> None:
        """Look at one entry of the journal: does it show that something was done?

        What went over the wire may be of any shape: what cannot be read shows nothing, and stops nobody.
        """
        with suppress(KeyError, TypeError, AttributeError, ValueError):
            self._look(entry)

    def _look(self, entry: Json) -> None:
        broken = entry["way"] == "fault" and entry["method"] == scenes.POST and entry.get("scene") == seven.SCENE
        self._struck = self._struck or broken
        found = {name for name, shows in SHOWN.items() if name not in self._done and shows(self._messages, entry)}
        if "break" not in self._done and self._struck and self._once(entry):
            found.add("break")
        if found:
            self._done |= found
            self._changes.tell("guide")

    def _once(self, entry: Json) -> bool:
        """True if a praise arrived after Slack had been broken, and is there once."""
        if not _praise(self._messages, entry):
            return False
        self._struck = False
        words = str(entry["args"].get("text"))
        there = [one for one in self._messages.of(staff.PRAISE_CHANNEL) if one["text"] == words]
        return len(there) == 1


def praise_post(message: Json) -> bool:
    """True if this is the post of a praise."""
    return message.get("bot_id") == staff.BOT_ID and seven.PRAISE_MENU in _actions(message.get("blocks"))


def _actions(blocks: object) -> set[str]:
    found = json.loads(blocks) if isinstance(blocks, str) else blocks
    return {str(node["action_id"]) for node in text.texts_of(found) if node.get("action_id")}


def _posted(entry: Json) -> bool:
    """True if the app posted in the channel of praise, and not in a thread."""
    return (
        entry["way"] == "from_app"
        and entry["method"] == "chat.postMessage"
        and bool(entry["ok"])
        and entry["args"].get("channel") == staff.PRAISE_CHANNEL
        and not entry["args"].get("thread_ts")
    )


def _praise(_messages: Messages, entry: Json) -> bool:
    return _posted(entry) and seven.PRAISE_MENU in _actions(entry["args"].get("blocks"))


def _applause(messages: Messages, entry: Json) -> bool:
    """One of the staff reacted to what the app posted for all."""
    event = _event(entry)
    if event.get("type") != "reaction_added" or event["user"] not in {one.id for one in staff.STAFF}:
        return False
    message = messages.get(str(event["item"].get("channel")), str(event["item"].get("ts")))
    return message is not None and message.get("bot_id") == staff.BOT_ID and event["item"]["channel"][0] != "D"


def _thanks(_messages: Messages, entry: Json) -> bool:
    return (
        entry["way"] == "from_app"
        and entry["method"] == "chat.postMessage"
        and bool(entry["ok"])
        and seven.KUDOS_BUTTON in _actions(entry["args"].get("blocks"))
    )


def _morning(_messages: Messages, entry: Json) -> bool:
    return _posted(entry) and str(entry["args"].get("text")).startswith(seven.GREETINGS)


def _pulse(_messages: Messages, entry: Json) -> bool:
    actions = _acted(entry).get("actions") or []
    return any(str(one.get("action_id")).startswith(seven.ANSWER) for one in actions)


def _idea(_messages: Messages, entry: Json) -> bool:
    payload = _acted(entry)
    sent = payload.get("type") == "view_submission" and payload["view"].get("callback_id") == seven.IDEA_FORM
    return bool(sent) and entry["ack"].get("response_action") != "errors"


def _acted(entry: Json) -> Json:
    """What somebody did, if the app took it."""
    taken = entry["way"] == "to_app" and entry["kind"] == "interactive" and entry["ok"]
    return dict(entry["payload"]) if taken else {}


def _event(entry: Json) -> Json:
    taken = entry["way"] == "to_app" and entry["kind"] == "events_api" and entry["ok"]
    return dict(entry["payload"].get("event") or {}) if taken else {}


SHOWN: Mapping[Name, Callable[[Messages, Json], bool]] = {
    "praise": _praise,
    "applaud": _applause,
    "thank": _thanks,
    "morning": _morning,
    "pulse": _pulse,
    "idea": _idea,
}
"""What shows that something was done; that Slack was broken shows only in a row of entries."""
