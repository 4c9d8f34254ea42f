"""What deeds are worth is a setting: for what is done from then on, never for what was done (product.md, Points)."""

from datetime import date

import pytest

from bot.services import (
    credits,
    economy,
    handing_on,
    helping,
    history,
    kudos,
    leaderboards,
    past,
    reactions,
    settings,
    teams,
)
from bot.services.kudos import Left
from bot.services.past import Past
from bot.services.telling import Telling
from bot.views import teams as views_of_teams
from bot.views.leaderboards import board as shown
from storage import messages, points
from storage import people as roster
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


def worthless(office: Office) -> None:
    """Deeds are thanked for, and bring no points."""
    change(office, PRAISE_POINTS="0", IDEA_POINTS="0", KUDOS_POINTS="0", LEAD_KUDOS_POINTS="0", KUDOS_DAILY="9")


def lines(office: Office, board: str, viewer: str = "ann", period: str = "month") -> list[tuple[int, str, int]]:
    shown = office.do(leaderboards.standing, slack_id(viewer), board, period)
    return [(place.rank, place.person.name, place.events) for place in shown.places]


def test_of_deeds_that_are_worth_nothing_the_number_makes_the_place(shop: Office) -> None:
    worthless(shop)
    for giver, receivers in (("ann", ("bo", "cy")), ("di", ("bo",)), ("ed", ("di",))):
        thank(shop, giver, *receivers)
    shop.praise("bo", "ann", "So patient.")

    assert lines(shop, "kudos") == [(1, "Bo", 2), (2, "Cy", 1), (2, "Di", 1)]
    assert lines(shop, "praise") == [(1, "Ann", 1)]
    assert lines(shop, "kudos", period="year") == [], "three entries are needed there as ever"
    assert lines(shop, "points") == [], "of points nobody has any"
    for viewer, rank in (("bo", 1), ("cy", 2), ("di", 2)):
        own = shop.do(leaderboards.standing, slack_id(viewer), "kudos", "month").own
        assert own and own.rank == rank


def test_points_stand_above_the_number_of_deeds(shop: Office) -> None:
    thank(shop, "ann", "cy")
    worthless(shop)
    for giver in ("ann", "di", "ed"):
        thank(shop, giver, "bo")

    assert lines(shop, "kudos") == [(1, "Cy", 1), (2, "Bo", 3)]


def test_what_was_taken_back_counts_for_nothing_there_either(shop: Office) -> None:
    worthless(shop)
    message = shop.run(messages.identify, workspace_id=TEAM, channel="CSHOP", ts="1.0")
    for ts in (1, 2):
        facts = {"stands": ts == 1, "event_ts": f"{ts}.0", "channel": "CSHOP"}
        shop.do(reactions.react, "UDI", "UBO", message, **facts)

    assert lines(shop, "kudos") == lines(shop, "given") == [] and shop.is_sound()


def test_ones_past_is_told_by_the_number_where_that_is_all_there_is(shop: Office) -> None:
    worthless(shop)
    shop.at(2026, 2, 3)
    thank(shop, "ann", "bo")
    shop.at(2026, 3, 3)
    for giver in ("ann", "cy"):
        thank(shop, giver, "bo")

    found = shop.do(past.of, shop.member("bo"), "kudos")

    assert found == Past(date(2026, 3, 2), 2, 2, 1, by_times=True)
    assert shop.do(past.of, shop.member("bo"), "points") == Past(None, 0, 0, 0)
    text = shown(shop.do(leaderboards.standing, "UBO", "kudos", "month"), "en")["text"]
    assert "You are in place 1 with 2 kudos." in text and "You have 2 kudos this month" in text
    assert "Times: 2" in text and "Points:" not in text


def test_teams_are_compared_by_the_number_too(shop: Office) -> None:
    worthless(shop)
    for team, names in (("Front", ("ann", "bo", "cy", "di", "ed")), ("Back", ("fa", "fb", "fc", "fd", "fe"))):
        shop.enrol(*(name for name in names if team == "Back"))
        for name in names:
            shop.run(roster.list_as, shop.member(name).id, team=team)
    thank(shop, "lee", "ann", "fa")
    thank(shop, "ann", "fb")

    board = shop.do(teams.standing, "UANN", "kudos", "month")

    assert [(one.rank, one.team, one.times_per_head) for one in board.places] == [(1, "Back", 0.4), (2, "Front", 0.2)]
    assert "in place 2, with 0.2 times a head" in views_of_teams.board(board, "en")["text"]
    assert shop.do(teams.standing, "UANN", "points", "month").places == ()
    own = shop.do(teams.colleagues, "UANN", "kudos", "month")
    assert [place.person.name for place in own.places] == ["Ann"] and own.own and own.own.rank == 1
    thank(shop, "bo", "cy")
    thank(shop, "di", "cy")
    own = shop.do(teams.colleagues, "UANN", "kudos", "month")
    assert [place.person.name for place in own.places] == ["Cy", "Ann"] and own.own and own.own.rank == 2


def test_thanks_without_points_count_in_how_thanks_go_round(shop: Office) -> None:
    worthless(shop)
    for name in ("ann", "bo", "lee"):
        shop.run(roster.list_as, shop.member(name).id, team="Front")
    shop.at(2026, 2, 3)
    thank(shop, "cy", "ann")
    shop.at(2026, 3, 4)  # thirty days before is a Monday of last month
    thank(shop, "cy", "bo")

    health = shop.do(economy.health)
    assert health and (health.thanked, health.never) == (1, round(100 * (health.people - 2) / health.people))
    shop.at(2026, 3, 5)
    assert [one.person.name for one in shop.do(economy.overview, "ULEE").forgotten] == [], "3 February is 30 days ago"
    shop.at(2026, 3, 6)
    assert [one.person.name for one in shop.do(economy.overview, "ULEE").forgotten] == ["Ann"]
