"""When a round opens, asks and closes, over all zones and changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import pulse
from bot.rules.rituals import due

TEN = time(10)
TUESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 5)
EVERY = [ZoneInfo(name) for name in sorted(available_timezones())]
TUE_THU = {1, 3}


def weekday(day: date) -> bool:
    return day.weekday() < 5


def dates(first: date, days: set[int] = TUE_THU, *, seldom: bool = False) -> list[date]:
    return list(pulse.dates(first, days, weekday, once_a_week=seldom))


def test_rounds_come_on_tuesdays_and_thursdays() -> None:
    assert dates(TUESDAY)[:3] == [TUESDAY, THURSDAY, date(2026, 3, 10)]
    assert dates(date(2026, 3, 4))[0] == THURSDAY


def test_few_people_are_asked_once_a_week() -> None:
    assert dates(TUESDAY, seldom=True)[:2] == [TUESDAY, date(2026, 3, 10)]
    assert dates(date(2026, 3, 4), seldom=True)[0] == date(2026, 3, 10)


def test_a_holiday_has_no_round_and_the_week_s_other_date_takes_its_place() -> None:
    def works(day: date) -> bool:
        return weekday(day) and day != TUESDAY

    assert next(pulse.dates(TUESDAY, TUE_THU, works, once_a_week=False)) == THURSDAY
    assert next(pulse.dates(TUESDAY, TUE_THU, works, once_a_week=True)) == THURSDAY


def test_a_round_closes_an_hour_before_the_next_one_s_first_zone() -> None:
    zones = [ZoneInfo("Asia/Taipei"), ZoneInfo("Europe/Berlin")]
    assert pulse.opening(TUESDAY, TEN, zones) == datetime(2026, 3, 3, 2, tzinfo=UTC)
    assert pulse.closing(TUESDAY, THURSDAY, TEN, zones) == datetime(2026, 3, 5, 1, tzinfo=UTC)


def test_without_a_next_round_in_sight_it_closes_after_a_week() -> None:
    assert pulse.closing(TUESDAY, None, TEN, [ZoneInfo("UTC")]) == datetime(2026, 3, 10, 10, tzinfo=UTC)


@settings(max_examples=20)
@pytest.mark.parametrize("at", [time(0), TEN, time(23, 59)], ids=str)
@given(st.dates(date(2000, 1, 1), date(2037, 12, 1)), st.integers(2, 5))
def test_everybody_in_the_world_is_asked_once_with_hours_to_answer(at: time, day: date, gap: int) -> None:
    following = day + timedelta(days=gap)
    opens_at, closes_at = pulse.opening(day, at, EVERY), pulse.closing(day, following, at, EVERY)
    assert closes_at < pulse.opening(following, at, EVERY)

    for zone in EVERY:
        asked = pulse.hour(day, at, zone, lambda _: True, now=opens_at, closes_at=closes_at)
        assert asked and opens_at <= asked
        assert closes_at - asked >= timedelta(hours=18)  # 21, and less where a zone changed its side of the date line


def test_who_was_to_be_asked_hours_ago_is_asked_the_next_day() -> None:
    zone, closes_at = ZoneInfo("UTC"), datetime(2026, 3, 5, 9, tzinfo=UTC)

    def asked(day: int, hour: int) -> datetime | None:
        return pulse.hour(
            TUESDAY, TEN, zone, weekday, now=datetime(2026, 3, day, hour, tzinfo=UTC), closes_at=closes_at
        )

    assert asked(3, 14) == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert asked(3, 15) == asked(4, 9) == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert asked(4, 11) is None


@given(
    st.sampled_from(EVERY), st.sampled_from(EVERY), st.integers(0, 400), st.integers(-60, 60 * 30), st.integers(6, 9),
    st.sampled_from([TEN, time(0), time(2, 30), time(23, 30)]),
)  # fmt: skip
def test_whose_hour_has_come_is_asked_at_an_hour_of_theirs_wherever_they_are_by_now(
    was: ZoneInfo, here: ZoneInfo, ahead: int, minutes: int, quarter_days: int, at: time
) -> None:
    day = TUESDAY + timedelta(days=ahead)
    wanted = due(day, at, was)
    now, closes_at = wanted + timedelta(minutes=max(0, minutes)), wanted + quarter_days * timedelta(hours=6)

    asked = pulse.hour_now(wanted, day, at, here, lambda _: True, now=now, closes_at=closes_at)

    if was == here and now - wanted <= pulse.CATCH_UP:
        assert asked == wanted
    if asked is None:
        assert now - wanted > pulse.CATCH_UP
    elif asked > now:
        assert asked in (due(asked.astimezone(here).date() - timedelta(days=back), at, here) for back in (0, 1))
        assert closes_at - asked >= pulse.CATCH_UP and asked - now < timedelta(hours=50)


def test_a_round_is_over_at_its_end_or_if_the_clock_that_opened_it_was_far_ahead() -> None:
    opens_at = datetime(2026, 3, 3, 10, tzinfo=UTC)
    closes_at, second = opens_at + timedelta(days=2), timedelta(seconds=1)

    over = [closes_at, opens_at - timedelta(days=400), opens_at - timedelta(days=7) - second]
    assert all(pulse.is_over(opens_at, closes_at, now) for now in over)
    open_still = [closes_at - second, opens_at, opens_at - timedelta(hours=26)]
    assert not any(pulse.is_over(opens_at, closes_at, now) for now in open_still)


def test_once_more_is_the_next_working_day_if_the_round_is_still_open() -> None:
    zone, now = ZoneInfo("UTC"), datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert pulse.again(now, TEN, zone, weekday, closes_at=now + timedelta(days=2)) == datetime(
        2026, 3, 4, 10, tzinfo=UTC
    )
    assert pulse.again(now, TEN, zone, weekday, closes_at=now + timedelta(hours=20)) is None
    friday = datetime(2026, 3, 6, 12, tzinfo=UTC)
    assert pulse.again(friday, TEN, zone, weekday, closes_at=friday + timedelta(days=4)) == datetime(
        2026, 3, 9, 10, tzinfo=UTC
    )


def test_no_answer_is_taken_at_the_closing_instant() -> None:
    closes_at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert pulse.is_open("open", closes_at, closes_at - timedelta(microseconds=1))
    assert not pulse.is_open("open", closes_at, closes_at)
    assert not pulse.is_open("closing", closes_at, closes_at - timedelta(days=1))
