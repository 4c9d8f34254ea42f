"""The kudos emoji on somebody's message gives, and taken off takes back; the newest event decides (product.md 2)."""

import pytest
from sqlmodel import Session

from bot.services import kudos
from bot.services import reactions as service
from bot.services.kudos import Given, Left
from bot.services.leaderboards import standing
from bot.services.reactions import TakenBack
from storage import messages
from tests.office import TEAM, Office, slack_id


@pytest.fixture
def message(office: Office) -> str:
    """A message of Bo's."""
    return make_known(office, "1700000000.000100")


def make_known(office: Office, ts: str) -> str:
    def story(session: Session) -> str:
        return messages.identify(session, workspace_id=TEAM, channel="CSHOP", ts=ts)

    return office.run(story)


def put(office: Office, message: str, ts: int, giver: str = "ann", author: str = "bo") -> Given | TakenBack | None:
    return office.do(service.react, slack_id(giver), slack_id(author), message, **event(True, ts))


def take(office: Office, message: str, ts: int, giver: str = "ann", author: str = "bo") -> Given | TakenBack | None:
    return office.do(service.react, slack_id(giver), slack_id(author), message, **event(False, ts))


def event(stands: bool, ts: int) -> dict:
    return {"stands": stands, "event_ts": f"{ts}.000000", "channel": "CSHOP"}


def left(office: Office, name: str = "ann") -> Left:
    return office.do(kudos.left, office.member(name))


def test_the_emoji_thanks_the_author(office: Office, message: str) -> None:
    given = put(office, message, 1)

    assert isinstance(given, Given)
    assert [(gift.person.name, gift.points) for gift in given.gifts] == [("Bo", 1)]
    assert (given.reason, given.left) == ("", Left(4, 0))
    assert office.points("bo") == 1 and office.total("ann", "given") == 1


def test_a_leads_emoji_gives_five(office: Office, message: str) -> None:
    put(office, message, 1, giver="lee")

    assert office.points("bo") == 5


def test_a_second_event_of_the_same_reaction_changes_nothing(office: Office, message: str) -> None:
    put(office, message, 1)

    assert put(office, message, 1) is None
    assert put(office, message, 2) is None
    assert office.points("bo") == 1


def test_taken_off_it_returns_the_allowance_and_reverses_the_point(office: Office, message: str) -> None:
    put(office, message, 1)

    taken = take(office, message, 2)

    assert isinstance(taken, TakenBack)
    assert (taken.thanks.giver.name, [person.name for person in taken.thanks.receivers]) == ("Ann", ["Bo"])
    assert (office.points("bo"), left(office)) == (0, Left(5, 0))
    assert (office.total("bo", "kudos"), office.total("ann", "given")) == (0, 0)
    assert office.is_sound()


def test_what_was_given_with_a_former_emoji_can_be_taken_back_and_is_not_given_again(
    office: Office, message: str
) -> None:
    put(office, message, 1)
    office.settle(kudos_emoji="clap")
    assert office.do(service.thanked, "UANN", message, "star")
    assert not office.do(service.thanked, "UBO", message, "star")
    assert not office.do(service.thanked, "UANN", message, "clap")

    def star(stands: bool, ts: int) -> Given | TakenBack | None:
        return office.do(service.react, "UANN", "UBO", message, emoji="star", **event(stands, ts))

    assert isinstance(star(False, 2), TakenBack)
    assert office.points("bo") == 0 and left(office) == Left(5, 0)
    assert not office.do(service.thanked, "UANN", message, "star")
    assert star(True, 3) is None and office.points("bo") == 0

    assert isinstance(put(office, message, 4), Given), "the new one gives by itself"
    assert star(False, 5) is None and office.points("bo") == 1
    assert office.is_sound()


def test_taken_back_it_does_not_count_for_the_pair(office: Office) -> None:
    for ts in range(3):
        known = make_known(office, f"{ts}.0")
        put(office, known, 1)
        take(office, known, 2)

    assert isinstance(put(office, make_known(office, "9.0"), 1), Given)


def test_a_reversal_counts_on_the_original_day(office: Office, message: str) -> None:
    office.at(2026, 3, 31)
    put(office, message, 1)
    office.at(2026, 4, 1)
    put(office, make_known(office, "2.0"), 1)

    take(office, message, 2)

    assert office.total("bo", "kudos") == 1 and office.total("ann", "given") == 1
    office.at(2026, 3, 31)
    assert office.total("bo", "kudos") == 0 and office.total("ann", "given") == 0
    assert office.is_sound()


