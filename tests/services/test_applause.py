"""Applause is the number of different people who react, by the newest word of each (product.md 1, At once)."""

import pytest

from bot.services import applause as service
from bot.services.applause import Applauded
from tests.office import Office, slack_id

NOON = 1_772_539_200  # 2026-03-03 12:00 UTC, as Slack's seconds


@pytest.fixture
def praise_id(office: Office) -> str:
    """A praise of Bo, told by Ann."""
    return office.praise("ann", "bo", "The best breakfast of my life.").praise.id


def react(office: Office, praise_id: str, name: str, emoji: str = "tada", *, at: int = 1) -> Applauded | None:
    return office.do(service.hear, praise_id, slack_id(name), emoji, stands=True, event_ts=f"{NOON + at}.000000")


def take(office: Office, praise_id: str, name: str, emoji: str = "tada", *, at: int = 2) -> Applauded | None:
    return office.do(service.hear, praise_id, slack_id(name), emoji, stands=False, event_ts=f"{NOON + at}.000000")


def read(office: Office, praise_id: str, *standing: tuple[str, str]) -> Applauded | None:
    return office.do(service.read_again, praise_id, [(slack_id(name), emoji) for name, emoji in standing])


def count(heard: Applauded | None) -> int:
    assert heard is not None
    return heard.praise.applause


def test_different_people_are_counted_whatever_emoji_they_use(office: Office, praise_id: str) -> None:
    react(office, praise_id, "cy", "tada")
    assert count(react(office, praise_id, "cy", "heart")) == 1

    assert count(react(office, praise_id, "di", "tada")) == 2


def test_it_says_whether_the_count_changed(office: Office, praise_id: str) -> None:
    first, second = react(office, praise_id, "cy", "tada"), react(office, praise_id, "cy", "heart")

    assert first is not None and first.changed
    assert second is not None and not second.changed


def test_the_recorder_may_applaud(office: Office, praise_id: str) -> None:
    assert count(react(office, praise_id, "ann")) == 1


@pytest.mark.parametrize("name", ["bo", "robot", "guest", "stranger"])
def test_the_praised_bots_and_guests_do_not_count(office: Office, praise_id: str, name: str) -> None:
    assert count(react(office, praise_id, name)) == 0


def test_somebody_unknown_and_an_unknown_praise_change_nothing(office: Office, praise_id: str) -> None:
    assert react(office, praise_id, "nobody") is None
    assert react(office, "0" * 32, "cy") is None


def test_taking_a_reaction_back_takes_it_back(office: Office, praise_id: str) -> None:
    react(office, praise_id, "cy")

    assert count(take(office, praise_id, "cy")) == 0


def test_a_second_emoji_of_the_same_person_still_counts(office: Office, praise_id: str) -> None:
    react(office, praise_id, "cy", "tada")
    react(office, praise_id, "cy", "heart")

    assert count(take(office, praise_id, "cy", "tada")) == 1


def test_an_older_event_and_a_repeated_one_are_ignored(office: Office, praise_id: str) -> None:
    take(office, praise_id, "cy", at=5)

    assert react(office, praise_id, "cy", at=4) is None
    assert react(office, praise_id, "cy", at=5) is None
    assert count(react(office, praise_id, "cy", at=6)) == 1


def test_what_slack_says_replaces_what_was_missed(office: Office, praise_id: str) -> None:
    react(office, praise_id, "cy")
    react(office, praise_id, "di")
    office.at(2026, 3, 3, 13)

    standing = [("di", "tada"), ("ed", "heart"), ("lee", "tada"), ("bo", "heart"), ("nobody", "tada")]
    heard = read(office, praise_id, *standing)

    assert heard is not None and heard.changed
    assert heard.praise.applause == 3
    assert heard.praise.applause_read_at == office.now


def test_a_reading_that_brings_nothing_new_says_so(office: Office, praise_id: str) -> None:
    react(office, praise_id, "cy")
    office.at(2026, 3, 3, 13)

    heard = read(office, praise_id, ("cy", "tada"))

    assert heard is not None and not heard.changed and heard.praise.applause == 1


def test_what_was_heard_after_the_reading_stays(office: Office, praise_id: str) -> None:
    react(office, praise_id, "cy", at=7200)
    react(office, praise_id, "di", at=1)
    take(office, praise_id, "di", at=7200)
    office.at(2026, 3, 3, 13)

    assert count(read(office, praise_id, ("di", "tada"))) == 1


def test_a_late_event_from_before_the_reading_changes_nothing(office: Office, praise_id: str) -> None:
    office.at(2026, 3, 3, 13)
    read(office, praise_id, ("cy", "tada"))

    assert take(office, praise_id, "cy", at=60) is None
    assert count(take(office, praise_id, "cy", at=7200)) == 0
