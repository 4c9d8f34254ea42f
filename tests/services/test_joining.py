"""Joining in with a tap: the same people are thanked for the same reason (product.md 2)."""

from typing import Any

from bot.services import kudos as service
from bot.services.kudos import Given, Left, NobodyThanked
from tests.office import Office, mentions, slack_id


def give(office: Office, giver: str, receivers: str, **details: Any) -> Given:
    facts: dict[str, Any] = {"reason": "for staying late", "channel": "CSHOP", **details}
    return office.do(service.give, slack_id(giver), mentions(*receivers.split()), **facts)


def left(office: Office, name: str) -> Left:
    return office.do(service.left, office.member(name))


def refused(given: Given) -> dict[str, str]:
    return {one.person.name: one.code for one in given.refused}


def join(office: Office, giver: str, given: Given) -> Given:
    return office.do(service.join, slack_id(giver), given.id)


def test_joining_thanks_the_same_people_for_the_same_reason(office: Office) -> None:
    first = give(office, "ann", "bo cy", value="care")

    joined = join(office, "di", first)

    assert [gift.person.name for gift in joined.gifts] == [
        person.name for person in office.run(lambda session: service.told(session, joined)).receivers
    ]
    assert (joined.reason, joined.value, joined.left) == ("for staying late", "care", Left(3, 0))
    assert joined.joined is not None and joined.joined.id == first.id
    assert (office.points("bo"), office.points("cy")) == (2, 2)
    assert office.is_sound()


def test_the_line_of_a_kudos_names_those_who_joined_in_their_order(office: Office) -> None:
    first = give(office, "ann", "bo")
    join(office, "di", first)
    office.later(minutes=1)
    last = join(office, "cy", first)

    line = office.run(lambda session: service.told(session, last))

    assert (line.id, line.giver.name, line.channel) == (first.id, "Ann", "CSHOP")
    assert [person.name for person in line.joiners] == ["Di", "Cy"]


def test_one_joins_once_and_not_oneself(office: Office) -> None:
    first = give(office, "ann", "bo")
    join(office, "di", first)

    assert office.refusal(service.join, "UDI", first.id).code == "joined_already"
    assert office.refusal(service.join, "UANN", first.id).code == "joined_already"


def test_a_receiver_who_joins_thanks_the_others(office: Office) -> None:
    joined = join(office, "bo", give(office, "ann", "bo cy"))

    assert [gift.person.name for gift in joined.gifts] == ["Cy"]


def test_the_only_receiver_cannot_join(office: Office) -> None:
    assert office.refusal(service.join, "UBO", give(office, "ann", "bo").id).code == "join_self"


def test_joining_costs_the_joiners_own_allowance(office: Office) -> None:
    first = give(office, "ann", "bo")
    give(office, "di", "ann cy ed lee lou")

    refusal = office.refusal(service.join, "UDI", first.id)

    assert isinstance(refusal, NobodyThanked)
    assert [one.code for one in refusal.refused] == ["allowance"]


def test_who_was_left_out_of_a_kudos_is_left_out_of_its_joining(office: Office) -> None:
    joined = join(office, "di", give(office, "ann", "bo robot"))

    assert [gift.person.name for gift in joined.gifts] == ["Bo"]


def test_a_kudos_that_is_not_there_cannot_be_joined(office: Office) -> None:
    assert office.refusal(service.join, "UDI", "0" * 32).code == "no_such_kudos"
