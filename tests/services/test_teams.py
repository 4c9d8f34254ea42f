"""The board of teams, and that of one's own team (product.md 5)."""

from typing import Any

import pytest

from bot.services import people, teams
from bot.services.teams import TeamStanding
from handlers.leaderboards import read
from storage import people as roster
from storage.integrity import problems
from tests.office import Office, slack_id

FRONT, KITCHEN, BAR = ("fa", "fb", "fc", "fd", "fe"), ("ka", "kb", "kc", "kd", "ke", "kf"), ("ba", "bb", "bc", "bd")


@pytest.fixture
def staffed(office: Office) -> Office:
    """Five at the front, six in the kitchen, four at the bar."""
    for team, names in (("Front", FRONT), ("Kitchen", KITCHEN), ("Bar", BAR)):
        office.enrol(*names)
        put(office, team, *names)
    return office


def put(office: Office, team: str, *names: str) -> None:
    for name in names:
        office.run(roster.list_as, office.member(name).id, team=team)


def board(office: Office, viewer: str = "fa", board: str = "points", period: str = "month") -> TeamStanding:
    return office.do(teams.standing, slack_id(viewer), board, period)


def lines(standing: Any) -> list[tuple[int, str, float]]:
    return [(one.rank, one.team, one.per_head) for one in standing.places]


def test_teams_are_compared_a_head_and_ones_own_is_known(staffed: Office) -> None:
    staffed.praise("ann", "fa fb", "One.")
    staffed.praise("ann", "ka", "Two.")

    shown = board(staffed)

    assert lines(shown) == [(1, "Front", 4.0), (2, "Kitchen", 10 / 6)]
    assert shown.own == shown.places[0]
    assert board(staffed, "ann").own is None


def test_no_team_of_fewer_than_five_is_shown(staffed: Office) -> None:
    staffed.praise("ann", "ba", "One.")

    shown = board(staffed, "ba")

    assert shown.places == ()
    assert shown.own is not None and shown.own.too_small and shown.own.rank == 0


def test_who_is_hidden_or_gone_is_in_no_sum_and_no_number_of_heads(staffed: Office) -> None:
    """Else what they have could be told by subtraction; and five of whom one hides are too few."""
    staffed.praise("ann", "ka kb", "One.")
    staffed.praise("ann", "fa fb", "Two.")
    staffed.do(people.hide_rank, slack_id("ka"), hide=True)
    staffed.do(people.hide_rank, slack_id("fa"), hide=True)

    assert lines(board(staffed)) == [(1, "Kitchen", 2.0)]
    staffed.enrol("kb", is_gone=True)
    assert lines(board(staffed)) == []


def test_the_team_of_today_counts_and_the_ledger_agrees(staffed: Office) -> None:
    staffed.praise("ann", "fa", "One.")
    put(staffed, "Kitchen", "fa")

    assert lines(board(staffed)) == [(1, "Kitchen", 10 / 7)]
    assert staffed.database.read_now(lambda session: list(problems(session, real_now=0.0))) == []


def test_a_list_that_spells_a_team_in_two_ways_makes_one_team(staffed: Office) -> None:
    put(staffed, "KITCHEN", "fa", "fb")
    staffed.praise("ann", "fa ka", "One.")

    assert lines(board(staffed)) == [(1, "Kitchen", 20 / 8)]
    assert board(staffed, "fa").own == board(staffed, "kb").own


@pytest.mark.parametrize(("period", "shown"), [("week", 1), ("year", 0)])
def test_over_long_times_a_team_needs_three_entries_too(staffed: Office, period: str, shown: int) -> None:
    staffed.praise("ann", "fa fb", "One.")

    assert len(board(staffed, period=period).places) == shown


