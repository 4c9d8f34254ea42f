"""When a day is a working day (product.md 1)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

AHEAD = timedelta(days=2 * 366)
"""How far ahead a single date may be set: beyond it somebody mistyped the year."""

SingleDates = Mapping[date, bool]
"""The dates that admins set, and whether people work on them."""


def is_working(
    day: date,
    workdays: frozenset[int],
    holiday: Callable[[date], bool],
    swap: Callable[[date], bool],
    single: SingleDates,
) -> bool:
    """Whether people work on `day`: what an admin said of this very date; else whether it is one of `workdays` (Monday
    is 0) that is no holiday, or a swap day."""
    if day in single:
        return single[day]
    return (day.weekday() in workdays and not holiday(day)) or swap(day)
