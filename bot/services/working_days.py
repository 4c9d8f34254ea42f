"""Which days a company works: its weekdays, its country's holidays and swap days, single dates (product.md 1)."""

from calendar import isleap
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from bot.rules.company import Company
from bot.rules.working_days import SingleDates, is_working

SWAPS_ENDED = frozenset({"TW"})
"""Countries of the package's swap days that announce none any more: Taiwan buys no day off with a worked Saturday since
2026 (the work calendar of the DGPA)."""


@cache
def _year(code: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """A country's holidays and swap days of one year.

    They are copied out whole: the package's own calendar fills itself while it is read, and readers share threads.
    """
    days = _package(code, year)
    every = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365 + isleap(year))]
    swapped = frozenset(day for day in every if days.is_weekend(day) and days.is_working_day(day))
    return frozenset(day for day in every if day in days), swapped


@cache
def _names(code: str, year: int, language: str) -> Mapping[date, str]:
    """What a country's holidays of one year are called: in the language if the package has it, else in its own."""
    wanted = {"zh-Hant": "zh_TW", "zh-Hans": "zh_CN"}.get(language, language)
    spoken = sorted(_package(code).supported_languages)
    chosen = next((one for one in spoken if one == wanted or one.startswith(f"{wanted}_")), None)
    return dict(_package(code, year, chosen).items())


def _package(code: str, year: int | None = None, language: str | None = None) -> Any:
    """The package's calendar of a country ("TW") or of a region of one ("DE-BY")."""
    import holidays  # 3 MB, for whoever has a calendar; the settings have named it, so it is there already

    country, _, subdivision = code.partition("-")
    return holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=language)


def calendar(company: Company, single: SingleDates) -> Callable[[date], bool]:
    """A function that says of a date whether the company works on it; `single` are the dates that admins set."""

    def holiday(day: date) -> bool:
        return bool(company.holidays) and day in _year(company.holidays, day.year)[0]

    def swapped(day: date) -> bool:
        return bool(company.holidays) and day in _year(company.holidays, day.year)[1]

    return lambda day: is_working(day, company.workdays, holiday, swapped, single)


def marked(code: str, days: Iterable[date], language: str) -> dict[date, str]:
    """Those of these days that a country's calendar marks: a holiday with its name, a swap day with an empty one."""
    found = {}
    for day in days:
        rest, swapped = _year(code, day.year)
        if day in rest:
            found[day] = _names(code, day.year, language).get(day, "?")
        elif day in swapped:
            found[day] = ""
    return found


def reach(company: Company, today: date) -> date | None:
    """The last date of which the calendar of HOLIDAYS knows anything; None if the company has no calendar.

    The package computes holidays up to a year of its own (of Sri Lanka only to the last one that was announced). Swap
    days follow no rule: where a country announced some for this year or the last one, its calendar ends with the last
    year that the package lists, until a newer version of the package brings the next.
    """
    if not company.holidays:
        return None
    country, _, region = company.holidays.partition("-")
    package = _package(company.holidays)
    lists = (f"special_{part}public_holidays" for part in ("", f"{region.lower()}_" if region else ""))
    swaps = [year for name in lists for year, said in getattr(package, name, {}).items() if _swaps(said)]
    last = max(swaps, default=0)
    still_announced = last >= today.year - 1 and country not in SWAPS_ENDED
    return date(min(last, package.end_year) if still_announced else package.end_year, 12, 31)


def _swaps(said: Any) -> bool:
    """Whether an entry of the package, one tuple or several, names a swap: the day off and the day worked for it."""
    return any(len(one) > 3 for one in (said if isinstance(said[0], tuple) else (said,)))
