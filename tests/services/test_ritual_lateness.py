"""The ritual caught up, skipped, or decided by several processes at once: one row a date (product.md 1)."""

import threading
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.rules.company import Company
from bot.services import rituals as service
from bot.services.rituals import Morning, Silence, Skipped
from storage import claims, outbox
from storage.database import Database
from storage.models import Occurrence
from storage.select import columns
from tests.office import TEAM, Office, fresh_url


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


# --- late


@pytest.mark.parametrize(("hour", "minute"), [(9, 0), (12, 0), (13, 0)])
def test_up_to_four_hours_late_it_is_caught_up(office: Office, hour: int, minute: int) -> None:
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, hour, minute)

    assert isinstance(office.morning(), Morning)
    assert states(office) == {date(2026, 3, 3): "posted"}


def test_five_hours_late_it_is_skipped_and_admins_are_told(office: Office) -> None:
    office.enrol("amy", appointed="admin")
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, 14)

    skipped = office.morning()

    assert isinstance(skipped, Skipped)
    assert skipped.local_dates == (date(2026, 3, 3),)
    assert {admin.name for admin in skipped.admins} == {"Ada", "Amy"}
    assert states(office) == {date(2026, 3, 3): "skipped"}
    assert office.morning() is None


def test_what_was_new_on_a_skipped_day_is_new_on_the_next(office: Office) -> None:
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, 9)
    office.morning()
    office.praise("lee", "di", "New on the day that is skipped.")
    office.at(2026, 3, 4, 14)
    assert isinstance(office.morning(), Skipped)
    office.at(2026, 3, 5, 9)

    morning = office.morning()

    assert isinstance(morning, Morning) and not morning.is_older
    assert morning.opening.words == "New on the day that is skipped."


def test_after_a_long_outage_each_missed_working_day_is_recorded_and_today_opens(office: Office) -> None:
    begin(office, 2026, 3, 5, 12)  # a Thursday
    office.at(2026, 3, 10, 9, 30)

    morning, skipped = office.mornings()

    assert isinstance(morning, Morning) and morning.local_date == date(2026, 3, 10)
    assert isinstance(skipped, Skipped) and skipped.local_dates == (date(2026, 3, 6), date(2026, 3, 9))
    assert list(states(office).values()) == ["skipped", "rest", "rest", "skipped", "posted"]


def test_a_clock_that_goes_back_repeats_nothing(office: Office) -> None:
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 4, 9)
    office.mornings()
    office.at(2026, 3, 3, 9)

    assert office.morning() is None


# --- posts that could not leave


def owe(office: Office, morning: Morning) -> None:
    """Owe the post of a morning as the job does."""
    subject = service.subject(morning.ritual, morning.local_date)
    office.run(
        outbox.post,
        workspace_id=TEAM,
        key=subject,
        subject=subject,
        channel="CPRAISE",
        message={"text": "Good morning"},
        now=office.now,
        not_after=service.latest(morning.ritual, morning.local_date),
    )


def test_a_post_that_could_not_leave_within_four_hours_is_skipped_after_all(office: Office) -> None:
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, 9)
    morning = office.opened()
    owe(office, morning)
    office.at(2026, 3, 3, 12, 59)
    assert office.do(service.give_up) == () and not office.do(service.is_late)
    office.at(2026, 3, 3, 13)
    assert office.do(service.is_late)

    (skipped,) = office.do(service.give_up)

    assert skipped.local_dates == (date(2026, 3, 3),)
    assert {admin.name for admin in skipped.admins} == {"Ada"}
    assert states(office) == {date(2026, 3, 3): "skipped"}
    assert office.do(service.give_up) == () and not office.do(service.is_late)


def test_praise_whose_morning_never_came_may_open_another(office: Office) -> None:
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, 9)
    morning = office.opened()
    owe(office, morning)
    office.at(2026, 3, 4, 9)
    office.do(service.give_up)

    again = office.morning()

    assert isinstance(again, Morning)
    assert again.opening.id == morning.opening.id


def test_a_post_that_may_stand_in_slack_is_not_given_up(office: Office) -> None:
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, 9)
    morning = office.opened()
    owe(office, morning)
    facts = {"workspace_id": TEAM, "method": outbox.POST, "owner": "me", "real_now": 1.0, "limit": 1}
    office.run(claims.claim, now=office.now, **facts)
    office.at(2026, 3, 4, 8)

    assert office.do(service.give_up) == ()
    assert states(office) == {date(2026, 3, 3): "posted"}


# --- several processes


@pytest.fixture
def url(tmp_path: Path) -> str:
    return fresh_url(tmp_path)


def test_two_processes_that_decide_at_once_post_once(url: str, company: Company) -> None:
    replicas = [Database(url), Database(url)]
    offices = [Office(database, company) for database in replicas]
    offices[0].enrol("ann", "bo", "cy")
    begin(offices[0], 2026, 3, 2, 12)
    outcomes: list[Morning | Silence | Skipped] = []
    start = threading.Barrier(2)

    def tick(office: Office) -> None:
        office.at(2026, 3, 3, 9)
        start.wait()
        outcomes.extend(office.do(service.open_due, "default"))

    threads = [threading.Thread(target=tick, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [type(outcome) for outcome in outcomes] == [Morning]
    assert states(offices[0]) == {date(2026, 3, 3): "posted"}
    for database in replicas:
        database.close()


def test_a_process_that_looked_before_the_other_decided_finds_the_day_settled(office: Office) -> None:
    """The look needs no writer; what counts is the row."""
    begin(office, 2026, 3, 2, 12)
    office.at(2026, 3, 3, 9)
    assert office.do(service.due)
    assert isinstance(office.morning(), Morning)

    assert office.do(service.open_due, "default") == ()


def test_a_date_is_decided_by_one_row(office: Office) -> None:
    from storage import rituals as storage

    begin(office, 2026, 3, 2, 12)
    (ritual,) = office.run(storage.every, TEAM)
    facts = {"due_at": office.now, "now": office.now}

    assert office.run(storage.decide, TEAM, ritual.id, date(2026, 3, 3), "posted", **facts)
    assert not office.run(storage.decide, TEAM, ritual.id, date(2026, 3, 3), "skipped", **facts)
    assert states(office) == {date(2026, 3, 3): "posted"}
