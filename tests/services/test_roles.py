"""Leads by a user group, and guests by an admin's leave (product.md, People)."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from sqlmodel import Session

from bot.rules.company import Company
from bot.services import kudos, people_list, settings, teaming
from bot.services.leaderboards import standing
from bot.services.people_list import Listing
from bot.services.teaming import Crew
from storage import people, roles
from tests.office import TEAM, Office, slack_id

GROUP = "S0LEADS"


@pytest.fixture
def shop(office: Office) -> Office:
    office.keep_ritual()
    office.do(settings.change, "UADA", {"LEADS": "ULEE", "LEADS_GROUP": GROUP})
    return office


def members(office: Office, *names: str, group: str = GROUP) -> int:
    return office.do(settings.lead_by_group, group, [*map(slack_id, names)])


def role(office: Office, name: str) -> str:
    return office.member(name).role


def test_who_is_in_the_group_leads_until_they_leave_it(shop: Office) -> None:
    assert members(shop, "ann", "ada", "nobody") == 2
    assert [role(shop, name) for name in ("ann", "bo", "ada", "lee")] == ["lead", "employee", "admin", "lead"]
    asked = shop.run(people.leaders, TEAM, "lead")
    assert {one.slack_id for one in asked} == {"UANN", "ULEE"}
    assert members(shop, "ann", "ada") == 0, "read again, nothing is new"
    assert members(shop, "bo") == 3
    assert [role(shop, name) for name in ("ann", "bo", "lee")] == ["employee", "lead", "lead"]


def test_appointed_leads_and_those_of_the_list_stay_whoever_leaves_the_group(shop: Office) -> None:
    shop.run(people.list_as, shop.member("cy").id, listed="lead")
    members(shop, "lee", "cy")
    members(shop)
    assert [role(shop, name) for name in ("lee", "cy")] == ["lead", "lead"]


def test_another_group_or_none_ends_the_leads_of_the_first(shop: Office) -> None:
    members(shop, "ann")
    shop.do(settings.change, "UADA", {"LEADS_GROUP": "S0OTHER"})
    assert members(shop, "bo") == 0, "an answer about the group of before comes too late"
    assert role(shop, "ann") == "employee", "before Slack has told who is in the other one"
    assert members(shop, "cy", group="S0OTHER") == 1
    assert [role(shop, name) for name in ("ann", "bo", "cy")] == ["employee", "employee", "lead"]
    shop.do(settings.change, "UADA", {"LEADS_GROUP": ""})
    assert role(shop, "cy") == "employee"


def test_what_slack_says_anew_of_somebody_leaves_the_group_alone(shop: Office) -> None:
    members(shop, "ann")
    shop.enrol("ann", locale="zh-TW")
    assert role(shop, "ann") == "lead"


def test_guests_take_part_by_an_admins_leave_and_never_lead(shop: Office) -> None:
    give = (partial(kudos.give, reason="help", channel="C1"), slack_id("guest"), ["UANN"])
    assert shop.refusal(*give).code == "actor_guest"
    shop.do(settings.change, "UADA", {"GUESTS": "on", "LEADS": "ULEE,UGUEST"})
    shop.company = shop.do(settings.stands)
    members(shop, "guest")
    assert (shop.member("guest").absence, role(shop, "guest")) == (None, "employee")
    assert [gift.points for gift in shop.do(*give).gifts] == [1]
    assert shop.do(standing, slack_id("guest"), "given", "month").own
    assert "UGUEST" not in {one.slack_id for one in shop.run(people.leaders, TEAM, "lead")}
    shop.do(settings.change, "UADA", {"GUESTS": "off"})
    assert shop.refusal(*give).code == "actor_guest"
    assert shop.points("ann") == 1 and shop.is_sound()


def test_a_guest_who_comes_later_is_let_in_too_and_strangers_never_are(shop: Office) -> None:
    come = [
        people.Profile(slack_id="UNEW", name="New", is_guest=True, takes_part=True),
        people.Profile(slack_id="UFAR", name="Far", is_guest=True, is_stranger=True, takes_part=True),
    ]
    shop.run(people.enrol, TEAM, come, now=shop.now)
    shop.run(roles.admit, TEAM, guests=True)
    assert [shop.member(name).absence for name in ("new", "far", "guest")] == [None, "stranger", None]
    shop.run(roles.admit, TEAM, guests=False)
    assert [shop.member(name).absence for name in ("new", "far", "guest")] == ["guest", "stranger", "guest"]


def test_a_group_of_which_slack_knows_nothing_lets_those_of_the_former_one_go(shop: Office) -> None:
    members(shop, "ann")
    shop.do(settings.reset, "LEADS_GROUP")
    shop.settle(leads_group="S0WRONG")  # as .env has it
    shop.do(settle_in)
    assert [role(shop, name) for name in ("ann", "lee")] == ["employee", "lead"]


def settle_in(session: Session, company: Company, *, now: datetime) -> None:
    """As a start does, or a process that sees what another changed."""
    settings.settle(session, settings.stands(session, company), now=now)


# --- teams

FRONT, KITCHEN = Crew("S0FRONT", "Front  desk", ("UANN", "UBO", "UGUEST")), Crew("S0KITCHEN", "Kitchen", ("UBO", "UCY"))


def gather(office: Office, *crews: Crew) -> int:
    """What a process does with Slack's answer; gives for how many something changes."""
    found = office.do(teaming.moves, crews)
    office.do(teaming.enter, found)
    return len(found)


