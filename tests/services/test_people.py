"""Who may act, and what people ask the bot to respect."""

import pytest
from sqlmodel import Session

from bot.services import people as service
from bot.services import privacy
from storage import people
from tests.office import TEAM, Office, mentions, slack_id


@pytest.mark.parametrize(
    ("facts", "role", "leads"),
    [
        ({}, "employee", False),
        ({"appointed": "lead"}, "lead", True),
        ({"appointed": "admin"}, "admin", True),
        ({"is_slack_admin": True}, "admin", True),
        ({"is_slack_admin": True, "appointed": "lead"}, "admin", True),
    ],
)
def test_a_role_comes_from_slack_and_from_the_settings(office: Office, facts: dict, role: str, leads: bool) -> None:
    office.enrol("eve", **facts)

    assert (office.member("eve").role, office.member("eve").leads) == (role, leads)


def test_slack_takes_a_role_away_as_it_gave_it(office: Office) -> None:
    assert office.member("ada").role == "admin"
    office.enrol("ada")

    assert office.member("ada").role == "employee"


@pytest.mark.parametrize("name", ["ann", "lee", "ada"])
def test_full_members_act(office: Office, name: str) -> None:
    assert office.do(service.actor, slack_id(name)).name == name.title()


@pytest.mark.parametrize(
    ("name", "code"),
    [("guest", "actor_guest"), ("robot", "actor_bot"), ("gone", "actor_gone"), ("stranger", "actor_stranger"),
     ("nobody", "unknown_actor"), ("", "unknown_actor")],
)  # fmt: skip
def test_others_do_not(office: Office, name: str, code: str) -> None:
    assert office.refusal(service.actor, slack_id(name)).code == code


@pytest.mark.parametrize("name", ["ann", "lee"])
def test_some_things_are_for_admins(office: Office, name: str) -> None:
    assert office.do(service.admin, "UADA").name == "Ada"
    assert office.refusal(service.admin, slack_id(name)).code == "admins_only"


def test_an_admin_who_left_is_none(office: Office) -> None:
    office.enrol("ada", is_slack_admin=True, is_gone=True)

    assert office.refusal(service.admin, "UADA").code == "actor_gone"


def test_people_are_named_in_their_order_and_once(office: Office) -> None:
    named = office.do(service.named, mentions("cy", "ann", "cy"))

    assert [person.name for person in named] == ["Cy", "Ann"]


def test_whom_slack_does_not_know_is_told_apart(office: Office) -> None:
    refusal = office.refusal(service.named, mentions("cy", "nobody"))

    assert (refusal.code, refusal.facts["people"]) == ("unknown_people", ["UNOBODY"])
    assert office.do(service.unknown, mentions("cy", "nobody", "nobody")) == ["UNOBODY"]


def test_people_of_another_workspace_are_unknown(office: Office) -> None:
    office.settle(workspace_id="T2")

    assert office.refusal(service.actor, "UANN").code == "unknown_actor"


def test_a_wish_stays_whatever_slack_says_later(office: Office) -> None:
    assert office.do(privacy.prefer, "UANN", private=True).person.keeps_private
    assert office.do(service.hide_rank, "UANN", hide=True).hides_rank
    office.enrol("ann", zone="Asia/Taipei")

    ann = office.member("ann")
    assert (ann.keeps_private, ann.hides_rank, ann.zone) == (True, True, "Asia/Taipei")
    assert not office.do(privacy.prefer, "UANN", private=False).person.keeps_private
    assert office.member("ann").hides_rank


def test_who_takes_no_part_has_no_wishes(office: Office) -> None:
    assert office.refusal(privacy.prefer, "UGUEST", private=True).code == "actor_guest"


def test_leaders_are_present_full_members_in_a_stable_order(office: Office) -> None:
    office.enrol("zoe", appointed="lead", is_gone=True)

    def leaders(session: Session, role: people.Role) -> set[str]:
        found = people.leaders(session, TEAM, role)
        assert [member.id for member in found] == sorted(member.id for member in found)
        return {member.name for member in found}

    assert office.run(leaders, "lead") == {"Lee", "Lou"}
    assert office.run(leaders, "admin") == {"Ada"}


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("en-GB", "en"), ("fr-FR", "en"), ("", "en")]
)
def test_a_person_is_spoken_to_in_the_language_of_their_slack(office: Office, locale: str, language: str) -> None:
    office.enrol("ann", locale=locale)

    assert office.member("ann").language == language
