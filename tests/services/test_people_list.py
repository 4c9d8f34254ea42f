"""People without a Slack account, and the one that they have some day (product.md, People)."""

from typing import Any

import pytest

from bot.services import handing_on, helping, history, people_list
from bot.services import people as members
from bot.services.people_list import Entered, Listing, Unclear
from bot.services.praise import record
from bot.services.telling import Telling
from bot.views import people_list as views
from storage import accountless, people
from storage import praise as praises
from storage.people import Member, Profile
from tests.office import TEAM, TUESDAY, Office


def enter(office: Office, *rows: Listing) -> list[Entered]:
    return office.do(people_list.enter, rows, before=())


def code(entered: Entered) -> str:
    return entered.unclear.code if entered.unclear else ""


def praise(office: Office, name: str, words: str) -> None:
    office.do(history.bring, [Telling((name,), words, happened_on=TUESDAY.date())], award=True)


@pytest.fixture
def house(office: Office) -> Office:
    """Nell stands on the list by name and address, and was praised twice."""
    enter(office, Listing("Nell", "nell@example.com", team="Night", role="lead"))
    praise(office, "Nell@example.com", "Spotless")
    praise(office, "nell@example.com", "Quiet as a mouse")
    return office


def nell(office: Office) -> Member:
    (found,) = office.do(members.without_account, "nell", 5)
    return found


def hire(office: Office, slack_id: str, **facts: Any) -> None:
    office.run(people.enrol, TEAM, [Profile(slack_id=slack_id, name="N. Night", **facts)], now=office.now)


def test_an_account_with_the_same_address_is_theirs_with_all_points(house: Office) -> None:
    before = nell(house)
    hire(house, "UNELL", email="nell@example.com")
    after = house.member("nell")
    assert (after.id, after.name, after.team, after.role) == (before.id, "N. Night", "Night", "lead")
    assert house.points("nell") == 20 and house.do(members.without_account, "", 5) == ()
    hire(house, "UNELL", email="nell@example.com")
    assert house.member("nell") == after


@pytest.mark.parametrize(
    "facts",
    [{"is_gone": True}, {"is_bot": True}, {"is_stranger": True}, {"email": ""}, {"email": "other@example.com"}],
)
def test_no_other_account_is_theirs(house: Office, facts: dict[str, Any]) -> None:
    hire(house, "UNELL", **{"email": "nell@example.com", **facts})
    assert nell(house).slack_id == "" and house.points("nell") == 0


def test_an_account_that_was_known_before_stays_apart_until_they_are_joined(house: Office) -> None:
    hire(house, "UNELL")
    hire(house, "UNELL", email="nell@example.com")
    assert house.points("nell") == 0
    joined = house.do(people_list.join, "Nell", "UNELL")
    assert joined and (joined.listed.name, joined.member.slack_id, joined.left) == ("Nell", "UNELL", 0)
    assert house.points("nell") == 20 and house.total("nell", "praise") == 20
    assert house.do(people_list.join, "Nell", "UNELL") is None
    assert house.points("nell") == 20 and house.is_sound()


def test_whoever_was_praised_twice_in_one_praise_keeps_it_once(house: Office) -> None:
    house.do(history.bring, [Telling(("nell@example.com", "UBO"), "Both", happened_on=TUESDAY.date())], award=True)
    house.do(people_list.join, "nell@example.com", "UBO")
    assert house.points("bo") == 30 and house.is_sound()
    assert len(house.do(history.bring, [Telling(("UBO",), "Both", happened_on=TUESDAY.date())], award=True)) == 1
    assert house.points("bo") == 30


def test_who_handed_a_praise_on_to_the_name_has_its_points_again(house: Office) -> None:
    praise_id = house.praise("ed", "ann", "She found my ring.").praise.id
    ours = members.OURS + nell(house).id
    house.do(handing_on.hand_on, "UANN", praise_id, ours)
    house.do(people_list.join, "Nell", "UANN")
    assert house.points("ann") == 30 and house.is_sound()

    house.do(handing_on.hand_on, "UANN", praise_id, "UBO")
    assert (house.points("ann"), house.points("bo")) == (20, 10)
    assert house.is_sound()


