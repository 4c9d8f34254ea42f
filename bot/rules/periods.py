"""The periods over which points are counted: the current calendar ones in the workspace's zone (product.md 5)."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Period = Literal["week", "month", "quarter", "year", "all"]
PERIODS: tuple[Period, ...] = get_args(Period)
EVER = date(1970, 1, 1)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an aware `moment` in `zone`."""
    return moment.astimezone(zone).date()


def start(period: Period, day: date) -> date:
    """The first day of the `period` in which `day` lies; weeks begin on Monday, `all` began in 1970."""
    match period:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case "all":
            return EVER


@lru_cache(64)
def starts(day: date) -> tuple[tuple[Period, date], ...]:
    """Every period with its first day for `day`: where an entry of that day is counted."""
    return tuple((period, start(period, day)) for period in PERIODS)


def before(day: date) -> tuple[date, date]:
    """The month before that of `day`, from its first day to the same day of it, or to its last one."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last.replace(day=min(day.day, last.day))


def weeks(first: date, last: date) -> tuple[date, ...]:
    """The Monday of every week in which some day of a span lies."""
    monday = start("week", first)
    return tuple(monday + timedelta(days=days) for days in range(0, (last - monday).days + 1, 7))
