"""One's own past: the best week, and this month beside the last one to the same day."""

from typing import Any

import pytest

from bot.services import kudos, leaderboards, points
from bot.services.past import Past
from storage import past as storage
from storage import points as ledger
from tests.office import TEAM, Office, mentions, slack_id


def past(office: Office, name: str = "bo", board: str = "points") -> Past:
    found = office.do(leaderboards.standing, slack_id(name), board, "month").past
    assert found is not None
    return found


def thank(office: Office, giver: str, receiver: str) -> Any:
    return office.do(kudos.give, slack_id(giver), mentions(receiver), reason="for all", channel="CSHOP")


def test_who_has_no_past_has_nothing_to_be_compared_with(office: Office) -> None:
    assert past(office) == Past(None, 0, 0, 0)


def test_last_month_counts_to_the_same_day_and_the_best_week_by_its_monday(office: Office) -> None:
    office.at(2026, 2, 3)
    office.praise("ann", "bo", "One.")
    office.praise("ann", "bo", "Two.")
    office.at(2026, 2, 4)
    office.praise("ann", "bo", "Three, which is after the third of the month.")
    office.at(2026, 3, 3)
    office.praise("ann", "bo", "Four.")

    found = past(office)

    assert (found.month, found.before, found.best, str(found.best_on)) == (10, 20, 30, "2026-02-02")
    assert past(office, board="praise") == found
    assert past(office, board="kudos") == Past(None, 0, 0, 0)
    assert office.do(points.statement, slack_id("bo")).past == found


def test_what_was_taken_back_is_no_past(office: Office) -> None:
    office.at(2026, 2, 3)
    office.praise("ann", "bo", "One.")
    (line,) = office.run(ledger.latest, office.member("bo").id, 1)
    office.at(2026, 3, 3)
    office.run(ledger.reverse, TEAM, line.key, now=office.now)

    assert past(office) == Past(None, 0, 0, 0)


def test_what_one_gave_is_counted_by_gifts(office: Office) -> None:
    office.at(2026, 2, 2)
    thank(office, "bo", "ann")
    office.at(2026, 3, 3)
    thank(office, "bo", "cy")
    thank(office, "bo", "di")

    found = past(office, board="given")

    assert (found.month, found.before, found.best) == (2, 1, 2)


@pytest.mark.parametrize("page", [1, 2, 200])
def test_every_entry_of_the_span_is_read_however_many_there_are(
    office: Office, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "PAGE", page)
    for day in range(1, 6):
        office.at(2026, 2, day)
        office.praise("ann", "bo", f"On day {day}.")
    office.at(2026, 3, 3)

    assert past(office).before == 30
