"""A working day is one of WORKDAYS that is no holiday, or a swap day of the calendar (product.md 1)."""

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest

from bot.rules.company import Company
from bot.services.working_days import calendar, reach


def works(company: Company, day: date, **settings: object) -> bool:
    return calendar(replace(company, **settings), {})(day)  # type: ignore[arg-type]


def test_without_a_country_only_the_weekday_counts(company: Company) -> None:
    assert works(company, date(2026, 12, 25)) and not works(company, date(2026, 12, 26))


@pytest.mark.parametrize(
    ("country", "day", "working"),
    [
        ("GB", date(2026, 12, 25), False),
        ("US", date(2026, 11, 26), False),
        ("CN", date(2026, 10, 1), False),
        ("CN", date(2026, 2, 14), True),  # a Saturday that is worked for the Spring Festival
        ("CN", date(2026, 2, 7), False),  # a Saturday like others
        ("DE", date(2026, 1, 6), True),
        ("DE-BY", date(2026, 1, 6), False),  # Epiphany is a holiday in Bavaria
    ],
)
def test_a_countrys_holidays_rest_and_its_swap_days_work(
    company: Company, country: str, day: date, working: bool
) -> None:
    assert works(company, day, holidays=country) is working


def test_a_holiday_rests_whatever_the_weekdays_of_the_company(company: Company) -> None:
    weekend = frozenset({5, 6})

    assert works(company, date(2026, 12, 27), holidays="GB", workdays=weekend)
    assert not works(company, date(2027, 12, 25), holidays="GB", workdays=weekend)


@pytest.mark.parametrize("country", ["CN", "TW", "SG", "US", "FR"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_monday_to_friday_agrees_with_the_calendar_of_the_package(company: Company, country: str, year: int) -> None:
    package = holidays.country_holidays(country)
    ours = calendar(replace(company, holidays=country), {})

    for ahead in range(365):
        day = date(year, 1, 1) + timedelta(days=ahead)
        assert ours(day) == package.is_working_day(day), day


@pytest.mark.parametrize(
    ("country", "today", "last"),
    [
        ("", date(2026, 11, 22), None),
        ("CN", date(2026, 11, 22), date(2026, 12, 31)),  # swap days are announced each November
        ("CN", date(2027, 2, 1), date(2026, 12, 31)),
        ("TW", date(2026, 11, 22), date(2100, 12, 31)),  # swap days until 2025, and none since
        ("UA", date(2026, 11, 22), date(2100, 12, 31)),  # the last ones were of 2022
        ("LK", date(2026, 11, 22), date(2026, 12, 31)),  # the moon is announced
        ("US", date(2026, 11, 22), date(2100, 12, 31)),
        ("DE-BY", date(2026, 11, 22), date(2100, 12, 31)),
    ],
)
def test_the_calendar_says_how_far_it_knows_the_days(
    company: Company, country: str, today: date, last: date | None
) -> None:
    assert reach(replace(company, holidays=country), today) == last


def test_a_calendar_knows_holidays_up_to_its_reach(company: Company) -> None:
    for country in ("CN", "LK", "US", "DE-BY"):
        last = reach(replace(company, holidays=country), date(2026, 11, 22))
        assert last and any(
            not works(company, last - timedelta(days=back), holidays=country, workdays=frozenset(range(7)))
            for back in range(365)
        )
    assert works(company, date(2027, 5, 1), holidays="LK", workdays=frozenset(range(7))), "it knows nothing of 2027"
