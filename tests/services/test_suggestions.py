"""Ideas are sent, backed and moved; points come once, and nobody reviews their own (product.md 3)."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.rules.quiet import QuietHours
from bot.services import special_days
from bot.services import suggestions as service
from bot.services.suggestions import Draft
from storage import people
from storage import suggestions as storage
from tests.ideas import SHELF, move, send
from tests.office import TEAM, Office, slack_id


def refused(office: Office, *args: Any, **kwargs: Any) -> str:
    return office.refusal(*args, **kwargs).code


def test_an_idea_is_kept_as_it_was_written_with_the_day_only(office: Office) -> None:
    idea = send(office).suggestion

    assert (idea.title, idea.what, idea.why) == (SHELF.title, SHELF.what, SHELF.why)
    assert (idea.gains, idea.wall, idea.state, idea.sent_on) == ("both", "rules", "new", date(2026, 3, 3))
    assert idea.author and idea.author.name == "Ann" and idea.named and idea.backers == 0
    assert office.points("ann") == 0


def test_the_leads_of_the_team_are_asked_else_the_admins_and_never_the_author(office: Office) -> None:
    assert [one.name for one in send(office).reviewers] == ["Ada"]
    assert send(office, "ada").reviewers == ()
    for who in ("ann", "lee"):
        office.run(people.list_as, office.member(who).id, team="Kitchen" if who == "ann" else "kitchen")

    assert [one.name for one in send(office).reviewers] == ["Lee"]
    assert [one.name for one in send(office, "lee").reviewers] == ["Ada"]


@pytest.mark.parametrize("who", ["guest", "robot", "gone", "stranger", "nobody"])
def test_who_takes_no_part_sends_none(office: Office, who: str) -> None:
    office.refusal(service.send, slack_id(who), SHELF)


def test_an_accepted_idea_gives_its_author_twenty_points_once(office: Office) -> None:
    idea = send(office).suggestion.id

    assert move(office, "lee", idea, "review", "accepted").awarded
    assert (office.points("ann"), office.total("ann", "suggestions")) == (20, 20)

    assert not move(office, "lee", idea, "doing", "done").awarded
    assert office.points("ann") == 20 and office.is_sound()


def test_an_idea_that_is_declined_after_all_gives_its_points_back_and_has_them_anew_if_it_is_accepted_again(
    office: Office,
) -> None:
    idea = send(office).suggestion.id
    assert not move(office, "lee", idea, "review", "declined", reason="It costs too much.").taken
    for further in ((), ("doing",)):
        assert move(office, "lee", idea, "review", "accepted").awarded == 20 == office.points("ann")
        declined = move(office, "lee", idea, *further, "declined", reason="It is a fire exit.")
        assert (declined.taken, declined.awarded) == (20, 0)
        assert (office.points("ann"), office.total("ann", "suggestions"), office.total("ann", "points")) == (0, 0, 0)
    assert office.is_sound()


def test_an_idea_goes_its_way_and_every_step_is_kept(office: Office) -> None:
    idea = send(office).suggestion.id
    move(office, "lee", idea, "review")
    office.later(days=1)
    move(office, "ada", idea, "accepted", "doing", "done")

    steps = office.run(storage.steps, idea)
    assert [(one.was, one.became, one.mover and one.mover.name) for one in steps] == [
        ("new", "review", "Lee"),
        ("review", "accepted", "Ada"),
        ("accepted", "doing", "Ada"),
        ("doing", "done", "Ada"),
    ]
    assert office.do(service.existing, idea).moved_on == date(2026, 3, 4)


def test_who_may_not_move_an_idea_changes_nothing(office: Office) -> None:
    idea, own = send(office).suggestion.id, send(office, "lee").suggestion.id

    assert refused(office, service.move, "UBO", idea, "accepted", was="new") == "leads_only"
    assert refused(office, service.move, "ULEE", own, "accepted", was="new") == "idea_own_review"
    assert refused(office, service.move, "ULEE", idea, "done", was="new") == "idea_no_way"
    assert refused(office, service.move, "ULEE", idea, "accepted", was="review") == "idea_moved"
    assert refused(office, service.move, "ULEE", idea, "sold", was="new") == "out_of_date"
    assert refused(office, service.move, "ULEE", "0" * 32, "review", was="new") == "no_such_idea"


def test_an_idea_is_declined_with_a_reason_only(office: Office) -> None:
    idea = send(office).suggestion.id

    assert refused(office, service.move, "ULEE", idea, "declined", was="new") == "idea_text_missing"
    assert move(office, "lee", idea, "declined", reason="No room at the door.").step.reason == "No room at the door."
    assert office.points("ann") == 0


def test_colleagues_back_an_idea_and_hear_of_it_with_the_author(office: Office) -> None:
    idea = send(office).suggestion.id
    for who in ("bo", "cy", "bo"):
        office.do(service.back, slack_id(who), idea, stands=True)
    office.do(service.back, "UCY", idea, stands=False)

    moved = move(office, "lee", idea, "review")
    assert moved.suggestion.backers == 1 and [one.name for one in moved.backers] == ["Bo"]
    assert refused(office, service.back, "UANN", idea, stands=True) == "idea_own"
    move(office, "lee", idea, "declined", reason="No room.")
    assert refused(office, service.back, "UDI", idea, stands=True) == "idea_settled"


def test_an_idea_that_has_not_arrived_is_nowhere(office: Office) -> None:
    """What is sent without a name arrives with the next morning's others."""
    new = service.checked(SHELF, None, team="Kitchen", arrived=False)
    idea = office.run(storage.add, TEAM, new, today=office.now.date())

    assert refused(office, service.back, "UBO", idea, stands=True) == "no_such_idea"
    assert office.run(storage.list_ids, TEAM, storage.Filter(), most=9) == ([], 0)


