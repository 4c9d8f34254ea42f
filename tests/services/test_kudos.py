"""Thanking colleagues: who gets what, what it costs, and joining in (product.md 2)."""

from typing import Any

import pytest

from bot.services import kudos as service
from bot.services.kudos import Given, Left, NobodyThanked
from bot.services.leaderboards import standing
from tests.office import Office, mentions, slack_id


def give(office: Office, giver: str, receivers: str, **details: Any) -> Given:
    facts: dict[str, Any] = {"reason": "for staying late", "channel": "CSHOP", **details}
    return office.do(service.give, slack_id(giver), mentions(*receivers.split()), **facts)


def nobody(office: Office, giver: str, receivers: str) -> dict[str, str]:
    """Why each of these people cannot be thanked, by first name."""
    act = {"reason": "for staying late", "channel": "CSHOP"}
    refusal = office.refusal(service.give, slack_id(giver), mentions(*receivers.split()), **act)
    assert isinstance(refusal, NobodyThanked)
    return {one.person.name: one.code for one in refusal.refused}


def left(office: Office, name: str) -> Left:
    return office.do(service.left, office.member(name))


def refused(given: Given) -> dict[str, str]:
    return {one.person.name: one.code for one in given.refused}


def test_a_colleague_gives_a_point_to_each_and_counts_as_a_giver(office: Office) -> None:
    given = give(office, "ann", "bo cy", value="care")

    assert [(gift.person.name, gift.points) for gift in given.gifts] == [("Bo", 1), ("Cy", 1)]
    assert (given.reason, given.value, given.left) == ("for staying late", "care", Left(3, 0))
    assert (office.points("bo"), office.points("cy"), office.points("ann")) == (1, 1, 0)
    assert (office.total("bo", "kudos"), office.total("bo", "points"), office.total("ann", "given")) == (1, 1, 2)
    assert office.is_sound()


def test_a_lead_gives_five_points_from_the_week_and_then_one_from_the_day(office: Office) -> None:
    crowd = [f"p{number}" for number in range(15)]
    office.enrol(*crowd)

    given = give(office, "lee", " ".join(crowd))

    assert [gift.points for gift in given.gifts] == [5] * 10 + [1] * 5
    assert given.left == Left(0, 0)
    assert office.is_sound()


def test_an_admin_gives_as_leads_do(office: Office) -> None:
    assert give(office, "ada", "bo").gifts[0].points == 5


def test_five_a_day_and_no_more(office: Office) -> None:
    office.enrol("flo")

    given = give(office, "ann", "bo cy di ed lee flo")

    assert [gift.person.name for gift in given.gifts] == ["Bo", "Cy", "Di", "Ed", "Lee"]
    assert refused(given) == {"Flo": "allowance"}
    assert office.points("flo") == 0
    assert nobody(office, "ann", "flo") == {"Flo": "allowance"}


def test_what_is_left_today_does_not_roll_over(office: Office) -> None:
    give(office, "ann", "bo")
    office.later(days=1)

    assert left(office, "ann") == Left(5, 0)


def test_the_day_resets_at_the_givers_own_midnight(office: Office) -> None:
    office.enrol("ann", zone="America/New_York")
    office.at(2026, 3, 3, 23, 59, zone="America/New_York")
    give(office, "ann", "bo cy")
    assert left(office, "ann") == Left(3, 0)

    office.later(minutes=1)

    assert left(office, "ann") == Left(5, 0)


def test_without_a_zone_of_their_own_the_workspaces_midnight_counts(office: Office) -> None:
    office.at(2026, 3, 3, 23, 59)
    give(office, "ann", "bo cy")
    assert left(office, "ann") == Left(3, 0)

    office.later(minutes=1)

    assert left(office, "ann") == Left(5, 0)


def test_a_leads_week_begins_on_monday_in_the_workspaces_zone(office: Office) -> None:
    office.enrol("lee", appointed="lead", zone="Pacific/Auckland")  # where Monday begins half a day earlier
    office.at(2026, 3, 8, 23, 59)
    give(office, "lee", "bo cy")
    assert left(office, "lee") == Left(5, 8)

    office.later(minutes=1)

    assert left(office, "lee") == Left(5, 10)


