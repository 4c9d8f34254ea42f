"""How long words are kept."""

from datetime import date

import pytest

from bot import worth
from bot.parsing import Wrong
from bot.rules import retention as rules


@pytest.mark.parametrize(
    ("today", "months", "before"),
    [
        ("2026-11-22", 3, "2026-08-22"),
        ("2026-01-15", 3, "2025-10-15"),
        ("2026-12-31", 3, "2026-09-30"),
        ("2024-05-31", 3, "2024-02-29"),
        ("2026-03-01", 24, "2024-03-01"),
        ("2026-12-01", 120, "2016-12-01"),
    ],
)
def test_words_are_kept_so_many_months_to_the_day(today: str, months: int, before: str) -> None:
    assert rules.before(date.fromisoformat(today), months) == date.fromisoformat(before)


def test_whether_words_go_sooner() -> None:
    assert [rules.is_stricter(*pair) for pair in ((12, 0), (12, 24), (24, 12), (12, 12), (0, 12), (0, 0))] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_the_setting_has_the_bounds_of_the_rule() -> None:
    assert [worth.months(str(month)) for month in (rules.LEAST, rules.MOST)] == [rules.LEAST, rules.MOST]
    for wrong in (rules.LEAST - 1, rules.MOST + 1):
        with pytest.raises(Wrong):
            worth.months(str(wrong))
