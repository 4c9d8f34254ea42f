"""Which days a company works: its weekdays, its country's holidays and swap days (product.md 1)."""

from collections.abc import Callable
from datetime import date
from functools import cache

import holidays

from bot.rules.company import Company
from bot.rules.working_days import is_working


@cache
def _country(code: str) -> holidays.HolidayBase:
    country, _, subdivision = code.partition("-")
    return holidays.country_holidays(country, subdiv=subdivision or None)


def calendar(company: Company) -> Callable[[date], bool]:
    """A function that says of a date whether the company works on it."""
    if not company.holidays:
        return lambda day: day.weekday() in company.workdays
    country = _country(company.holidays)

    def swapped(day: date) -> bool:
        return country.is_weekend(day) and country.is_working_day(day)

    return lambda day: is_working(day, company.workdays, country.__contains__, swapped)
