"""`/leaderboard`: the first ten of a board, one's own rank, and who is asked about by whom (product.md 5)."""

from datetime import date

import pytest

from bot.rules.periods import PERIODS
from bot.services import kudos, people
from bot.services import leaderboards as service
from bot.services.leaderboards import Standing
from tests.office import Office, mentions, slack_id


def board(office: Office, viewer: str = "ann", board: str = "points", period: str = "month") -> Standing:
    return office.do(service.standing, slack_id(viewer), board, period)


def lines(standing: Standing) -> list[tuple[int, str, int]]:
    return [(place.rank, place.person.name, place.amount) for place in standing.places]


def thank(office: Office, giver: str, *receivers: str) -> None:
    office.do(kudos.give, slack_id(giver), mentions(*receivers), reason="for all", channel="CSHOP")


def test_the_best_come_first_and_ties_share_a_rank(office: Office) -> None:
    office.praise("ann", "bo", "One.")
    office.praise("ann", "cy di", "Two.")
    thank(office, "ed", "bo")
    thank(office, "cy", "ed")

    shown = lines(board(office))

    assert shown[0] == (1, "Bo", 11)
    assert sorted(shown[1:3]) == [(2, "Cy", 10), (2, "Di", 10)]
    assert shown[3] == (4, "Ed", 1)


def test_each_board_counts_its_own_deeds(office: Office) -> None:
    office.praise("ann", "bo", "One.")
    thank(office, "lee", "bo", "cy")

    assert sorted(lines(board(office, board="points"))) == [(1, "Bo", 15), (2, "Cy", 5)]
    assert lines(board(office, board="praise")) == [(1, "Bo", 10)]
    assert sorted(lines(board(office, board="kudos"))) == [(1, "Bo", 5), (1, "Cy", 5)]
    assert lines(board(office, board="given")) == [(1, "Lee", 2)]


def test_ten_are_shown_and_the_viewer_beside_them(office: Office) -> None:
    crowd = [f"p{number}" for number in range(12)]
    office.enrol(*crowd)
    for name in crowd:
        office.praise("lee", name, f"Thank you, {name}.")
    thank(office, "bo", "ann")

    standing = board(office)

    assert len(standing.places) == 10
    assert standing.own is not None and (standing.own.rank, standing.own.amount) == (13, 1)


def test_who_has_earned_nothing_has_no_place(office: Office) -> None:
    assert board(office).own is None
    assert board(office).places == ()


def test_who_hides_is_seen_by_nobody_else_and_costs_nobody_a_rank(office: Office) -> None:
    office.praise("ann", "bo", "One.")
    thank(office, "ed", "cy")
    office.do(people.hide_rank, "UBO", hide=True)

    assert lines(board(office, viewer="cy")) == [(1, "Cy", 1)]
    own = board(office, viewer="bo").own
    assert own is not None and (own.rank, own.amount) == (1, 10)
    office.do(people.hide_rank, "UBO", hide=False)
    assert [line[1] for line in lines(board(office))] == ["Bo", "Cy"]


def test_who_left_is_on_no_board(office: Office) -> None:
    office.praise("ann", "bo", "One.")
    office.enrol("bo", is_gone=True)

    assert board(office).places == ()


@pytest.mark.parametrize("period", ["quarter", "year", "all"])
def test_long_periods_rank_from_three_deeds_on(office: Office, period: str) -> None:
    office.praise("ann", "bo", "One.")
    office.praise("ann", "bo", "Two.")
    own = board(office, viewer="bo", period=period).own

    assert board(office, period=period).places == ()
    assert own is not None and (own.rank, own.amount, own.events) == (0, 20, 2)
    office.praise("ann", "bo", "Three.")
    assert lines(board(office, period=period)) == [(1, "Bo", 30)]


@pytest.mark.parametrize("period", ["week", "month"])
def test_short_periods_rank_from_the_first_deed(office: Office, period: str) -> None:
    office.praise("ann", "bo", "One.")

    assert lines(board(office, period=period)) == [(1, "Bo", 10)]


@pytest.mark.parametrize(
    ("period", "starts_on"),
    [("week", date(2026, 3, 30)), ("month", date(2026, 4, 1)), ("quarter", date(2026, 4, 1)),
     ("year", date(2026, 1, 1))],
)  # fmt: skip
def test_periods_are_the_current_calendar_ones(office: Office, period: str, starts_on: date) -> None:
    office.at(2026, 4, 1, 0)

    assert board(office, period=period).starts_on == starts_on


def test_a_new_month_begins_in_the_workspaces_zone(office: Office) -> None:
    from zoneinfo import ZoneInfo

    office.settle(zone=ZoneInfo("Asia/Taipei"))
    office.at(2026, 3, 31, 23, 59, zone="Asia/Taipei")
    office.praise("ann", "bo", "One.")
    assert lines(board(office)) == [(1, "Bo", 10)]

    office.later(minutes=1)

    assert board(office).places == ()
    assert lines(board(office, period="week")) == [(1, "Bo", 10)]


def test_guests_see_no_board(office: Office) -> None:
    assert office.refusal(service.standing, "UGUEST", "points", "month").code == "actor_guest"


def test_admins_ask_about_anyone_and_others_about_themselves(office: Office) -> None:
    office.praise("ann", "bo", "One.")

    record = office.do(service.record, "UADA", "UBO")

    assert record.person.name == "Bo"
    assert [period for period, _ in record.places] == list(PERIODS)
    assert [place.rank if place else None for _, place in record.places] == [1, 1, 0, 0, 0]
    assert office.do(service.record, "UBO", "UBO") == record
    assert office.refusal(service.record, "UANN", "UBO").code == "admins_only"
    assert office.refusal(service.record, "ULEE", "UBO").code == "admins_only"
    assert office.refusal(service.record, "UADA", "UNOBODY").code == "unknown_people"


def test_an_admin_sees_the_amount_of_who_hides(office: Office) -> None:
    office.praise("ann", "bo", "One.")
    office.do(people.hide_rank, "UBO", hide=True)

    place = dict(office.do(service.record, "UADA", "UBO").places)["month"]

    assert place is not None and place.amount == 10
