"""What is told to the app, what it answers, and a way to it."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.workspace.shapes import Json


@dataclass
class Ack:
    """The app's answer to one attempt: `error` is None if it came in time; `body` is what it said; `fault` struck."""

    body: Json = field(default_factory=dict)
    error: str | None = None
    detail: str = ""
    ms: float = 0.0
    stop_retries: bool = False
    fault: str = ""

    @property
    def ok(self) -> bool:
        return self.error is None


@dataclass
class Delivery:
    """One thing told to the app; `kind` is events_api, slash_commands or interactive."""

    id: str
    kind: str
    what: str
    payload: Json
    attempts: int = 0


class Transport(Protocol):
    """A way to the app."""

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Ack:
        """Try once; never raises, gives the ack or the error."""