def test_a_new_lead_keeps_the_day_that_they_used_as_a_colleague(office: Office) -> None:
    give(office, "ann", "bo cy")
    office.enrol("ann", appointed="lead")

    assert left(office, "ann") == Left(3, 10)


def test_who_leads_no_more_gives_from_the_day_alone(office: Office) -> None:
    office.enrol("lee", appointed="")

    assert give(office, "lee", "bo").gifts[0].points == 1
    assert left(office, "lee") == Left(4, 0)


def test_three_a_week_from_one_giver_to_one_person(office: Office) -> None:
    office.at(2026, 3, 2)
    for _ in range(3):
        give(office, "ann", "bo")
        office.later(days=1)

    assert nobody(office, "ann", "bo") == {"Bo": "pair_limit"}
    assert give(office, "cy", "bo").gifts and give(office, "ann", "di").gifts
    office.at(2026, 3, 8, 23, 59)
    assert nobody(office, "ann", "bo") == {"Bo": "pair_limit"}
    office.later(minutes=1)
    assert give(office, "ann", "bo").gifts


def test_the_pair_limit_holds_for_leads_too(office: Office) -> None:
    for _ in range(3):
        give(office, "lee", "bo")

    assert nobody(office, "lee", "bo") == {"Bo": "pair_limit"}
    assert left(office, "lee") == Left(5, 7)


def test_those_who_may_get_it_get_it_and_the_others_cost_nothing(office: Office) -> None:
    for _ in range(3):
        give(office, "ann", "cy")
    office.later(days=1)

    given = give(office, "ann", "ann robot guest gone stranger cy bo")

    assert [gift.person.name for gift in given.gifts] == ["Bo"]
    assert refused(given) == {
        "Ann": "self", "Robot": "bot", "Guest": "guest", "Gone": "gone", "Stranger": "stranger", "Cy": "pair_limit",
    }  # fmt: skip
    assert given.left == Left(4, 0)


def test_thanking_oneself_or_a_bot_changes_nothing(office: Office) -> None:
    assert nobody(office, "ann", "ann robot") == {"Ann": "self", "Robot": "bot"}


def test_naming_somebody_twice_thanks_them_once(office: Office) -> None:
    assert len(give(office, "ann", "bo bo").gifts) == 1


@pytest.mark.parametrize(
    ("receivers", "details", "code", "field"),
    [
        ("", {}, "people_missing", "people"),
        ("nobody", {}, "unknown_people", "people"),
        ("bo", {"reason": " \n "}, "reason_missing", "reason"),
        ("bo", {"reason": "x" * 1001}, "reason_too_long", "reason"),
        ("bo", {"value": "greed"}, "unknown_value", "value"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_of_the_form(
    office: Office, receivers: str, details: dict[str, str], code: str, field: str
) -> None:
    facts = {"reason": "for staying late", "channel": "CSHOP", **details}

    refusal = office.refusal(service.give, "UANN", mentions(*receivers.split()), **facts)

    assert (refusal.code, refusal.field) == (code, field)


@pytest.mark.parametrize("name", ["guest", "robot", "gone", "stranger", "nobody"])
def test_who_takes_no_part_thanks_nobody(office: Office, name: str) -> None:
    refusal = office.refusal(service.give, slack_id(name), ["UBO"], reason="for all", channel="CSHOP")

    assert refusal.code == "unknown_actor" or refusal.code.startswith("actor_")


def test_masks_are_laid_on_the_reason(office: Office) -> None:
    assert give(office, "ann", "bo", reason=" for calling 13812345678 back ").reason == "for calling [phone] back"


@pytest.mark.parametrize("unwritable", ["\x00", "\ud800"])
def test_what_no_database_can_store_is_left_out_of_the_reason(office: Office, unwritable: str) -> None:
    assert give(office, "ann", "bo", reason=f"for {unwritable}all").reason == "for all"


def test_the_giving_of_kudos_has_a_board(office: Office) -> None:
    give(office, "ann", "bo cy")
    give(office, "lee", "bo")

    board = office.do(standing, "UANN", "given", "month")

    assert [(place.person.name, place.amount) for place in board.places] == [("Ann", 2), ("Lee", 1)]
