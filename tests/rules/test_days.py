"""A date is read in one way only."""

from datetime import date

import pytest

from bot.rules.days import read


def test_year_month_and_day_are_a_date() -> None:
    assert read("2026-12-24") == date(2026, 12, 24)
    assert read("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "20261224",
        "2026-W52-4",
        "26-12-24",
        "2026-2-3",
        "2026-02-30",
        "0000-01-01",
        "２０２６-12-24",
        "2026-12-24 ",
    ],
)
def test_whatever_else_is_none(text: str) -> None:
    assert read(text) is None
