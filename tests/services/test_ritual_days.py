"""When the ritual happens: late, on weekends and holidays, at changes of the clocks, with several processes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.rituals import Morning
from storage.models import Occurrence
from storage.select import columns
from tests.office import Office

NEW_YORK = "America/New_York"


def states(office: Office) -> dict[date, str]:
    """What became of each date."""
    query = columns(Occurrence.local_date, Occurrence.state).order_by(Occurrence.local_date)
    return dict(office.run(lambda session: [tuple(row) for row in session.exec(query)]))


def begin(office: Office, year: int, month: int, day: int, hour: int, zone: str = "UTC") -> None:
    """Set the ritual up at a wall time, with a praise to open the next morning and one for the morning after."""
    office.settle(zone=ZoneInfo(zone))
    office.at(year, month, day, hour, zone=zone)
    office.keep_ritual()
    office.praise("ann", "bo", "The long words that open the first morning.")
    office.praise("ann", "cy", "Short ones for the second.")


# --- days of rest


def test_weekends_rest(office: Office) -> None:
    begin(office, 2026, 3, 6, 12)
    for day in (7, 8):
        office.at(2026, 3, day, 9)
        assert office.morning() is None
    office.at(2026, 3, 9, 9)

    assert isinstance(office.morning(), Morning)
    assert list(states(office).values()) == ["rest", "rest", "posted"]


def test_a_company_chooses_its_working_days(office: Office) -> None:
    office.settle(workdays=frozenset({5, 6}))
    begin(office, 2026, 3, 5, 12)
    office.at(2026, 3, 6, 9)
    assert office.morning() is None
    office.at(2026, 3, 7, 9)

    assert isinstance(office.morning(), Morning)


def test_holidays_rest(office: Office) -> None:
    office.settle(holidays="CN")
    begin(office, 2026, 9, 30, 12)
    office.at(2026, 10, 1, 9)  # National Day, a Thursday

    assert office.morning() is None
    assert states(office) == {date(2026, 10, 1): "rest"}


def test_without_a_country_no_day_is_a_holiday(office: Office) -> None:
    begin(office, 2026, 9, 30, 12)
    office.at(2026, 10, 1, 9)

    assert isinstance(office.morning(), Morning)


def test_a_swap_day_is_a_working_day_although_it_is_a_saturday(office: Office) -> None:
    office.settle(holidays="CN")
    begin(office, 2026, 2, 13, 12)
    office.at(2026, 2, 14, 9)

    morning = office.morning()

    assert isinstance(morning, Morning) and morning.local_date == date(2026, 2, 14)


def test_an_ordinary_saturday_in_the_same_country_rests(office: Office) -> None:
    office.settle(holidays="CN")
    begin(office, 2026, 3, 6, 12)
    office.at(2026, 3, 7, 9)

    assert office.morning() is None


# --- changes of the clocks


def test_the_morning_after_the_clocks_go_forward_opens_at_nine_by_the_wall(office: Office) -> None:
    office.settle(workdays=frozenset(range(7)))
    begin(office, 2026, 3, 7, 12, zone=NEW_YORK)
    office.now = datetime(2026, 3, 8, 12, 59, tzinfo=UTC)
    assert office.morning() is None
    office.now = datetime(2026, 3, 8, 13, 0, tzinfo=UTC)

    assert isinstance(office.morning(), Morning)


def test_a_time_that_the_clocks_leave_out_is_pushed_past(office: Office) -> None:
    office.settle(workdays=frozenset(range(7)), ritual_at=time(2, 30))
    begin(office, 2026, 3, 7, 12, zone=NEW_YORK)
    office.now = datetime(2026, 3, 8, 7, 29, tzinfo=UTC)
    assert office.morning() is None
    office.now = datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 03:30 by the wall

    assert isinstance(office.morning(), Morning)
    assert states(office) == {date(2026, 3, 8): "posted"}


def test_a_time_that_the_clocks_repeat_happens_once(office: Office) -> None:
    office.settle(workdays=frozenset(range(7)), ritual_at=time(1, 30))
    begin(office, 2026, 10, 31, 12, zone=NEW_YORK)
    first, second = (datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6))
    office.now = first
    assert isinstance(office.morning(), Morning)
    office.now = second

    assert office.morning() is None
    office.now = second + timedelta(days=1)
    assert isinstance(office.morning(), Morning)


@pytest.mark.parametrize("start", [date(2026, 3, 6), date(2026, 10, 30)])
def test_ticking_over_a_change_of_the_clocks_gives_one_morning_a_day(office: Office, start: date) -> None:
    office.settle(workdays=frozenset(range(7)), ritual_at=time(1, 45))
    begin(office, start.year, start.month, start.day, 12, zone=NEW_YORK)
    end = office.now + timedelta(days=3)
    while office.now < end:
        office.morning()
        office.later(minutes=15)

    assert list(states(office)) == [start + timedelta(days=ahead) for ahead in (1, 2, 3)]
    assert list(states(office).values()) == ["posted", "posted", "silent"]