def test_a_leads_weekly_allowance_returns_even_in_another_week(office: Office, message: str) -> None:
    put(office, message, 1, giver="lee")
    office.later(days=7)
    take(office, message, 2, giver="lee")

    assert left(office, "lee") == Left(5, 10)
    office.later(days=-7)
    assert left(office, "lee") == Left(5, 10)


def test_back_and_forth_gives_three_times_and_then_no_more(office: Office, message: str) -> None:
    for turn in range(3):
        assert isinstance(put(office, message, 2 * turn + 1), Given)
        assert isinstance(take(office, message, 2 * turn + 2), TakenBack)

    refusal = office.refusal(service.react, "UANN", "UBO", message, **event(True, 7))

    assert refusal.code == "turns_spent"
    assert take(office, message, 8) is None
    assert office.points("bo") == 0
    assert office.is_sound()


def test_the_third_turn_may_stand(office: Office, message: str) -> None:
    for ts in range(1, 6):
        (put if ts % 2 else take)(office, message, ts)

    assert office.points("bo") == 1


def test_each_giver_and_each_message_has_turns_of_its_own(office: Office, message: str) -> None:
    for ts in range(1, 7):
        (put if ts % 2 else take)(office, message, ts)

    assert isinstance(put(office, message, 1, giver="cy"), Given)
    assert isinstance(put(office, make_known(office, "2.0"), 7), Given)


def test_an_older_event_that_comes_late_changes_nothing(office: Office, message: str) -> None:
    assert take(office, message, 2) is None
    assert put(office, message, 1) is None
    assert office.points("bo") == 0

    assert isinstance(put(office, message, 3), Given)
    assert take(office, message, 2) is None
    assert office.points("bo") == 1


def test_timestamps_are_compared_to_the_last_digit(office: Office, message: str) -> None:
    react = (service.react, "UANN", "UBO", message)
    office.do(*react, stands=True, event_ts="1700000000.000009", channel="CSHOP")

    assert office.do(*react, stands=False, event_ts="1700000000.000008", channel="CSHOP") is None
    assert isinstance(office.do(*react, stands=False, event_ts="1700000000.00001", channel="CSHOP"), TakenBack)


@pytest.mark.parametrize("author", ["ann", "robot", "guest", "gone", "stranger"])
def test_who_may_not_be_thanked_is_not(office: Office, message: str, author: str) -> None:
    assert office.refusal(service.react, "UANN", slack_id(author), message, **event(True, 1)).code == "nobody_thanked"


@pytest.mark.parametrize("giver", ["robot", "guest", "gone", "stranger"])
def test_who_takes_no_part_thanks_nobody(office: Office, message: str, giver: str) -> None:
    refusal = office.refusal(service.react, slack_id(giver), "UBO", message, **event(True, 1))

    assert refusal.code.startswith("actor_")


def test_a_refused_reaction_is_as_if_it_had_not_been_made(office: Office, message: str) -> None:
    for number in range(5):
        put(office, make_known(office, f"{number}.0"), 1, author=("bo", "cy", "di", "ed", "lee")[number])

    assert office.refusal(service.react, "UANN", "UBO", message, **event(True, 1)).code == "nobody_thanked"
    assert take(office, message, 2) is None
    assert left(office) == Left(0, 0)
    office.later(days=1)
    assert isinstance(put(office, message, 3), Given)


def test_who_left_after_reacting_is_not_in_the_way_of_their_boards(office: Office, message: str) -> None:
    put(office, message, 1)
    office.enrol("bo", is_gone=True)

    assert isinstance(take(office, message, 2), TakenBack)
    assert office.points("bo") == 0


def test_taken_back_it_can_no_longer_be_joined(office: Office, message: str) -> None:
    given = put(office, message, 1)
    assert isinstance(given, Given)
    take(office, message, 2)

    assert office.refusal(kudos.join, "UCY", given.id).code == "no_such_kudos"


def test_who_joined_stays_when_the_first_is_taken_back(office: Office, message: str) -> None:
    given = put(office, message, 1)
    assert isinstance(given, Given)
    office.do(kudos.join, "UCY", given.id)

    taken = take(office, message, 2)

    assert isinstance(taken, TakenBack)
    assert [person.name for person in taken.thanks.joiners] == ["Cy"]
    assert office.points("bo") == 1
    assert office.is_sound()


def test_points_that_are_taken_back_leave_no_one_on_the_board(office: Office, message: str) -> None:
    put(office, message, 1)
    take(office, message, 2)

    assert office.do(standing, "UANN", "points", "week").places == ()