def test_the_people_of_ones_own_team_and_ones_place_among_them(staffed: Office) -> None:
    staffed.praise("ann", "ka kb", "One.")
    staffed.praise("ann", "fa", "Two.")
    staffed.praise("ann", "ka", "Three.")

    shown = staffed.do(teams.colleagues, slack_id("kb"), "points", "month")

    assert [(place.rank, place.person.name, place.amount) for place in shown.places] == [(1, "Ka", 20), (2, "Kb", 10)]
    assert shown.own is not None and shown.own.rank == 2 and shown.team == "Kitchen"
    assert staffed.do(teams.colleagues, slack_id("fb"), "points", "month").own is None
    staffed.do(people.hide_rank, slack_id("ka"), hide=True)
    alone = staffed.do(teams.colleagues, slack_id("kb"), "points", "month").own
    assert alone is not None and alone.rank == 1


def test_a_team_of_a_few_has_no_board_and_who_has_no_team_is_told_so(staffed: Office) -> None:
    assert staffed.refusal(teams.colleagues, slack_id("ba"), "points", "month").code == "team_too_small"
    assert staffed.refusal(teams.colleagues, slack_id("ann"), "points", "month").code == "no_team"


def test_an_admin_sees_the_board_of_any_team_and_nobody_else_does(staffed: Office) -> None:
    staffed.praise("ann", "ka kb", "One.")
    of_kitchen = (teams.colleagues, slack_id("ada"), "points", "month")
    shown = staffed.do(*of_kitchen, team="kitchen")
    assert {place.person.name for place in shown.places} == {"Ka", "Kb"}
    assert (shown.team, shown.own, shown.past, shown.is_own) == ("Kitchen", None, None, False)
    assert staffed.refusal(*of_kitchen, team="Bar").code == "other_team_small"
    assert staffed.refusal(*of_kitchen, team="Nowhere").code == "unknown_team"
    for name in ("fa", "ann"):
        asked = (teams.colleagues, slack_id(name), "points", "month")
        assert staffed.refusal(*asked, team="Kitchen").code == "admins_only"
    own = staffed.do(teams.colleagues, slack_id("kc"), "points", "month", team="KITCHEN")
    assert own.is_own and own.team == "Kitchen"


@pytest.mark.parametrize(
    ("text", "team", "period", "board"),
    [
        ("team", "", "month", "points"),
        ("team week", "", "week", "points"),
        ("praise team", "", "month", "praise"),
        ("team Kitchen", "Kitchen", "month", "points"),
        ("year team Front desk praise", "Front desk", "year", "praise"),
        ("team week Night shift", "Night shift", "week", "points"),
    ],
)
def test_the_name_of_a_team_stands_behind_team(text: str, team: str, period: str, board: str) -> None:
    question = read(text)
    assert question and (question.of, question.team, question.period, question.board) == ("team", team, period, board)


@pytest.mark.parametrize(
    ("text", "team", "period", "board"),
    [
        ("team All Day Dining", "All Day Dining", "month", "points"),
        ("week team all day dining praise", "all day dining", "week", "praise"),
        ("team year All Day Dining", "All Day Dining", "year", "points"),
        ("team Show Kitchen", "Show Kitchen", "month", "points"),
        ("team Export Desk", "Export Desk", "month", "points"),
        ("team Team Points", "Team Points", "month", "points"),
        ("team Week", "Week", "month", "points"),
        ("team week", "week", "month", "points"),
        ("team week month", "week", "month", "points"),
    ],
)
def test_the_name_of_a_team_may_hold_words_of_the_command(text: str, team: str, period: str, board: str) -> None:
    known = {"all day dining", "show kitchen", "export desk", "team points", "week"}
    question = read(text, known)
    assert question and (question.of, question.team, question.period, question.board) == ("team", team, period, board)


@pytest.mark.parametrize("text", ["team hide", "team show", "team export", "team Show Kitchen", "team Export all"])
def test_behind_team_nothing_is_hidden_shown_or_sent_as_a_file(text: str) -> None:
    question = read(text)
    assert question and (question.hide, question.of) == (None, "team") and question.team


def test_the_teams_that_are_known_are_those_of_the_roster(staffed: Office) -> None:
    assert staffed.do(teams.names) == {"front", "kitchen", "bar"}
