"""Figures about all, from which nobody can be told."""

from datetime import date

import pytest

from bot.rules import economy, periods


@pytest.mark.parametrize(("people", "tenth"), [(5, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
def test_the_most_active_tenth_is_somebody_at_least(people: int, tenth: int) -> None:
    assert economy.tenth(people) == tenth


def test_a_share_is_in_hundredths_and_of_nothing_there_is_none() -> None:
    assert (economy.share(1, 3), economy.share(3, 3), economy.share(0, 3), economy.share(0, 0)) == (33, 100, 0, None)


def test_thirty_days() -> None:
    assert economy.forgotten_since(date(2026, 3, 31)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-11-22", "2026-10-01", "2026-10-22"), ("2026-03-31", "2026-02-01", "2026-02-28"),
     ("2026-01-01", "2025-12-01", "2025-12-01"), ("2024-03-30", "2024-02-01", "2024-02-29")],
)  # fmt: skip
def test_last_month_to_the_same_day_or_to_its_last(day: str, first: str, last: str) -> None:
    assert periods.before(date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_weeks_of_a_span() -> None:
    days = [date(2026, 2, 15), date(2026, 3, 2)]  # a Sunday, a Monday
    assert periods.weeks(*days) == (date(2026, 2, 9), date(2026, 2, 16), date(2026, 2, 23), date(2026, 3, 2))
    assert periods.weeks(days[0], days[0]) == (date(2026, 2, 9),)
