"""How fast messages may leave: evenly, within the workspace's budget, and never against Slack's Retry-After.

The budget starts at 4 a second, is halved when Slack answers 429 and grows by 0.5 after each clean minute, capped by a
setting. An idle second is not made up for: Slack takes 200 a second sent evenly and refuses bursts. Time is monotonic.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic

POST = "chat.postMessage"
UPDATE = "chat.update"
FILE = "files.completeUploadExternal"

START = 4.0
GROWTH = 0.5
CLEAN_S = 60.0
SLOWEST = 0.25
UPDATE_GAP_S = 60 / 38
"""Between two chat.update, so that no minute sees 40 (Slack's tier 3 is 50)."""
CHANNEL_GAP_S = 1.0
DEFAULT_HOLD_S = 5.0
"""How long a method rests that was limited without a Retry-After."""
READS_A_MINUTE = 45
"""Of each method with which a message is looked for (tier 3: 50)."""
LATE_S = 0.05
"""Whoever wakes up so late for their moment does not put off the next one: the processor was busy."""
STUMBLES = 3
LONGEST_PAUSE_S = 8.0


class Pace:
    """Grants the moments at which a call may leave; `cap` is the most messages a second."""

    def __init__(self, cap: float, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._cap = cap
        self._rate = min(START, cap)
        self._clean_since = now()
        self._next = 0.0
        self._held: dict[str, float] = {}
        self._reads: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=READS_A_MINUTE))
        self._failures = 0
        self._paused_until = 0.0
        self._closed = False

    @property
    def rate(self) -> float:
        """Messages a second at present."""
        minutes = int((self._now() - self._clean_since) // CLEAN_S)
        if minutes > 0:
            self._clean_since += minutes * CLEAN_S
            self._rate = min(self._cap, self._rate + minutes * GROWTH)
        return self._rate

    @property
    def lanes(self) -> int:
        """How many messages may be on their way at once: two seconds' worth, or one to see whether Slack is back."""
        return 1 if self.struggling else max(2, min(32, round(2 * self.rate)))

    @property
    def struggling(self) -> bool:
        """Whether Slack has left several calls in a row without an answer."""
        return self._failures >= STUMBLES

    def wait(self, method: str) -> float:
        """Seconds until `method` may be called."""
        return max(self._next, self._paused_until, self._held.get(method, 0.0)) - self._now()

    async def slot(self, method: str, deadline: float) -> bool:
        """Wait for the next moment at which `method` may be called; False if it comes after `deadline` or never."""
        while not self._closed:
            wait = self.wait(method)
            if wait <= 0:
                self._next = self._now() + (wait if wait > -LATE_S else 0.0) + 1 / self.rate
                if method == UPDATE:
                    self.hold(method, UPDATE_GAP_S)
                return True
            if self._now() + wait > deadline:
                return False
            await asyncio.sleep(wait)
        return False

    def read(self, method: str) -> float:
        """Seconds until `method`, which only reads, may be called; 0 if it may now, and then it counts as called."""
        now, reads = self._now(), self._reads[method]
        free = reads[0] + 60.0 if len(reads) == READS_A_MINUTE else now
        wait = max(free, self._held.get(method, 0.0)) - now
        if wait <= 0:
            reads.append(now)
        return max(0.0, wait)

    def hold(self, method: str, seconds: float) -> None:
        """No call of `method` for so long."""
        self._held[method] = max(self._held.get(method, 0.0), self._now() + seconds)

    def limited(self, method: str, retry_after: float) -> None:
        """Slack answered 429: the method rests, and the budget is halved once for all calls that met the same limit."""
        if self._held.get(method, 0.0) <= self._now() or method == UPDATE:
            self._rate = max(min(SLOWEST, self._cap), self.rate / 2)
        self._clean_since = self._now()
        self.hold(method, retry_after)

    def unanswered(self) -> None:
        """A call got no answer. After several in a row everything pauses, longer each time, so that an outage does not
        leave hundreds of messages of which nobody knows whether they arrived."""
        self._failures += 1
        if self.struggling:
            pause = min(LONGEST_PAUSE_S, 2.0 ** (self._failures - STUMBLES))
            self._paused_until = self._now() + pause

    def answered(self) -> bool:
        """Slack answered; True if it had not for a while."""
        recovered, self._failures = self.struggling, 0
        self._paused_until = 0.0
        return recovered

    def close(self) -> None:
        """Grant nothing more."""
        self._closed = True
