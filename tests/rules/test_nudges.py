"""Three nudges a week from the whole bot, and one message for what comes too often on a day (product.md 4)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.nudges import A_WEEK, AT_ONCE, is_welcome, leaves, moved, week_of

TAIPEI, NEW_YORK, CAIRO = ZoneInfo("Asia/Taipei"), ZoneInfo("America/New_York"), ZoneInfo("Africa/Cairo")
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.integers(0, 3 * 525_600).map(lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


def wall(day: int, hour: int, minute: int = 0, zone: ZoneInfo = TAIPEI, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def test_the_fourth_nudge_of_a_week_is_one_too_many() -> None:
    assert [is_welcome(had) for had in range(5)] == [True, True, True, False, False]
    assert A_WEEK == 3


def test_a_week_begins_on_monday() -> None:
    assert [week_of(date(2026, 3, day)) for day in (1, 2, 8, 9)] == [
        date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 9),
    ]  # fmt: skip


def test_five_a_day_leave_at_once_and_the_sixth_at_five_in_the_afternoon() -> None:
    ten = wall(3, 10)

    assert [leaves(ten, TAIPEI, before=before) for before in range(7)] == [ten] * 5 + [wall(3, 17)] * 2


@pytest.mark.parametrize(
    ("moment", "gathered"),
    [
        (wall(3, 0), wall(3, 17)),
        (wall(3, 16, 59), wall(3, 17)),
        (wall(3, 17), wall(4, 9)),
        (wall(3, 23, 59), wall(4, 9)),
        (wall(3, 9, zone=NEW_YORK), wall(4, 9)),  # ten in the evening in Taipei
    ],
)
def test_later_ones_leave_the_next_day_at_nine_of_their_own_zone(moment: datetime, gathered: datetime) -> None:
    assert leaves(moment, TAIPEI, before=AT_ONCE) == gathered


def test_five_is_by_the_wall_when_the_clocks_change() -> None:
    for month, day, hours in ((3, 8, 16), (11, 1, 18)):
        midnight = wall(day, 0, zone=NEW_YORK, month=month)

        assert leaves(midnight, NEW_YORK, before=AT_ONCE) - midnight == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("leaves_at", "zone", "now", "then"),
    [
        (wall(3, 17), NEW_YORK, wall(3, 12), wall(3, 17, zone=NEW_YORK)),
        (wall(4, 9), NEW_YORK, wall(3, 18), wall(4, 9, zone=NEW_YORK)),
        (wall(3, 17), CAIRO, wall(3, 16, 59), wall(3, 17, zone=CAIRO)),
    ],
)
def test_what_waits_leaves_by_the_clock_of_where_its_person_went(
    leaves_at: datetime, zone: ZoneInfo, now: datetime, then: datetime
) -> None:
    assert moved(leaves_at, TAIPEI, zone, now=now) == then


def test_what_is_late_where_its_person_went_comes_with_what_comes_now_and_not_at_night() -> None:
    ten, evening = wall(3, 10, zone=NEW_YORK), wall(3, 17, zone=NEW_YORK)  # eleven at night in Taipei
    assert moved(evening, NEW_YORK, TAIPEI, now=ten) == wall(4, 9)

    four = wall(3, 16, zone=NEW_YORK)  # five in the morning of the next day
    assert moved(evening, NEW_YORK, TAIPEI, now=four) == wall(4, 17)


@given(MOMENTS, ZONES, st.integers(0, 20))
def test_nothing_leaves_early_and_nothing_waits_for_more_than_a_day(
    moment: datetime, zone: ZoneInfo, before: int
) -> None:
    found = leaves(moment, zone, before=before)

    assert (found == moment) is (before < AT_ONCE)
    assert moment <= found <= moment + timedelta(hours=18)


@given(MOMENTS, st.integers(0, 1440), ZONES)
def test_of_two_that_are_gathered_the_later_one_never_leaves_first(
    moment: datetime, minutes: int, zone: ZoneInfo
) -> None:
    later = moment + timedelta(minutes=minutes)

    assert leaves(moment, zone, before=AT_ONCE) <= leaves(later, zone, before=AT_ONCE)


@given(MOMENTS, ZONES, ZONES)
def test_after_a_journey_words_wait_still_and_for_no_more_than_two_days(
    moment: datetime, was: ZoneInfo, zone: ZoneInfo
) -> None:
    then = moved(leaves(moment, was, before=AT_ONCE), was, zone, now=moment)

    assert moment < then <= moment + timedelta(hours=48)
    assert then.astimezone(zone).hour in (9, 17)
