"""The current calendar periods in the workspace's zone (product.md 5)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.periods import EVER, PERIODS, Period, local_day, start, starts

DAYS = st.dates(date(1970, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("period", "day", "first"),
    [
        ("week", date(2026, 3, 1), date(2026, 2, 23)),  # a Sunday
        ("week", date(2026, 3, 2), date(2026, 3, 2)),  # a Monday
        ("month", date(2026, 3, 31), date(2026, 3, 1)),
        ("quarter", date(2026, 3, 31), date(2026, 1, 1)),
        ("quarter", date(2026, 4, 1), date(2026, 4, 1)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1)),
        ("year", date(2026, 12, 31), date(2026, 1, 1)),
        ("all", date(2026, 12, 31), EVER),
    ],
)
def test_a_period_begins_on_its_first_day(period: Period, day: date, first: date) -> None:
    assert start(period, day) == first


@given(DAYS, st.sampled_from(PERIODS))
def test_a_periods_first_day_lies_in_it_and_not_after_the_day(day: date, period: Period) -> None:
    first = start(period, day)

    assert first <= day and start(period, first) == first


@given(DAYS, st.sampled_from(PERIODS))
def test_the_next_day_is_of_the_same_period_or_begins_a_new_one(day: date, period: Period) -> None:
    tomorrow = day + timedelta(days=1)

    assert start(period, tomorrow) in (start(period, day), tomorrow)


def test_a_day_is_counted_in_every_period() -> None:
    assert dict(starts(date(2026, 5, 13))) == {
        "week": date(2026, 5, 11),
        "month": date(2026, 5, 1),
        "quarter": date(2026, 4, 1),
        "year": date(2026, 1, 1),
        "all": EVER,
    }


def test_the_day_is_that_of_the_zone() -> None:
    midnight = datetime(2026, 3, 3, 16, tzinfo=UTC)

    assert local_day(midnight, ZoneInfo("Asia/Taipei")) == date(2026, 3, 4)
    assert local_day(midnight - timedelta(microseconds=1), ZoneInfo("Asia/Taipei")) == date(2026, 3, 3)
    assert local_day(midnight, ZoneInfo("America/New_York")) == date(2026, 3, 3)
