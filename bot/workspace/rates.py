"""Slack's own speed limits (docs.slack.dev, apis/web-api/rate-limits), enforced if a story asks for it."""

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.workspace.arguments import Arguments
from bot.workspace.shapes import Json, SlackError

POST = "chat.postMessage"
TIERS = {
    "apps.connections.open": 1,
    "auth.test": 600,
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.list": 20,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "files.completeUploadExternal": 100,
    "files.delete": 50,
    "files.getUploadURLExternal": 100,
    "files.info": 100,
    "reactions.add": 50,
    "reactions.get": 50,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "users.info": 100,
    "users.list": 20,
    "users.lookupByEmail": 50,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Calls a minute by method (tiers 1 to 4; auth.test is special). Slack lets more through for a moment."""
POSTS_A_MINUTE = 300
"""All chat.postMessage of a workspace: "several hundred messages per minute" is all that Slack says."""


class RateLimited(SlackError):
    """Too many calls; only this method is refused, for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = max(1, math.ceil(seconds))


@dataclass
class _Bucket:
    """Holds `size` calls and gets `rate` a second back."""

    rate: float
    size: float
    left: float
    at: float

    def take(self, now: float) -> float:
        """Take one; gives the seconds until there is one, 0 if there was."""
        self.left = min(self.size, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left < 1:
            return (1 - self.left) / self.rate
        self.left -= 1
        return 0.0


@dataclass
class Rates:
    """The limits, off until `enforce`; time is the machine's, not the workspace's clock."""

    now: Callable[[], float] = time.monotonic
    refused: Counter[str] = field(default_factory=Counter)
    _on: bool = False
    _post_rate: float = 1.0
    _burst: int = 1
    _tiers: bool = True
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def enforce(self, post_rate: float = 1.0, burst: int = 3, tiers: bool = True, on: bool = True) -> Json:
        """From now on take `post_rate` posts a second in one channel, `burst` at once, and by method what Slack takes.

        Gives how many calls were refused so far, by method.
        """
        self._on, self._post_rate, self._burst, self._tiers = on, float(post_rate), int(burst), tiers
        self._buckets.clear()
        return dict(self.refused)

    def check(self, method: str, arguments: Arguments) -> None:
        """Count one call; RateLimited if it is one too many."""
        if not self._on:
            return
        limits: list[tuple[str, float, float]] = []
        if method == POST:
            limits.append((f"{POST} {arguments.text('channel')}", self._post_rate, self._burst))
        if self._tiers:
            minute = POSTS_A_MINUTE if method == POST else TIERS.get(method, 20)
            limits.append((method, minute / 60, max(minute / 4, 5)))
        for name, rate, size in limits:
            bucket = self._buckets.setdefault(name, _Bucket(rate, size, size, self.now()))
            if wait := bucket.take(self.now()):
                self.refused[method] += 1
                raise RateLimited(wait)
