"""What is said once a working day is said at its hour, or on the next one."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.rules.quiet import QuietHours
from bot.services import daily, special_days
from tests.office import Office

NIGHT = QuietHours(time(21), time(8))


@pytest.mark.parametrize(
    ("hour", "minute", "is_hour"),
    [(0, 0, False), (9, 59, False), (10, 0, True), (14, 0, True), (14, 1, False), (23, 30, False)],
)
def test_it_is_said_at_the_hour_of_the_pulse_and_up_to_four_hours_late(
    office: Office, hour: int, minute: int, is_hour: bool
) -> None:
    office.at(2026, 3, 5, hour, minute)
    assert office.do(daily.due) == (date(2026, 3, 5) if is_hour else None)


def test_the_hour_is_the_companys_and_days_off_have_none(office: Office) -> None:
    office.do(special_days.mark_by_admin, "UADA", date(2026, 3, 6), works=False)
    office.do(special_days.mark_by_admin, "UADA", date(2026, 3, 8), works=True)
    found = [office.do(daily.due) for day in range(5, 9) if office.at(2026, 3, day)]
    assert found == [date(2026, 3, 5), None, None, date(2026, 3, 8)]


@pytest.mark.parametrize(
    ("pulse_at", "now", "is_hour"),
    [(time(19), 20, True), (time(19), 22, False), (time(7), 7, True), (time(22), 23, True), (time(6), 9, True)],
)
def test_what_is_late_is_not_said_when_it_has_become_quiet_but_a_company_may_begin_in_its_quiet_hours(
    office: Office, pulse_at: time, now: int, is_hour: bool
) -> None:
    office.settle(pulse_at=pulse_at, quiet=NIGHT)
    office.at(2026, 3, 5, now)
    assert (office.do(daily.due) is not None) == is_hour


def test_an_hour_that_the_clocks_leave_out_comes_behind_the_gap(office: Office) -> None:
    office.settle(zone=ZoneInfo("Europe/Berlin"), pulse_at=time(2, 30), workdays=frozenset(range(7)))
    found = [office.do(daily.due) for hour, minute in ((0, 59), (1, 30)) if office.at(2026, 3, 29, hour, minute)]
    assert found == [None, date(2026, 3, 29)]
