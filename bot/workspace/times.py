"""Times of day at the hotel to which the clock may be moved."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.workspace import staff

MORNING = time(9)
WORKING_DAYS = 5
HERE = ZoneInfo(staff.HERE)


def next_morning(now: float) -> datetime:
    """Give nine o'clock of the day that follows, in the hotel's zone."""
    return _morning(now, 1)


def next_working_day(now: float) -> datetime:
    """Give nine o'clock of the next day that is neither Saturday nor Sunday."""
    mornings = (_morning(now, days) for days in range(1, 8))
    return next(one for one in mornings if one.weekday() < WORKING_DAYS)


def hotel_time(words: str) -> datetime:
    """Give a date and time without a zone, such as ``2026-11-24T09:00``, as one of the hotel's.

    Raises ValueError if it is none, or has a zone of its own.
    """
    instant = datetime.fromisoformat(words)
    if instant.tzinfo is not None:
        raise ValueError("the hotel's time has no zone of its own, such as 2026-11-24T09:00")
    return instant.replace(tzinfo=HERE)


def _morning(now: float, days: int) -> datetime:
    day = datetime.fromtimestamp(now, HERE).date() + timedelta(days=days)
    return datetime.combine(day, MORNING, HERE)
