"""What deeds are worth is a setting: for what is done from then on, never for what was done (product.md, Points)."""

from datetime import date

import pytest

from bot.services import credits, handing_on, helping, history, kudos, settings
from bot.services.kudos import Left
from bot.services.telling import Telling
from storage import points
from tests.ideas import move, send
from tests.office import TEAM, Office, slack_id


def change(office: Office, **wishes: str) -> None:
    """An admin changes settings, and the process goes by them."""
    office.do(settings.change, "UADA", wishes)
    office.company = office.do(settings.stands)


def thank(office: Office, giver: str, *receivers: str) -> list[int]:
    given = office.do(kudos.give, slack_id(giver), [*map(slack_id, receivers)], reason="help", channel="C1")
    return [gift.points for gift in given.gifts]


@pytest.fixture
def shop(office: Office) -> Office:
    office.keep_ritual()
    change(
        office, PRAISE_POINTS="7", HELP_POINTS="3", IDEA_POINTS="30", SOLVED_POINTS="50", KUDOS_POINTS="2",
        LEAD_KUDOS_POINTS="4", KUDOS_DAILY="2", LEAD_KUDOS_WEEKLY="1", LEADS="ULEE",
    )  # fmt: skip
    return office


def test_each_deed_brings_what_the_company_says(shop: Office) -> None:
    praise = shop.praise("bo", "ann", "So patient.")
    helped = shop.do(helping.name, "UANN", praise.praise.id, ["UCY"])
    assert (praise.points, shop.points("ann"), helped.points, shop.points("cy")) == (7, 7, 3, 3)
    idea = send(shop, "bo").suggestion.id
    assert move(shop, "lee", idea, "accepted").awarded == 30 == shop.points("bo")
    for state in ("doing", "done"):
        move(shop, "lee", idea, state)
    assert shop.do(credits.solved, "ULEE", idea, ["UANN"]).points == 50
    assert shop.points("ann") == 57 and shop.is_sound()


def test_allowances_are_those_of_the_company(shop: Office) -> None:
    assert thank(shop, "lee", "ann", "bo", "cy") == [4, 2, 2]
    assert shop.do(kudos.left, shop.member("lee")) == Left(0, 0, 4)
    assert thank(shop, "ann", "bo") == [2]
    change(shop, KUDOS_DAILY="1", LEAD_KUDOS_WEEKLY="0")
    assert shop.do(kudos.left, shop.member("ann")) == Left(0, 0, None), "what was given today counts, and stays given"
    assert shop.points("bo") == 4


def test_what_was_earned_keeps_its_worth_when_it_is_handed_on_or_taken_back(shop: Office) -> None:
    praise = shop.praise("cy", "ann", "So patient.").praise
    change(shop, PRAISE_POINTS="100", HELP_POINTS="0")
    handed = shop.do(handing_on.hand_on, "UANN", praise.id, "UBO")
    assert (handed.points, shop.points("ann"), shop.points("bo")) == (7, 0, 7)
    assert shop.is_sound()


def test_nobody_gets_the_difference_of_what_they_have(shop: Office) -> None:
    told = Telling(("UANN",), "Kind", happened_on=date(2025, 6, 1))
    shop.do(history.bring, [told], award=True)
    change(shop, PRAISE_POINTS="100")
    assert shop.do(history.bring, [told], award=True)[0].awarded == 0
    assert shop.points("ann") == 7 and shop.is_sound()


def test_a_deed_may_be_worth_nothing_and_still_counts(shop: Office) -> None:
    change(shop, PRAISE_POINTS="0", KUDOS_POINTS="0")
    shop.praise("bo", "ann", "So patient.")
    assert thank(shop, "bo", "ann") == [0]
    lines = shop.run(points.latest, shop.member("ann").id, 5)
    assert [(line.deed, line.amount) for line in lines] == [("kudos", 0), ("praise", 0)]
    assert shop.points("ann") == 0 and shop.is_sound()


def test_another_person_under_the_same_key_is_still_a_defect(office: Office) -> None:
    day = date(2026, 3, 3)
    ann, bo = office.member("ann").id, office.member("bo").id
    assert office.run(points.award, TEAM, points.Line("idea:x", ann, "idea", 20, day, office.now))
    assert not office.run(points.award, TEAM, points.Line("idea:x", ann, "idea", 5, day, office.now))
    with pytest.raises(points.KeyTaken):
        office.run(points.award, TEAM, points.Line("idea:x", bo, "idea", 20, day, office.now))
