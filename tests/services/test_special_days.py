"""Single dates: free ones and working ones, whatever weekdays and calendar say (product.md 1)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.rules.quiet import QuietHours
from bot.services import special_days as service
from bot.services import timetable
from bot.services.rituals import Morning
from bot.services.timetable import Wish
from storage import special_days
from storage.models import Occurrence
from storage.select import columns
from tests.office import TEAM, Office

TUESDAY, FRIDAY, SATURDAY = date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 7)


@pytest.fixture
def house(office: Office) -> Office:
    """A company whose ritual was set up on Monday 2 March 2026, noon, with praise to open some mornings."""
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    for name in ("bo", "cy", "di", "ed"):
        office.praise("ann", name, f"So kind of {name}!")
    return office


def say(office: Office, day: date, works: bool | None) -> service.Marked:
    """Let Ada set a date."""
    return office.do(service.mark_by_admin, "UADA", day, works=works)


def states(office: Office) -> dict[date, str]:
    query = columns(Occurrence.local_date, Occurrence.state).order_by(Occurrence.local_date)
    return dict(office.run(lambda session: [tuple(row) for row in session.exec(query)]))


def test_on_a_free_date_no_ritual_opens(house: Office) -> None:
    marked = say(house, TUESDAY, False)
    house.at(2026, 3, 3, 9)

    assert (marked.opens, marked.settled) == ((), ())
    assert house.morning() is None
    assert states(house) == {TUESDAY: "rest"}


def test_a_saturday_may_be_worked(house: Office) -> None:
    marked = say(house, SATURDAY, True)
    house.at(2026, 3, 7, 9)
    outcomes = house.mornings()

    assert [one.name for one in marked.opens] == ["default"]
    assert isinstance(outcomes[0], Morning)
    assert states(house)[SATURDAY] == "posted"


def test_it_comes_before_holidays_and_swap_days(house: Office) -> None:
    house.settle(holidays="CN")
    house.at(2026, 1, 5, 12)
    house.keep_ritual()
    holiday, swap = date(2026, 2, 17), date(2026, 2, 14)

    assert [one.name for one in say(house, holiday, True).opens] == ["default"]
    assert say(house, swap, False).opens == ()
    assert say(house, holiday, None).opens == ()
    assert [one.name for one in say(house, swap, None).opens] == ["default"]


def test_a_date_taken_back_is_as_it_was(house: Office) -> None:
    say(house, TUESDAY, False)
    say(house, TUESDAY, None)
    house.at(2026, 3, 3, 9)

    assert isinstance(house.morning(), Morning)


def test_the_newest_word_on_a_date_stands(house: Office) -> None:
    say(house, SATURDAY, False)
    say(house, SATURDAY, True)

    assert house.run(special_days.every, TEAM) == {SATURDAY: True}


def test_it_goes_for_every_ritual_of_the_workspace(house: Office) -> None:
    house.do(timetable.keep, "late", Wish(channel="CLATE", at="14:00", workdays=frozenset({1, 5})))

    assert [one.name for one in say(house, SATURDAY, None).opens] == ["late"]
    assert [one.name for one in say(house, SATURDAY, True).opens] == ["default", "late"]
    assert say(house, SATURDAY, False).opens == ()


def test_what_a_ritual_settled_before_stays(house: Office) -> None:
    house.do(timetable.keep, "late", Wish(channel="CLATE", at="14:00"))
    house.at(2026, 3, 3, 9)
    house.mornings()

    marked = say(house, TUESDAY, False)
    house.at(2026, 3, 3, 14)

    assert [one.name for one in marked.settled] == ["default"] and marked.opens == ()
    assert house.mornings() == []
    query = columns(Occurrence.state).where(Occurrence.local_date == TUESDAY)
    assert sorted(house.run(lambda session: list(session.exec(query).all()))) == ["posted", "rest"]


def test_a_free_date_lets_words_of_the_night_wait_to_the_end_of_quiet_hours(house: Office) -> None:
    house.settle(quiet=QuietHours(time(21), time(10)))
    house.at(2026, 3, 3, 23)
    assert house.praise("lee", "ann", "At night.").post_at == datetime(2026, 3, 4, 8, 59, tzinfo=UTC)
    say(house, date(2026, 3, 4), False)

    assert house.praise("lee", "bo", "At night.").post_at == datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_today_may_be_set_and_yesterday_not(house: Office) -> None:
    assert say(house, date(2026, 3, 2), False).day == date(2026, 3, 2)
    assert house.refusal(service.mark_by_admin, "UADA", date(2026, 3, 1), works=False).code == "day_past"
    far = date(2026, 3, 2) + timedelta(days=2 * 366)
    assert say(house, far, True).day == far
    assert house.refusal(service.mark_by_admin, "UADA", far + timedelta(days=1), works=True).code == "day_too_far"
    assert house.refusal(service.mark_by_admin, "UADA", date.max, works=True).code == "day_too_far"


@pytest.mark.parametrize("name", ["ann", "lee"])
def test_only_admins_set_and_see_them(house: Office, name: str) -> None:
    for works in (True, False, None):
        refused = house.refusal(service.mark_by_admin, f"U{name.upper()}", SATURDAY, works=works)
        assert refused.code == "admins_only"
    assert house.refusal(service.coming_for_admin, f"U{name.upper()}").code == "admins_only"


def test_who_set_it_and_when_is_kept(house: Office) -> None:
    say(house, FRIDAY, False)
    house.later(hours=1)
    house.do(service.mark, SATURDAY, works=True, by=None)

    coming, admin = house.do(service.coming_for_admin, "UADA")

    assert admin.name == "Ada"
    assert [(one.day, one.works, one.set_by) for one in coming.singles] == [
        (FRIDAY, False, "UADA"),
        (SATURDAY, True, ""),
    ]
    assert coming.singles[1].set_at - coming.singles[0].set_at == timedelta(hours=1)


def test_what_is_coming_has_holidays_and_swap_days_of_each_calendar_for_sixty_days(house: Office) -> None:
    house.settle(holidays="CN")
    house.at(2026, 9, 1)
    house.keep_ritual()
    house.do(timetable.keep, "munich", Wish(channel="CMUNICH", holidays="DE-BY"))
    say(house, date(2026, 10, 1), True)

    coming = house.do(service.coming, "en")

    assert coming.until == date(2026, 10, 31)
    assert list(coming.calendars) == ["CN", "DE-BY"]
    assert coming.calendars["CN"][date(2026, 9, 20)] == "", "a Sunday that is worked for the National Day"
    assert coming.calendars["CN"][date(2026, 10, 2)] == "National Day"
    assert date(2026, 10, 1) not in coming.calendars["CN"], "what was said of it counts"
    assert coming.calendars["DE-BY"] == {date(2026, 10, 3): "German Unity Day"}
    assert house.do(service.coming, "zh-Hant").calendars["CN"][date(2026, 10, 2)] == "國慶節"


def test_dates_that_are_past_are_not_shown(house: Office) -> None:
    say(house, TUESDAY, False)
    house.at(2026, 3, 4)

    assert house.do(service.coming, "en").singles == ()
