"""What can go wrong between Slack and the app, as data: set by a story, used up one by one, counted."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from bot.workspace.shapes import Impossible, Json

STATUSES = ("404", "410", "429", "500", "503")
"""The call is not accepted; the answer has this status, 429 with Retry-After."""
ANSWERS = (
    *STATUSES,
    "ratelimited",  # not accepted: status 200, {"ok": false, "error": "ratelimited"}
    "reset_before",  # not accepted: the connection is reset
    "reset_after",  # accepted, and the connection is reset instead of an answer
    "timeout",  # accepted, and no answer comes for `seconds`
    "slow",  # accepted and answered after `seconds`
    "truncated",  # accepted, and half of the answer comes
    "wrong_type",  # accepted, and the answer says that it is text/html
)
DELIVERIES = (
    "undelivered",  # the connection breaks before the app has the whole of it
    "dropped",  # the app has it, and the connection breaks before its answer
    "ack_lost",  # the app answered, and Slack did not hear it
    "late",  # delivered, and `seconds` later again, as if the answer had come too late
    "out_of_order",  # delivered, and again after the next `behind` deliveries
    "overtaken",  # delivered only after the next `behind` deliveries, or after `seconds`
    "disconnect",  # a Socket Mode `disconnect` with `reason` comes just before it, and then the socket closes
)
SECONDS = {"slow": 5.0, "timeout": 30.0, "429": 1.0, "late": 1.0, "overtaken": 5.0}
ALL = "*"


@dataclass
class Fault:
    """One fault: `where` is a method, "response_url", "upload" (of a file), a delivery's kind or an event's or
    payload's type, or "*".

    It strikes `count` times (0: until it is cleared), each time with `chance`, decided by `seed`, and only what
    `contains` those words somewhere in the call or delivery.
    """

    kind: str
    where: str = ALL
    count: int = 1
    contains: str = ""
    seconds: float | None = None
    chance: float = 1.0
    seed: int = 0
    transport: str = ""  # deliveries only: http, socket, or both
    behind: int = 1
    reason: str = "refresh_requested"
    hits: int = 0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in (*ANSWERS, *DELIVERIES):
            raise Impossible(f"there is no fault {self.kind!r}; there are {', '.join((*ANSWERS, *DELIVERIES))}")
        if self.transport not in ("", "http", "socket"):
            raise Impossible("transport is http, socket, or empty for both")
        self._dice = random.Random(self.seed)

    @property
    def lasts(self) -> float:
        """Its seconds, or what is usual for its kind."""
        return SECONDS.get(self.kind, 0.0) if self.seconds is None else self.seconds

    def strikes(self, kinds: tuple[str, ...], names: tuple[str, ...], transport: str, words: str) -> bool:
        """True if it is this fault's turn; then it is one nearer to its end."""
        fits = self.kind in kinds and self.where in (ALL, *names) and self.transport in ("", transport)
        if (
            not fits
            or self.contains not in words
            or (self.count and self.hits >= self.count)
            or self._dice.random() >= self.chance
        ):
            return False
        self.hits += 1
        return True

    def told(self) -> Json:
        """Give it as data, with how often it has struck."""
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}


class Faults:
    """All faults that are set; of those that fit, the one set first strikes. `changed` hears of everything."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._set: list[Fault] = []
        self._changed = changed

    def add(self, kind: str, where: str = ALL, **more: object) -> Json:
        """Set one; Impossible if there is no such fault."""
        fault = Fault(kind, where, **more)  # type: ignore[arg-type]
        self._set.append(fault)
        self._changed()
        return fault.told()

    def clear(self) -> list[Json]:
        """Let everything be well again; gives what was set, with its hits."""
        told, self._set = self.told(), []
        self._changed()
        return told

    def told(self) -> list[Json]:
        """Give all that are set, with their hits."""
        return [fault.told() for fault in self._set]

    def of_answer(self, method: str, words: str = "") -> Fault | None:
        """Give the fault that strikes this call, if any; `words` is all that it says."""
        return self._strike(ANSWERS, (method,), "", words)

    def of_delivery(self, names: tuple[str, ...], transport: str, words: str = "") -> Fault | None:
        """Give the fault that strikes this delivery, if any; `words` is all that it says."""
        return self._strike(DELIVERIES, names, transport, words)

    def _strike(self, kinds: tuple[str, ...], names: tuple[str, ...], transport: str, words: str) -> Fault | None:
        found = next((fault for fault in self._set if fault.strikes(kinds, names, transport, words)), None)
        if found is not None:
            self._changed()
        return found
