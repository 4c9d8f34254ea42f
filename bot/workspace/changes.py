"""Who wants to know hears what has changed in the workspace, in the moment in which it has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

KINDS = (
    "message", "ephemeral", "views", "home", "channels", "people", "read", "clock", "faults", "traffic", "app",
    "guide", "story", "stage",
)  # fmt: skip
"""`read` is how far somebody has read, `traffic` a line in the journal, `app` whether and how the app is reached.

`guide` is a tick in it, `story` its caption, and `stage` how it goes."""


@dataclass(frozen=True)
class Change:
    """What has changed: `kind` is one of KINDS.

    `place` is the channel of a message or of an ephemeral, and `key` its ts; of views and home `place` is the person;
    of channels `place` is the channel; of people `key` is the person; of read `place` is the channel and `key` the
    person. Of traffic `key` is the number of the entry, and `place` is "trouble" if the app broke a rule.
    """

    kind: str
    place: str = ""
    key: str = ""


class Changes:
    """Tells all that listen, at once and in order; a listener must not take long."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def tell(self, kind: str, place: str = "", key: str = "") -> None:
        """Something has changed."""
        change = Change(kind, place, key)
        for listener in list(self._listeners):
            listener(change)

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Let somebody listen for good."""
        self._listeners.append(listener)

    @contextmanager
    def heard(self, listener: Callable[[Change], None]) -> Iterator[None]:
        """Let somebody listen while the block runs."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)
