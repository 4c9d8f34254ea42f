"""What can go wrong between Slack and the app, as data: set by a story, used up one by one, counted."""

import asyncio
import random
import time
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
CONNECTIONS = ("unreachable",)
"""A Socket Mode connection is not taken: it is reset before it is one."""
KINDS = (*ANSWERS, *DELIVERIES, *CONNECTIONS)
SECONDS = {"slow": 5.0, "timeout": 30.0, "429": 1.0, "late": 1.0, "overtaken": 5.0}
ALL = "*"


@dataclass(eq=False)
class Fault:
    """One fault: `where` is a method, "response_url", "upload" (of a file), a delivery's kind or an event's or
    payload's type, or "*".

    It strikes `count` times (0: until it is cleared), within `during` seconds of real time from when it was set (0: at
    any time), each time with `chance`, decided by `seed`, and only what `contains` those words somewhere in the call or
    delivery. `scene` says to which scene it belongs, if to any.
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
    during: float = 0.0
    scene: str = ""
    hits: int = 0
    _since: float = field(init=False, repr=False, default_factory=time.monotonic)
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Impossible(f"there is no fault {self.kind!r}; there are {', '.join(KINDS)}")
        if self.transport not in ("", "http", "socket"):
            raise Impossible("transport is http, socket, or empty for both")
        self._dice = random.Random(self.seed)

    @property
    def lasts(self) -> float:
        """Its seconds, or what is usual for its kind."""
        return SECONDS.get(self.kind, 0.0) if self.seconds is None else self.seconds

    @property
    def left(self) -> float | None:
        """The seconds of real time that are left to it; None if time does not end it."""
        return max(0.0, self._since + self.during - time.monotonic()) if self.during else None

    @property
    def over(self) -> bool:
        """True once it has struck as often, or stood as long, as it was asked to."""
        return bool(self.count and self.hits >= self.count) or self.left == 0.0

    def strikes(self, kinds: tuple[str, ...], names: tuple[str, ...], transport: str, words: str) -> bool:
        """True if it is this fault's turn; then it is one nearer to its end."""
        fits = self.kind in kinds and self.where in (ALL, *names) and self.transport in ("", transport)
        if not fits or self.contains not in words or self.over or self._dice.random() >= self.chance:
            return False
        self.hits += 1
        return True

    def told(self) -> Json:
        """Give it as data, with how often it has struck, the seconds that are left, and whether it is over."""
        held = {name: value for name, value in asdict(self).items() if not name.startswith("_")}
        return {**held, "left": self.left, "over": self.over}


class Faults:
    """All faults that are set; of those that fit, the one set first strikes. `changed` hears of everything."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._set: list[Fault] = []
        self._changed = changed

    def add(self, kind: str, where: str = ALL, **more: object) -> Json:
        """Set one; Impossible if there is no such fault."""
        fault = Fault(kind, where, **more)  # type: ignore[arg-type]
        self._set.append(fault)
        if fault.during:
            asyncio.get_running_loop().call_later(fault.during, self._changed)
        self._changed()
        return fault.told()

    def clear(self, scene: str = "") -> list[Json]:
        """Let everything be well again, or this scene alone; gives what was set, with its hits."""
        gone = [fault for fault in self._set if scene in ("", fault.scene)]
        self._set = [fault for fault in self._set if fault not in gone]
        self._changed()
        return [fault.told() for fault in gone]

    def behind(self, scene: str) -> None:
        """Let the faults of this scene strike only what no other does."""
        self._set.sort(key=lambda fault: fault.scene == scene)

    @property
    def standing(self) -> bool:
        """True if there is one that may strike."""
        return any(not fault.over for fault in self._set)

    def told(self) -> list[Json]:
        """Give all that are set, with their hits."""
        return [fault.told() for fault in self._set]

    def of_answer(self, method: str, words: str = "") -> Fault | None:
        """Give the fault that strikes this call, if any; `words` is all that it says."""
        return self._strike(ANSWERS, (method,), "", words)

    def of_delivery(self, names: tuple[str, ...], transport: str, words: str = "") -> Fault | None:
        """Give the fault that strikes this delivery, if any; `words` is all that it says."""
        return self._strike(DELIVERIES, names, transport, words)

    def of_connection(self) -> Fault | None:
        """Give the fault that strikes this new connection, if any."""
        return self._strike(CONNECTIONS, (), "socket", "")

    def _strike(self, kinds: tuple[str, ...], names: tuple[str, ...], transport: str, words: str) -> Fault | None:
        struck = next((fault for fault in self._set if fault.strikes(kinds, names, transport, words)), None)
        if struck is not None:
            self._changed()
        return struck
