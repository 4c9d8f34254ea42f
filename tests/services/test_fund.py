"""Many give to one project; with its goal the points are spent, without it everybody has them back."""

import pytest

from bot.rules.points import Account
from bot.services import fund as service
from bot.services.catalogue import NEW
from bot.services.fund import ProjectDraft
from storage import points
from tests.office import TEAM, Office, slack_id
from tests.rewards import earn, project


@pytest.fixture
def givers(office: Office) -> Office:
    """Ann and Bo have 80 points each."""
    for who in ("ann", "bo"):
        earn(office, who, 80)
    return office


def give(office: Office, who: str, to: str, amount: object) -> service.Given:
    return office.do(service.give, slack_id(who), to, str(amount))


def test_points_given_are_put_by(givers: Office) -> None:
    lift = project(givers)
    gift = give(givers, "ann", lift, 30)

    assert (gift.project.given, gift.project.state, gift.admins) == (30, "open", ())
    assert givers.account("ann") == Account(50, 30)
    assert givers.do(service.settle) == () and givers.is_sound()


def test_with_its_goal_the_points_of_all_are_spent_and_they_hear_of_it(givers: Office) -> None:
    lift = project(givers)
    for who, amount in (("ann", 30), ("ann", 10), ("bo", 60)):
        gift = give(givers, who, lift, amount)
    assert gift.project.state == "reached" and [one.name for one in gift.admins] == ["Ada"]

    settled = givers.do(service.settle)
    assert sorted((one.share.person.name, one.share.amount) for one in settled) == [("Ann", 40), ("Bo", 60)]
    assert givers.account("ann") == Account(40) and givers.account("bo") == Account(20)
    assert givers.total("ann", "points") == 80, "what was given is not taken from what was earned"
    assert givers.do(service.settle) == () and givers.is_sound()
    assert {line.deed for line in givers.run(points.latest, givers.member("bo").id, 1)} == {"fund"}
    assert givers.refusal(service.give, "UANN", lift, "1").code == "project_over"


def test_closed_without_its_goal_each_has_the_points_back(givers: Office) -> None:
    lift = project(givers)
    give(givers, "ann", lift, 30)
    give(givers, "bo", lift, 60)

    assert givers.refusal(service.close, "UADA", lift, reason="").field == "reason"
    assert givers.refusal(service.close, "ULEE", lift, reason="No").code == "admins_only"
    closed, count = givers.do(service.close, "UADA", lift, reason="The landlord said no.")
    assert (closed.state, closed.reason, count) == ("closed", "The landlord said no.", 2)

    assert len(givers.do(service.settle)) == 2
    assert givers.account("ann") == Account(80) and givers.account("bo") == Account(80)
    assert givers.refusal(service.close, "UADA", lift, reason="Again").code == "project_over"
    assert givers.is_sound()


@pytest.mark.parametrize("amount", ["0", "-5", "101", "all", ""])
def test_nobody_gives_less_than_one_or_more_than_it_needs(givers: Office, amount: str) -> None:
    assert givers.refusal(service.give, "UANN", project(givers), amount).field == "amount"


def test_nobody_gives_what_they_have_not(givers: Office) -> None:
    assert givers.refusal(service.give, "UANN", project(givers), "81").code == "points_short"
    assert givers.refusal(service.give, "UANN", "0" * 32, "1").code == "no_such_project"


def test_a_goal_stays_above_what_was_given(givers: Office) -> None:
    lift = project(givers)
    give(givers, "ann", lift, 30)

    seen = service.state(givers.do(service.existing, lift))
    assert givers.refusal(service.edit, "UADA", lift, ProjectDraft("Lift", "", "30"), seen=seen).field == "goal"
    assert givers.refusal(service.edit, "UANN", lift, ProjectDraft("Lift", "", "99"), seen=seen).code == "admins_only"
    assert givers.do(service.edit, "UADA", lift, ProjectDraft("Lift", "", "31"), seen=seen).goal == 31


def test_a_form_that_was_opened_before_another_admin_changed_the_project_changes_nothing(givers: Office) -> None:
    lift = project(givers)
    seen = service.state(givers.do(service.existing, lift))
    give(givers, "ann", lift, 5)
    givers.do(service.edit, "UADA", lift, ProjectDraft("A ramp", "At the door.", "100"), seen=seen)

    late = givers.refusal(service.edit, "UADA", lift, ProjectDraft("A lift", "At the back.", "100"), seen=seen)
    assert late.code == "project_changed" and givers.do(service.existing, lift).name == "A ramp"


def test_there_is_room_for_so_many_projects(givers: Office) -> None:
    for number in range(8):
        project(givers, name=f"Project {number}")
    assert givers.refusal(service.edit, "UADA", NEW, ProjectDraft("One more", "", "5"), seen="").code == "projects_many"


def test_a_ledger_row_of_a_gift_names_no_project(givers: Office) -> None:
    lift = project(givers, goal=10)
    give(givers, "ann", lift, 10)
    givers.do(service.settle)
    (line,) = givers.run(points.latest, givers.member("ann").id, 1)
    assert line.key.startswith("fund:") and lift not in line.key
    assert givers.run(points.line, TEAM, line.key) == line
