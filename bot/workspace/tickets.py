"""Things that may be used only so often and so long: trigger ids, response urls, socket tickets."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from bot.workspace import limits
from bot.workspace.clock import WorkspaceClock
from bot.workspace.shapes import SlackError

KEPT = 20_000


def _forget_oldest(known: dict[str, Any]) -> None:
    """A long run mints more than anybody will use."""
    if len(known) > KEPT:
        del known[next(iter(known))]


@dataclass
class Trigger:
    user: str
    born: float
    view: str | None = None  # the view clicked in, for views.push
    used: bool = False


@dataclass
class Triggers:
    """Trigger ids: one use, three seconds of real time."""

    seconds: float = limits.TRIGGER_SECONDS
    _known: dict[str, Trigger] = field(default_factory=dict)

    def new(self, user: str, view: str | None = None) -> str:
        """Mint one for a person's act."""
        name = f"{secrets.randbelow(10**10):010d}.{secrets.randbelow(10**10):010d}.{secrets.token_hex(16)}"
        self._known[name] = Trigger(user, time.monotonic(), view)
        _forget_oldest(self._known)
        return name

    def check(self, name: str) -> Trigger:
        """Give the live trigger; invalid_, exchanged_ or expired_trigger_id otherwise."""
        trigger = self._known.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.born > self.seconds:
            raise SlackError("expired_trigger_id")
        return trigger


@dataclass
class ResponseUrl:
    """Where an answer to an act may be sent: five times in thirty minutes of the workspace's clock."""

    key: str
    user: str
    channel: str
    born: float
    message_ts: str | None = None
    ephemeral: bool = False
    uses: int = 0


@dataclass
class ResponseUrls:
    """All response urls, by the secret part of their path."""

    clock: WorkspaceClock
    base: str = ""
    kept: dict[str, ResponseUrl] = field(default_factory=dict)

    def new(self, kind: str, user: str, channel: str, *, ts: str | None = None, ephemeral: bool = False) -> str:
        """Mint one; gives the whole address. `kind` is commands or actions, as in Slack's own addresses."""
        key = secrets.token_hex(12)
        self.kept[key] = ResponseUrl(key, user, channel, self.clock.now(), ts, ephemeral)
        _forget_oldest(self.kept)
        return f"{self.base}/hooks/{kind}/{key}"

    def use(self, key: str) -> ResponseUrl:
        """Give the url if it may still be used; no_service, used_url or expired_url otherwise."""
        url = self.kept.get(key)
        if url is None:
            raise SlackError("no_service")
        if url.uses >= limits.RESPONSE_URL_USES:
            raise SlackError("used_url")
        if self.clock.now() - url.born > limits.RESPONSE_URL_SECONDS:
            raise SlackError("expired_url")
        return url


@dataclass
class SocketTickets:
    """Socket Mode tickets: each opens one connection."""

    _open: set[str] = field(default_factory=set)

    def new(self) -> str:
        ticket = secrets.token_hex(12)
        self._open.add(ticket)
        return ticket

    def use(self, ticket: str) -> bool:
        """True once for each ticket."""
        if ticket in self._open:
            self._open.remove(ticket)
            return True
        return False
