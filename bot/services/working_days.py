"""Which days a company works: its weekdays, its country's holidays and swap days (product.md 1)."""

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import holidays

from bot.rules.company import Company
from bot.rules.working_days import is_working


@cache
def _year(code: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """A country's holidays and swap days of one year.

    They are copied out whole: the package's own calendar fills itself while it is read, and readers share threads.
    """
    country, _, subdivision = code.partition("-")
    days = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    every = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365 + isleap(year))]
    swapped = frozenset(day for day in every if days.is_weekend(day) and days.is_working_day(day))
    return frozenset(day for day in every if day in days), swapped


def calendar(company: Company) -> Callable[[date], bool]:
    """A function that says of a date whether the company works on it."""
    if not company.holidays:
        return lambda day: day.weekday() in company.workdays

    def holiday(day: date) -> bool:
        return day in _year(company.holidays, day.year)[0]

    def swapped(day: date) -> bool:
        return day in _year(company.holidays, day.year)[1]

    return lambda day: is_working(day, company.workdays, holiday, swapped)
