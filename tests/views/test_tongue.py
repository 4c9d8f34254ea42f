"""Dates, numbers and lists in three languages."""

from datetime import UTC, datetime

import pytest

from bot.views.tongue import speak
from tests.views.outcomes import DAY, NOW


@pytest.mark.parametrize(
    ("language", "day", "listed"),
    [
        ("en", "20 November 2026", "Ann, Bo and Chen"),
        ("zh-Hant", "2026年11月20日", "Ann、Bo和Chen"),
        ("zh-Hans", "2026年11月20日", "Ann、Bo和Chen"),
    ],
)
def test_each_language_writes_dates_and_lists_its_own_way(language: str, day: str, listed: str) -> None:
    tongue = speak(language)
    assert tongue.day(DAY) == day
    assert tongue.listed(["Ann", "Bo", "Chen"]) == listed
    assert tongue.listed(["Ann"]) == "Ann"


def test_the_day_of_the_week_is_named() -> None:
    assert "Friday" in speak("en").weekday(DAY)
    assert "星期五" in speak("zh-Hant").weekday(DAY)


@pytest.mark.parametrize(("zone", "time"), [("Asia/Taipei", "22:30"), ("", "14:30 UTC"), ("No/Where", "14:30 UTC")])
def test_a_time_is_the_persons_own_and_without_a_zone_says_so(zone: str, time: str) -> None:
    assert speak("en").time(NOW, zone) == time


def test_midnight_is_written_with_zeros() -> None:
    assert speak("zh-Hans").time(datetime(2026, 1, 1, tzinfo=UTC), "UTC") == "00:00"


def test_numbers_carry_their_sign_where_it_matters() -> None:
    assert [speak("en").signed(number) for number in (10, -3, 1_000)] == ["+10", "-3", "+1,000"]


def test_one_and_many_differ_in_english_only() -> None:
    said = [speak(language).n("{count} point", "{count} points", count) for language in ("en", "zh-Hant", "zh-Hans")
            for count in (1, 2)]  # fmt: skip
    assert said == ["1 point", "2 points", "1 點", "2 點", "1 分", "2 分"]


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    assert speak("fr").t("Close") == "Close"


def test_braces_in_what_is_filled_in_stay() -> None:
    assert speak("en").t("{board}, {period}", board="{period}", period="{0}") == "{period}, {0}"
