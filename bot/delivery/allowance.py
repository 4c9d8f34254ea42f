"""How often views.publish may be called (tier 4: about 100 a minute): evenly, some at once for who opens Home.

It has nothing to do with the budget of messages: Slack counts each method by itself.
"""

from collections.abc import Callable
from time import monotonic

A_SECOND = 1.5
AT_ONCE = 12.0
RESERVED = 6.0
"""So many are kept for those who opened Home or did something; the rest is for what others changed."""


class Allowance:
    """Counts the calls that may be made now; time is monotonic."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._left, self._at = AT_ONCE, now()
        self._held_until = 0.0

    def wait(self, *, urgent: bool) -> float:
        """Seconds until a call may be made; 0 if it may now."""
        self._refill()
        least = 1.0 if urgent else 1.0 + RESERVED
        return max(0.0, (least - self._left) / A_SECOND, self._held_until - self._now())

    def take(self) -> None:
        """A call will be made."""
        self._refill()
        self._left -= 1.0

    def give_back(self) -> None:
        """It was not needed after all."""
        self._left = min(AT_ONCE, self._left + 1.0)

    def hold(self, seconds: float) -> None:
        """No call for so long, and then none at once: Slack said that they were too many."""
        self._refill()
        self._left, self._held_until = min(self._left, 0.0), max(self._held_until, self._now() + seconds)

    def _refill(self) -> None:
        now = self._now()
        self._left, self._at = min(AT_ONCE, self._left + (now - self._at) * A_SECOND), now
