"""A working day is one of the weekdays that is no holiday, or a swap day (product.md 1)."""

from datetime import date

import pytest

from bot.rules.working_days import is_working

FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


@pytest.mark.parametrize(
    ("day", "holiday", "swap", "working"),
    [
        (FRIDAY, False, False, True),
        (FRIDAY, True, False, False),
        (SATURDAY, False, False, False),
        (SATURDAY, False, True, True),
        (FRIDAY, True, True, True),
    ],
)
def test_weekday_holiday_and_swap_day(day: date, holiday: bool, swap: bool, working: bool) -> None:
    assert is_working(day, frozenset(range(5)), lambda _: holiday, lambda _: swap, {}) is working


@pytest.mark.parametrize(
    ("day", "holiday", "swap"),
    [(FRIDAY, False, False), (FRIDAY, True, False), (SATURDAY, False, False), (SATURDAY, False, True)],
)
def test_what_was_said_of_this_very_date_comes_before_all(day: date, holiday: bool, swap: bool) -> None:
    for said in (True, False):
        single = {day: said, FRIDAY.replace(day=20): not said}
        assert is_working(day, frozenset(range(5)), lambda _: holiday, lambda _: swap, single) is said
