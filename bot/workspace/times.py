"""Times of day at the hotel to which the clock may be moved."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.workspace import staff

MORNING = time(9)
WORKING_DAYS = 5
HERE = ZoneInfo(staff.HERE)


def next_morning(now: float) -> datetime:
    """Give nine o'clock of the day that follows, in the hotel's zone."""
    return next(_coming(now, MORNING, 1))


def next_working_day(now: float) -> datetime:
    """Give nine o'clock of the next day that is neither Saturday nor Sunday."""
    return next(filter(_working, _coming(now, MORNING, 1)))


def next_working(now: float, at: time) -> datetime:
    """Give when it is that time again on a day that is neither Saturday nor Sunday: today, if it is still to come."""
    return next(one for one in _coming(now, at, 0) if one.timestamp() > now and _working(one))


def hotel_time(words: str) -> datetime:
    """Give a date and time without a zone, such as ``2026-11-24T09:00``, as one of the hotel's.

    Raises ValueError if it is none, or has a zone of its own.
    """
    instant = datetime.fromisoformat(words)
    if instant.tzinfo is not None:
        raise ValueError("the hotel's time has no zone of its own, such as 2026-11-24T09:00")
    return instant.replace(tzinfo=HERE)


def _coming(now: float, at: time, days: int) -> Iterator[datetime]:
    """That time of each day, from so many days on."""
    today = datetime.fromtimestamp(now, HERE).date()
    return (datetime.combine(today + timedelta(days=ahead), at, HERE) for ahead in count(days))


def _working(one: datetime) -> bool:
    return one.weekday() < WORKING_DAYS
