"""Quiet hours of the workspace: what is not urgent waits until they end (product.md 1, At once)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

BEFORE_RITUAL = timedelta(minutes=1)
"""What waits leaves at latest this long before the ritual, so that the day opens after it."""


@dataclass(frozen=True)
class QuietHours:
    """From `start` to `end` by the wall clock; they may cross midnight, and equal ends mean none."""

    start: time
    end: time

    def hold(self, wall: time) -> bool:
        """Whether it is quiet at this time of the day; the end itself is not."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


def earliest(now: datetime, quiet: QuietHours | None, zone: ZoneInfo, next_ritual: datetime | None) -> datetime:
    """When words of `now` may leave: at once, or when quiet hours end, at latest just before the next ritual.

    All times are aware; the answer is never before `now`.
    """
    local = now.astimezone(zone)
    if quiet is None or not quiet.hold(local.time()):
        return now
    ends_on = local.date() + timedelta(days=quiet.end <= local.time())
    pass_ = local.fold if ends_on == local.date() else 0  # in an hour that the clocks repeat: of the same pass
    ends = datetime.combine(ends_on, quiet.end, zone).replace(fold=pass_).astimezone(now.tzinfo)
    latest = next_ritual - BEFORE_RITUAL if next_ritual else ends
    return max(now, min(ends, latest))