def teams(office: Office, *names: str) -> list[str]:
    return [office.member(name).team for name in names or ("ann", "bo", "cy", "di")]


@pytest.fixture
def crew(shop: Office) -> Office:
    shop.do(settings.change, "UADA", {"TEAM_GROUPS": "S0FRONT,S0KITCHEN"})
    return shop


def test_who_is_in_a_chosen_group_is_of_the_team_of_its_name_and_in_several_of_the_first(crew: Office) -> None:
    assert gather(crew, KITCHEN, FRONT, Crew("S0OTHER", "Other", ("UDI",))) == 4
    assert teams(crew) == ["Front desk", "Front desk", "Kitchen", ""]
    assert gather(crew, KITCHEN, FRONT) == 0, "read again, nothing is new"
    crew.do(settings.change, "UADA", {"TEAM_GROUPS": "S0KITCHEN,S0FRONT"})
    assert gather(crew, FRONT, KITCHEN) == 1 and teams(crew, "bo") == ["Kitchen"]


def test_who_leaves_a_group_leaves_the_team_and_a_new_name_is_taken_over(crew: Office) -> None:
    gather(crew, FRONT, KITCHEN)
    assert gather(crew, replace(FRONT, name="Reception", slack_ids=("UANN",)), KITCHEN) == 3
    assert teams(crew) == ["Reception", "Kitchen", "Kitchen", ""] and teams(crew, "guest") == [""]


def test_of_a_group_that_slack_does_not_tell_of_people_stay_in_the_team(crew: Office) -> None:
    gather(crew, FRONT, KITCHEN)
    assert gather(crew, replace(KITCHEN, slack_ids=())) == 1
    assert teams(crew) == ["Front desk", "Front desk", "", ""]


def test_a_group_that_is_chosen_no_more_lets_its_people_go_at_once(crew: Office) -> None:
    gather(crew, FRONT, KITCHEN)
    late = crew.do(teaming.moves, [replace(FRONT, slack_ids=("UANN", "UDI"))])
    crew.do(settings.change, "UADA", {"TEAM_GROUPS": "S0KITCHEN"})
    assert teams(crew) == ["", "", "Kitchen", ""]
    crew.do(teaming.enter, late)
    assert teams(crew) == ["", "", "Kitchen", ""], "an answer about the groups of before comes too late"


def test_the_list_of_people_stands_above_the_groups(crew: Office) -> None:
    assert listed(crew, "ann", team="Bar") and gather(crew, FRONT, KITCHEN) == 3
    assert teams(crew, "ann", "bo") == ["Bar", "Front desk"]
    assert listed(crew, "bo", team="Bar") and listed(crew, "cy", role="lead")
    assert gather(crew, FRONT, KITCHEN) == 0 and teams(crew) == ["Bar", "Bar", "Kitchen", ""]
    assert not listed(crew, "cy", role="lead") and role(crew, "cy") == "lead"
    assert listed(crew, "bo") and teams(crew, "bo") == [""], "the list says none any more"
    assert gather(crew, FRONT, KITCHEN) == 1 and teams(crew, "bo") == ["Front desk"]
    crew.do(settings.change, "UADA", {"TEAM_GROUPS": ""})
    assert teams(crew) == ["Bar", "", "", ""]


def test_what_the_list_says_between_slacks_answer_and_its_entry_stands(crew: Office) -> None:
    found = crew.do(teaming.moves, [FRONT, KITCHEN])
    listed(crew, "ann", team="Bar")
    crew.do(teaming.enter, found)
    assert teams(crew, "ann", "bo") == ["Bar", "Front desk"]


def listed(office: Office, name: str, **said: str) -> bool:
    """Whether a row of the list of people changed something."""
    (entered,) = office.do(people_list.enter, [Listing(slack_id=slack_id(name), **said)], before=())
    return entered.changed
