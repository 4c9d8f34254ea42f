"""The arguments of one call, however they were encoded."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import TypeVar

from bot.workspace.shapes import Json, SlackError

Item = TypeVar("Item")


def missing(*names: str) -> SlackError:
    """Give the refusal for arguments that are not there."""
    lines = [f"[ERROR] missing required field: {name}" for name in names]
    return SlackError("invalid_arguments", response_metadata={"messages": lines})


class Arguments:
    """Reads arguments as text, flag, number or JSON; booleans come as true, 1 or "true"."""

    def __init__(self, given: Json) -> None:
        self._given = given

    def __contains__(self, name: str) -> bool:
        return self._given.get(name) is not None

    def raw(self, name: str) -> object:
        return self._given.get(name)

    def text(self, name: str, default: str = "") -> str:
        """Give a text argument; a number is taken as its digits."""
        value = self._given.get(name, default)
        if isinstance(value, bool | dict | list):
            raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {name} must be a string"]})
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """Give a text argument that must be there."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Give a boolean argument."""
        value = self._given.get(name)
        return default if value is None else str(value).lower() in ("1", "true")

    def limit(self, most: int, default: int) -> int:
        """Give `limit`; invalid_limit outside 1..most."""
        words = self.text("limit") or str(default)
        if not words.isdigit() or not 0 <= int(words) <= most:
            raise SlackError("invalid_limit")
        return int(words) or default

    def object(self, name: str, refusal: str) -> Json | None:
        """Give an argument that is an object or its JSON text, or None."""
        value = self._given.get(name)
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                raise SlackError(refusal) from None
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise SlackError(refusal)
        return value

    def page(self, items: Sequence[Item], most: int = 1_000, default: int = 1_000) -> tuple[list[Item], Json]:
        """Give one page of items and the response_metadata with the next cursor (empty at the end)."""
        size = self.limit(most, default)
        start = self._start()
        after = start + size
        cursor = urlsafe_b64encode(f"next:{after}".encode()).decode() if after < len(items) else ""
        return list(items[start:after]), {"next_cursor": cursor}

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        try:
            word, _, place = urlsafe_b64decode(cursor.encode()).decode().partition(":")
            if word != "next":
                raise ValueError(word)
            return int(place)
        except ValueError:
            raise SlackError("invalid_cursor") from None
