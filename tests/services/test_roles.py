"""Leads by a user group, and guests by an admin's leave (product.md, People)."""

from functools import partial

import pytest

from bot.services import kudos, settings
from bot.services.leaderboards import standing
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
    assert members(shop, "cy", group="S0OTHER") == 2
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
