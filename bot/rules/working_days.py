"""When a day is a working day (product.md 1)."""

from collections.abc import Callable
from datetime import date


def is_working(
    day: date, workdays: frozenset[int], holiday: Callable[[date], bool], swap: Callable[[date], bool]
) -> bool:
    """Whether people work on `day`: one of `workdays` (Monday is 0) that is no holiday, or a swap day."""
    return (day.weekday() in workdays and not holiday(day)) or swap(day)
