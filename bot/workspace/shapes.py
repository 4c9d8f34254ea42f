"""The two shapes that every part of the stand-in shares: a JSON object and a refusal."""

import json
from typing import Any

Json = dict[str, Any]
REASONS = (
    "already",
    "beyond",
    "broken",
    "connection_failed",
    "deactivated",
    "failed",
    "gone",
    "http_timeout",
    "no_place",
    "not_a_member",
    "overtaken",
    "timeout",
    "unknown_command",
)


class SlackError(Exception):
    """A Web API refusal, answered as ``{"ok": false, "error": error, **extra}``."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra: Json = extra

    def body(self) -> Json:
        """Give the JSON body Slack would answer."""
        return {"ok": False, "error": self.error, **self.extra}


class Impossible(Exception):
    """What the control API asked for cannot be done by that person in Slack's own client.

    `code` is one of REASONS where it is what happens to people at the page, which says it in their words; else empty.
    """

    def __init__(self, why: str, code: str = "") -> None:
        super().__init__(why)
        assert code in ("", *REASONS), code
        self.code = code


def copied(value: Json) -> Json:
    """Give a deep copy: views and messages change under whoever keeps them."""
    copy: Json = json.loads(json.dumps(value))
    return copy
