"""Which praise opens the day, and who is left out of it (product.md 1, Most moving)."""

import pytest

from bot.services import applause, privacy
from bot.services.rituals import Silence
from tests.office import Office, slack_id


@pytest.fixture
def house(office: Office) -> Office:
    """A company whose ritual was set up on Monday 2 March 2026, noon."""
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    return office


def applaud(office: Office, praise_id: str, *names: str) -> None:
    for name in names:
        office.do(applause.hear, praise_id, slack_id(name), "tada", stands=True, event_ts=f"{office.now.timestamp()}")


# --- the most moving


def test_most_applause_opens(house: Office) -> None:
    house.praise("ann", "bo", "Many more words, and a link.", link="https://a.example")
    applauded = house.praise("ann", "cy", "Short.")
    applaud(house, applauded.praise.id, "di")
    house.at(2026, 3, 3, 9)

    assert house.opened().opening.words == "Short."


def test_then_evidence_then_the_longest_words_then_the_earlier(house: Office) -> None:
    house.praise("ann", "bo", "Tiny!", link="https://a.example")
    house.praise("ann", "cy", "Equally long.")
    house.later(minutes=1)
    house.praise("ann", "di", "Also as long.")
    house.at(2026, 3, 3, 9)
    first = house.opened()
    house.praise("ann", "ed", "Shorter!")
    house.at(2026, 3, 3, 10)
    house.praise("lee", "lou", "The very longest of all of them.")
    house.at(2026, 3, 4, 9)
    second = house.opened()

    assert first.opening.words == "Tiny!"
    assert [praise.words for praise in first.others] == ["Also as long.", "Equally long."]
    assert second.opening.words == "The very longest of all of them."


def test_the_earlier_opens_if_all_else_is_equal(house: Office) -> None:
    house.praise("ann", "cy", "Equally long.")
    house.later(minutes=1)
    house.praise("ann", "di", "Also as long.")
    house.at(2026, 3, 3, 9)

    assert house.opened().opening.words == "Equally long."


def test_the_same_person_does_not_open_two_mornings_running_if_another_can(house: Office) -> None:
    house.praise("ann", "bo", "First.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.praise("ann", "bo", "The longest words of all.")
    house.praise("ann", "cy", "Short.")
    house.at(2026, 3, 4, 9)
    second = house.opened()
    house.praise("ann", "bo", "Now Bo again.")
    house.at(2026, 3, 5, 9)

    assert second.opening.words == "Short."
    assert house.opened().opening.words == "Now Bo again."


def test_if_no_other_can_the_same_person_opens_again(house: Office) -> None:
    house.praise("ann", "bo", "First.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.praise("ann", "bo", "Second.")
    house.at(2026, 3, 4, 9)

    assert house.opened().opening.words == "Second."


def test_at_most_ten_others_are_shown_newest_first_and_the_rest_counted(house: Office) -> None:
    names = [f"p{number:02}" for number in range(13)]
    house.enrol(*names)
    for name in names:
        house.later(minutes=1)
        house.praise("lee", name, f"Thanks, {name}.")
    house.at(2026, 3, 3, 9)

    morning = house.opened()

    assert morning.opening.words == "Thanks, p00."
    assert [praise.words for praise in morning.others] == [f"Thanks, {name}." for name in reversed(names[3:])]
    assert morning.more == 2


# --- private people


def test_praise_of_a_private_person_opens_no_day(house: Office) -> None:
    house.do(privacy.prefer, "UBO", private=True)
    house.praise("ann", "bo", "Between us.")
    house.at(2026, 3, 3, 9)

    assert isinstance(house.morning(), Silence)


def test_of_several_praised_the_private_ones_are_left_out(house: Office) -> None:
    house.do(privacy.prefer, "UBO", private=True)
    house.praise("ann", "bo cy", "Both of you.")
    house.at(2026, 3, 3, 9)

    morning = house.opened()

    assert [person.name for person in morning.opening.shown] == ["Cy"]


def test_a_person_who_turns_private_before_the_morning_is_left_out(house: Office) -> None:
    house.praise("ann", "bo", "Between us.")
    house.do(privacy.prefer, "UBO", private=True)
    house.at(2026, 3, 3, 9)

    assert isinstance(house.morning(), Silence)


def test_a_private_person_does_not_keep_a_colleague_from_opening(house: Office) -> None:
    """Bo was praised with Cy yesterday, but nobody saw Bo."""
    house.do(privacy.prefer, "UBO", private=True)
    house.praise("ann", "bo cy", "Both of you.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.praise("ann", "bo di", "The longest words of all.")
    house.praise("ann", "ed", "Short.")
    house.at(2026, 3, 4, 9)

    assert house.opened().opening.words == "The longest words of all."
