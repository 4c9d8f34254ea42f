"""Quiet hours of the workspace (product.md 1, At once)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.quiet import BEFORE_RITUAL, QuietHours, earliest

NIGHT = QuietHours(time(21), time(8))
LUNCH = QuietHours(time(12), time(14))
TAIPEI = ZoneInfo("Asia/Taipei")
NEW_YORK = ZoneInfo("America/New_York")
MINUTES = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))


def wall(day: int, hour: int, minute: int = 0, zone: ZoneInfo = TAIPEI, month: int = 3, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "at", "holds"),
    [
        (NIGHT, time(20, 59), False), (NIGHT, time(21), True), (NIGHT, time(0), True), (NIGHT, time(7, 59), True),
        (NIGHT, time(8), False), (NIGHT, time(12), False), (LUNCH, time(11, 59), False), (LUNCH, time(12), True),
        (LUNCH, time(13, 59), True), (LUNCH, time(14), False), (QuietHours(time(9), time(9)), time(9), False),
    ],
)  # fmt: skip
def test_hours_hold_from_their_start_until_just_before_their_end(quiet: QuietHours, at: time, holds: bool) -> None:
    assert quiet.hold(at) is holds


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (wall(3, 12), wall(3, 12)),
        (wall(3, 21), wall(4, 8)),
        (wall(4, 2), wall(4, 8)),
        (wall(4, 7, 59), wall(4, 8)),
        (wall(4, 8), wall(4, 8)),
    ],
)
def test_words_leave_at_once_or_when_the_night_ends(now: datetime, leaves: datetime) -> None:
    assert earliest(now, NIGHT, TAIPEI, None) == leaves


def test_without_quiet_hours_everything_leaves_at_once() -> None:
    assert earliest(wall(4, 2), None, TAIPEI, wall(4, 9)) == wall(4, 2)


def test_a_ritual_within_quiet_hours_ends_the_waiting_just_before_it() -> None:
    late = QuietHours(time(21), time(10))

    assert earliest(wall(3, 23), late, TAIPEI, wall(4, 9)) == wall(4, 9) - BEFORE_RITUAL
    assert earliest(wall(4, 9, 30), late, TAIPEI, wall(5, 9)) == wall(4, 10)


def test_between_the_last_minute_and_the_ritual_words_leave_at_once() -> None:
    now = wall(4, 8, 59) + timedelta(seconds=30)

    assert earliest(now, QuietHours(time(21), time(10)), TAIPEI, wall(4, 9)) == now


def test_a_ritual_after_quiet_hours_changes_nothing() -> None:
    assert earliest(wall(3, 23), NIGHT, TAIPEI, wall(4, 9)) == wall(4, 8)


def test_the_night_ends_by_the_wall_when_the_clocks_change() -> None:
    forward = wall(7, 22, zone=NEW_YORK)
    assert earliest(forward, NIGHT, NEW_YORK, None) == wall(8, 8, zone=NEW_YORK)
    assert earliest(forward, NIGHT, NEW_YORK, None) - forward == timedelta(hours=9)
    back = wall(31, 22, zone=NEW_YORK, month=10)
    assert earliest(back, NIGHT, NEW_YORK, None) - back == timedelta(hours=11)


def test_an_end_that_the_clocks_leave_out_comes_after_the_gap() -> None:
    quiet = QuietHours(time(21), time(2, 30))

    assert earliest(wall(8, 1, zone=NEW_YORK), quiet, NEW_YORK, None) == wall(8, 3, 30, zone=NEW_YORK)


def test_in_an_hour_that_is_repeated_the_end_is_that_of_the_same_pass() -> None:
    quiet = QuietHours(time(21), time(1, 30))
    first, second = (wall(1, 1, 10, zone=NEW_YORK, month=11, fold=fold) for fold in (0, 1))

    assert earliest(first, quiet, NEW_YORK, None) == first + timedelta(minutes=20)
    assert earliest(second, quiet, NEW_YORK, None) == second + timedelta(minutes=20)


@given(
    now=st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    start=MINUTES,
    end=MINUTES,
    zone=st.sampled_from(["UTC", "Asia/Taipei", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]),
    ritual_in=st.integers(1, 5000) | st.none(),
)
def test_words_never_leave_before_now_nor_a_day_late_nor_after_the_ritual(
    now: datetime, start: time, end: time, zone: str, ritual_in: int | None
) -> None:
    ritual = now + timedelta(minutes=ritual_in) if ritual_in else None
    quiet, where = QuietHours(start, end), ZoneInfo(zone)

    leaves = earliest(now, quiet, where, ritual)

    assert now <= leaves <= now + timedelta(hours=25)
    assert leaves == now or quiet.hold(now.astimezone(where).time())
    assert ritual is None or leaves == now or leaves <= ritual - BEFORE_RITUAL