def test_ideas_are_listed_by_state_wall_team_and_author_newest_first(office: Office) -> None:
    office.run(people.list_as, office.member("bo").id, team="Kitchen")
    first = send(office).suggestion.id
    office.later(days=1)
    second = send(office, "bo", Draft("Soap", "More soap.", wall="front")).suggestion.id
    move(office, "lee", first, "review")

    def listed(**wanted: Any) -> list[str]:
        return office.run(storage.list_ids, TEAM, storage.Filter(**wanted), most=9)[0]

    assert listed() == [second, first]
    assert listed(states=("review",)) == [first] == listed(author_id=office.member("ann").id)
    assert listed(wall="front") == [second] == listed(team="KITCHEN")
    assert office.run(storage.list_ids, TEAM, storage.Filter(), most=1) == ([second], 2)
    assert office.run(storage.teams, TEAM, ("new", "review")) == ("Kitchen",)


def test_reviewers_are_reminded_once_after_five_working_days(office: Office) -> None:
    idea = send(office).suggestion.id  # on a Tuesday
    office.at(2026, 3, 9)
    assert office.do(service.remind) == ()

    office.at(2026, 3, 10)
    (late,) = office.do(service.remind)
    assert late.suggestion.id == idea and [one.name for one in late.reviewers] == ["Ada"]
    assert office.do(service.remind) == ()

    move(office, "lee", idea, "review")
    office.at(2026, 3, 17)
    assert len(office.do(service.remind)) == 1
    move(office, "lee", idea, "accepted")
    office.at(2026, 3, 30)
    assert office.do(service.remind) == ()


def test_a_reminder_comes_on_a_working_day_at_the_hour_and_never_by_night(office: Office) -> None:
    office.at(2026, 3, 2)
    send(office)  # on a Monday
    office.settle(zone=ZoneInfo("Asia/Taipei"))
    for day in (7, 8):  # five days after which all but the week end were worked
        office.at(2026, 3, day, zone="Asia/Taipei")
        assert office.do(service.remind) == ()
    for hour, minute in ((0, 0), (9, 59), (14, 1), (23, 30)):  # of the next one
        office.at(2026, 3, 9, hour, minute, zone="Asia/Taipei")
        assert office.do(service.remind) == ()

    office.at(2026, 3, 10, 10, zone="Asia/Taipei")
    (late,) = office.do(service.remind)
    assert late.post_at == office.now


def test_days_off_do_not_count_and_nobody_is_reminded_on_them(office: Office) -> None:
    send(office)  # on a Tuesday
    for day in (5, 10):
        office.do(special_days.mark_by_admin, "UADA", date(2026, 3, day), works=False)
    for day in (10, 11):
        office.at(2026, 3, day)
        assert office.do(service.remind) == ()

    office.at(2026, 3, 12)
    assert len(office.do(service.remind)) == 1


def test_what_came_on_a_day_off_waits_from_the_next_working_day_on(office: Office) -> None:
    office.at(2026, 3, 7)
    send(office)
    office.at(2026, 3, 13)
    assert office.do(service.remind) == ()
    office.at(2026, 3, 16)
    assert len(office.do(service.remind)) == 1


def test_a_reminder_waits_for_the_end_of_quiet_hours(office: Office) -> None:
    office.settle(quiet=QuietHours(time(21), time(11)))
    send(office)
    office.at(2026, 3, 10)
    (late,) = office.do(service.remind)
    assert late.post_at == office.at(2026, 3, 10, 11)
