"""Slack's timestamps are compared as numbers, to the last digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.timestamps import moment

STAMPS = st.tuples(st.integers(0, 10**11), st.integers(0, 999_999))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("1700000000.000001", "1700000000.000002"),
        ("999.9", "1000.0"),
        ("5", "5.000001"),
        ("5.09", "5.1"),
        ("", "0.000001"),
    ],
)
def test_the_later_is_greater(earlier: str, later: str) -> None:
    assert moment(earlier) < moment(later)


def test_different_spellings_of_one_moment_are_equal() -> None:
    assert moment("5") == moment("5.0") == moment("5.000000")


@given(STAMPS, STAMPS)
def test_order_is_that_of_the_numbers(one: tuple[int, int], other: tuple[int, int]) -> None:
    def spelt(stamp: tuple[int, int]) -> str:
        return f"{stamp[0]}.{stamp[1]:06}"

    assert (moment(spelt(one)) < moment(spelt(other))) == (one < other)
