"""Room for one more nudge: three a week to one person from the whole bot (product.md 4)."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.services import nudges as service
from storage import nudges, people
from tests.office import TEAM, Office, slack_id

MONDAY, NEXT_MONDAY = date(2026, 3, 2), date(2026, 3, 9)


def ids(office: Office, *names: str) -> list[str]:
    known = office.run(people.by_slack, TEAM, map(slack_id, names))
    return [known[slack_id(name)].id for name in names]


def free(office: Office, *names: str) -> list[str]:
    """Who of these may get another nudge now."""
    is_free = office.do(service.free)
    return [name for name, person_id in zip(names, ids(office, *names), strict=True) if is_free(person_id)]


def test_there_is_no_room_for_a_fourth_in_a_week(office: Office) -> None:
    for _ in range(2):
        office.do(service.count, ids(office, "ann", "bo"))
        office.later(days=1)
    office.do(service.count, ids(office, "bo", "cy"))

    assert free(office, "ann", "bo", "cy", "di") == ["ann", "cy", "di"]
    assert sorted(office.run(nudges.had, TEAM, MONDAY).values()) == [1, 2, 3]


def test_there_is_room_again_when_the_week_of_the_company_begins(office: Office) -> None:
    office.settle(zone=ZoneInfo("Asia/Taipei"))
    office.at(2026, 3, 8, 15, 59)  # a minute before midnight in Taipei
    for _ in range(3):
        office.do(service.count, ids(office, "ann"))
    assert free(office, "ann") == []

    office.later(minutes=1)
    assert free(office, "ann") == ["ann"]


@pytest.mark.parametrize("how_many", [0, 300])
def test_those_whom_a_round_asks_are_counted_at_once(office: Office, how_many: int) -> None:
    names = [f"n{number}" for number in range(how_many)]
    if names:
        office.enrol(*names)

    office.do(service.count, ids(office, *names))

    assert list(office.run(nudges.had, TEAM, MONDAY).values()) == [1] * how_many


def test_weeks_that_are_over_are_forgotten(office: Office) -> None:
    for _ in range(2):
        office.do(service.count, ids(office, "ann"))
        office.later(weeks=1)

    office.run(nudges.forget, NEXT_MONDAY)

    assert [len(office.run(nudges.had, TEAM, week)) for week in (MONDAY, NEXT_MONDAY)] == [0, 1]