@pytest.mark.parametrize("helper", ["the account", "the name"])
def test_who_helped_and_was_praised_keeps_the_greater_thanks_alone(house: Office, helper: str) -> None:
    ours = members.OURS + nell(house).id
    praised, helped = (ours, "UANN") if helper == "the account" else ("UANN", ours)
    praise_id = house.do(record, "UED", Telling((praised, "UCY"), "They found my ring.")).praise.id
    house.do(helping.name, "UCY", praise_id, [helped])
    house.do(people_list.join, "Nell", "UANN")

    assert house.points("ann") == 30 and house.is_sound()


def test_who_helped_by_both_names_is_thanked_once(house: Office) -> None:
    praise_id = house.praise("ed", "cy", "They found my ring.").praise.id
    house.do(helping.name, "UCY", praise_id, [members.OURS + nell(house).id, "UANN"])
    house.do(people_list.join, "Nell", "UANN")

    assert house.points("ann") == 21 and house.is_sound()


@pytest.mark.parametrize("who", ["UROBOT", "UGUEST", "UGONE", "USTRANGER"])
def test_an_account_that_takes_no_part_is_joined_to_nobody(house: Office, who: str) -> None:
    with pytest.raises(Unclear) as caught:
        house.do(people_list.join, "Nell", who)
    assert views.sentence(caught.value).startswith("this account takes no part")
    assert nell(house).slack_id == "" and not nell(house).is_gone


def test_praise_that_the_account_recorded_of_the_name_stays_with_the_name(house: Office) -> None:
    ours = members.OURS + nell(house).id
    own = house.do(record, "UANN", Telling((ours,), "I am good.")).praise.id
    house.do(record, "UED", Telling((ours,), "She is good."))

    joined = house.do(people_list.join, "Nell", "UANN")

    assert joined and joined.left == 1
    assert house.points("ann") == 30 and house.is_sound()
    (kept,) = house.run(praises.several, [own])
    assert [person.slack_id for person in kept.people] == [""]


def test_those_who_are_joined_are_not_written_down_again(house: Office) -> None:
    house.do(people_list.join, "Nell", "UBO")
    assert [code(one) for one in enter(house, Listing("Nell"), Listing("X", "nell@example.com"))] == [
        "joined_since"
    ] * 2


def test_a_name_becomes_somebody_with_an_address_and_another_name(office: Office) -> None:
    (first,) = enter(office, Listing("Mrs Night"))
    (again,) = enter(office, Listing("Mrs Night", "Night@example.com"))
    (third,) = enter(office, Listing("Mrs Knight", "night@example.com", team="Night"))
    assert first.added and again.changed and third.changed
    assert first.person_id == again.person_id == third.person_id
    (found,) = office.run(accountless.listed, TEAM, [], ["night@example.com"])
    assert (found.name, found.team) == ("Mrs Knight", "Night")
    (namesake,) = enter(office, Listing("Mrs Knight", "other@example.com"))
    assert namesake.added
    assert code(enter(office, Listing("Mrs Knight"))[0]) == "several_names"


@pytest.mark.parametrize("typed", ["É", "Élodie", "lodie m", "M%r"])
def test_they_are_found_by_what_is_typed_of_their_name(office: Office, typed: str) -> None:
    enter(office, Listing("Élodie M%rtin"), Listing("Bob Miller"))
    (found,) = office.do(members.without_account, typed, 5)
    assert found.name == "Élodie M%rtin"


def test_a_form_names_them_by_an_id_of_ours_and_nobody_else_so(house: Office) -> None:
    person = nell(house)
    assert house.do(members.named, [members.OURS + person.id, "UBO"]) == (person, house.member("bo"))
    for name in (members.OURS + house.member("bo").id, members.OURS + "0" * 32):
        assert house.refusal(members.named, [name]).code == "unknown_people"


def test_every_code_has_a_sentence() -> None:
    import ast
    import inspect

    nodes = [node for node in ast.walk(ast.parse(inspect.getsource(people_list))) if isinstance(node, ast.Call)]
    raised = [node for node in nodes if getattr(node.func, "id", "") == "Unclear"]
    codes = {text.value for node in raised for text in ast.walk(node.args[0]) if isinstance(text, ast.Constant)}
    assert len(codes) > 10 and all(views.sentence(Unclear(str(one))) for one in codes)
