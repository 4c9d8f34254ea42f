"""The hotel's mornings, to which the clock is moved."""

import time
from datetime import datetime
from datetime import time as daytime

import pytest

from bot.workspace import Control, ControlError, Running
from bot.workspace.times import HERE, hotel_time, next_morning, next_working, next_working_day


def at(words: str) -> float:
    return hotel_time(words).timestamp()


@pytest.mark.parametrize(
    ("now", "morning", "working"),
    [
        ("2026-11-23T08:00", "2026-11-24T09:00", "2026-11-24T09:00"),
        ("2026-11-23T00:00", "2026-11-24T09:00", "2026-11-24T09:00"),
        ("2026-11-27T23:59", "2026-11-28T09:00", "2026-11-30T09:00"),
        ("2026-11-28T12:00", "2026-11-29T09:00", "2026-11-30T09:00"),
        ("2026-11-29T12:00", "2026-11-30T09:00", "2026-11-30T09:00"),
        ("2026-12-31T12:00", "2027-01-01T09:00", "2027-01-01T09:00"),
    ],
)
def test_the_next_morning_is_nine_at_the_hotel(now: str, morning: str, working: str) -> None:
    assert next_morning(at(now)) == hotel_time(morning)
    assert next_working_day(at(now)) == hotel_time(working)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T08:00", "2026-11-23T10:05"),
        ("2026-11-23T10:05", "2026-11-24T10:05"),
        ("2026-11-27T21:00", "2026-11-30T10:05"),
        ("2026-11-28T03:00", "2026-11-30T10:05"),
    ],
)
def test_the_next_time_on_a_working_day_may_be_today(now: str, then: str) -> None:
    assert next_working(at(now), daytime(10, 5)) == hotel_time(then)


async def test_the_clock_is_moved_by_the_names_of_times(people: Control, slack: Running) -> None:
    clock = slack.workspace.clock
    await people.ask("hotel_time", at="2027-03-05T17:30")
    assert clock.now() == pytest.approx(at("2027-03-05T17:30"), abs=60)
    await people.ask("next_working_day")
    assert datetime.fromtimestamp(clock.now(), HERE).strftime("%a %H:%M") == "Mon 09:00"
    await people.ask("next_morning")
    assert datetime.fromtimestamp(clock.now(), HERE).strftime("%a %H:%M") == "Tue 09:00"
    assert await people.ask("real_time") == 0
    assert clock.now() == pytest.approx(time.time(), abs=60)


@pytest.mark.parametrize(
    "words", ["", "soon", "0002-11-23T08:00", "9999-12-31T08:00", "2026-11-23T08:00+00:00", "2026-13-01T00:00"]
)
async def test_what_is_no_time_at_the_hotel_is_refused(people: Control, words: str) -> None:
    with pytest.raises(ControlError):
        await people.ask("hotel_time", at=words)
    assert (await people.state())["offset"] == 0


async def test_whoever_listens_hears_that_the_clock_was_moved(people: Control, slack: Running) -> None:
    heard: list[str] = []
    with slack.workspace.changes.heard(lambda change: heard.append(change.kind)):
        await people.move_clock(60)
        await people.ask("next_morning")
    assert heard == ["clock", "clock"]


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -float("inf"), 1e11, -1e11])
async def test_the_clock_goes_nowhere_where_no_calendar_counts(people: Control, seconds: float) -> None:
    with pytest.raises(ControlError, match="2000 to 2099"):
        await people.move_clock(seconds)
    assert (await people.state())["offset"] == 0
