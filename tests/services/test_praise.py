"""A customer's words are recorded: what is kept, what is refused, what counts once (product.md 1, Capture)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.rules import praise as rules
from bot.rules.quiet import QuietHours
from bot.services import praise as service
from bot.services import privacy
from bot.services.praise import Recorded
from bot.services.telling import Telling
from tests.office import Office, mentions

WORDS = "She stayed an hour late to find my bag."


def test_praise_brings_ten_points_to_each_praised_person(office: Office) -> None:
    recorded = office.praise("ann", "bo cy", WORDS)

    assert not recorded.waits
    assert [person.name for person in recorded.praise.people] == ["Bo", "Cy"]
    assert (office.points("bo"), office.points("cy"), office.points("ann")) == (10, 10, 0)
    assert office.total("bo", "praise") == office.total("bo", "points") == 10
    assert office.is_sound()


def test_a_praise_keeps_what_was_told_of_it(office: Office) -> None:
    recorded = office.praise(
        "ann", "bo", WORDS, customer="Ms Lin", source="letter", happened_on=date(2026, 2, 1), link="https://a.example/r"
    )

    praise = recorded.praise
    assert (praise.words, praise.customer, praise.source) == (WORDS, "Ms Lin", "letter")
    assert (praise.happened_on, praise.link) == (date(2026, 2, 1), "https://a.example/r")
    assert praise.recorder is not None and praise.recorder.name == "Ann"


def test_what_is_not_told_is_a_guest_in_person_today(office: Office) -> None:
    praise = office.praise("ann", "bo", WORDS).praise

    assert (praise.customer, praise.source, praise.happened_on, praise.link) == ("", "in person", date(2026, 3, 3), "")


def test_the_words_are_kept_code_point_for_code_point_but_for_trimmed_ends(office: Office) -> None:
    words = "  “Très  bien”,\u200d she\tsaid…\n\n謝謝！ <b>&amp;</b> e\u0301 👩\u200d🍳  "

    assert office.praise("ann", "bo", words).praise.words == words.strip()


def test_masks_are_laid_on_the_words_and_on_the_customer(office: Office) -> None:
    praise = office.praise(
        "ann", "bo", "Write to lin@example.com or call +852 2345 6789", customer="Lin 13812345678"
    ).praise

    assert praise.words == "Write to [email] or call [phone]"
    assert praise.customer == "Lin [phone]"


def test_one_person_named_twice_is_praised_once(office: Office) -> None:
    recorded = office.praise("ann", "bo bo", WORDS)

    assert len(recorded.praise.people) == 1
    assert office.points("bo") == 10


@pytest.mark.parametrize(
    ("praised", "details", "code", "field"),
    [
        ("", {}, "people_missing", "people"),
        ("nobody", {}, "unknown_people", "people"),
        ("guest", {}, "praised_guest", "people"),
        ("robot", {}, "praised_bot", "people"),
        ("gone", {}, "praised_gone", "people"),
        ("stranger", {}, "praised_stranger", "people"),
        ("bo robot", {}, "praised_bot", "people"),
        ("bo", {"words": "  \n "}, "words_missing", "words"),
        ("bo", {"words": "a" * 3001}, "words_too_long", "words"),
        ("bo", {"customer": "L" * 81}, "customer_too_long", "customer"),
        ("bo", {"source": "telegram"}, "unknown_source", "source"),
        ("bo", {"source": "In person"}, "unknown_source", "source"),
        ("bo", {"link": "javascript:alert(1)"}, "bad_link", "link"),
        ("bo", {"happened_on": date(2026, 3, 4)}, "day_in_future", "happened_on"),
        ("bo", {"happened_on": date(26, 3, 1)}, "day_too_long_ago", "happened_on"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_of_the_form(
    office: Office, praised: str, details: dict, code: str, field: str
) -> None:
    telling = Telling(people=tuple(mentions(*praised.split())), **{"words": WORDS, **details})

    refusal = office.refusal(service.record, "UANN", telling)

    assert (refusal.code, refusal.field) == (code, field)


@pytest.mark.parametrize(
    ("name", "code"),
    [("guest", "actor_guest"), ("robot", "actor_bot"), ("gone", "actor_gone"), ("stranger", "actor_stranger"),
     ("nobody", "unknown_actor")],
)  # fmt: skip
def test_only_full_present_human_members_record(office: Office, name: str, code: str) -> None:
    assert office.refusal(service.record, f"U{name.upper()}", Telling(("UBO",), WORDS)).code == code


def test_twenty_people_can_be_praised_and_twenty_one_cannot(office: Office) -> None:
    crowd = [f"p{number}" for number in range(21)]
    office.enrol(*crowd)

    assert office.refusal(service.record, "UANN", Telling(tuple(mentions(*crowd)), WORDS)).code == "too_many_people"
    assert len(office.praise("ann", " ".join(crowd[:20]), WORDS).praise.people) == 20


def test_three_thousand_characters_are_kept_whole(office: Office) -> None:
    words = "好" * 3000

    assert office.praise("ann", "bo", words).praise.words == words


def test_the_longest_words_are_measured_after_masking(office: Office) -> None:
    """What is stored counts: a mask may be longer or shorter than what it hides."""
    address = "a" * 40 + "@example.com"
    words = "好" * (3000 - len("[email]") - 1) + " " + address

    assert len(office.praise("ann", "bo", words).praise.words) == 3000


def test_today_is_the_day_of_the_recorders_own_zone(office: Office) -> None:
    office.enrol("ann", zone="Asia/Taipei")
    office.at(2026, 3, 3, 20)  # already Wednesday in Taipei

    assert office.praise("ann", "bo", WORDS).praise.happened_on == date(2026, 3, 4)
    telling = Telling(("UCY",), WORDS, happened_on=date(2026, 3, 4))
    assert office.refusal(service.record, "UDI", telling).code == "day_in_future"
    assert office.do(service.record, "UANN", telling).praise.happened_on == date(2026, 3, 4)


def test_what_happened_fifty_years_ago_is_taken_and_before_that_the_year_is_asked_about(office: Office) -> None:
    oldest = date(office.now.year - rules.OLDEST_YEARS, 1, 1)
    assert office.praise("ann", "bo", WORDS, happened_on=oldest).praise.happened_on == oldest
    telling = Telling(("UBO",), WORDS, happened_on=oldest - timedelta(days=1))
    assert office.refusal(service.record, "UANN", telling).code == "day_too_long_ago"


# --- what waits


def test_self_recorded_praise_waits_and_brings_no_points_yet(office: Office) -> None:
    recorded = office.praise("ann", "ann bo", WORDS)

    assert recorded.waits and recorded.praise.reason == "self"
    assert [person.name for person in recorded.praise.people] == ["Ann", "Bo"]
    assert (office.points("ann"), office.points("bo")) == (0, 0)
    assert office.is_sound()


def test_a_lead_who_praises_themselves_waits_too(office: Office) -> None:
    assert office.praise("lee", "lee", WORDS).waits


def test_waiting_words_are_known_already(office: Office) -> None:
    office.praise("ann", "ann", WORDS)

    assert office.refusal(service.record, "UBO", Telling(("UANN",), WORDS)).code == "duplicate"


def test_the_fourth_praise_by_one_colleague_for_one_person_in_seven_days_waits(office: Office) -> None:
    first_three = [office.praise("ann", "bo", f"{WORDS} {number}") for number in range(3)]
    fourth = office.praise("ann", "bo", f"{WORDS} 3")

    assert [recorded.waits for recorded in first_three] == [False] * 3
    assert fourth.waits and fourth.praise.reason == "many"
    assert office.points("bo") == 30


def test_the_fourth_praise_waits_whole_if_it_is_too_many_for_one_of_several(office: Office) -> None:
    for number in range(3):
        office.praise("ann", "bo", f"{WORDS} {number}")

    assert office.praise("ann", "bo cy", f"{WORDS} 3").waits
    assert office.points("cy") == 0


def test_others_may_still_praise_that_person_and_the_colleague_others(office: Office) -> None:
    for number in range(3):
        office.praise("ann", "bo", f"{WORDS} {number}")

    assert not office.praise("cy", "bo", WORDS).waits
    assert not office.praise("ann", "cy", WORDS).waits


def test_after_seven_days_a_praise_no_longer_counts_as_one_of_many(office: Office) -> None:
    for number in range(3):
        office.praise("ann", "bo", f"{WORDS} {number}")
    office.later(days=7)

    assert not office.praise("ann", "bo", WORDS).waits


def test_praise_that_waits_counts_as_one_of_many(office: Office) -> None:
    for number in range(4):
        office.praise("ann", "bo", f"{WORDS} {number}")

    assert office.praise("ann", "bo", f"{WORDS} 4").waits


# --- who told it, who keeps it private, when it leaves


def test_praise_told_by_a_lead_is_checked_and_by_a_colleague_is_not(office: Office) -> None:
    assert office.praise("lee", "bo", WORDS).praise.checked
    assert office.praise("ada", "cy", WORDS).praise.checked
    assert not office.praise("ann", "di", WORDS).praise.checked


def test_who_keeps_praise_private_gets_words_and_points_and_is_not_shown(office: Office) -> None:
    office.do(privacy.prefer, "UBO", private=True)

    praise = office.praise("ann", "bo cy", WORDS).praise

    assert [person.name for person in praise.people] == ["Bo", "Cy"]
    assert [person.name for person in praise.shown] == ["Cy"]
    assert office.points("bo") == 10


def leaves(recorded: Recorded) -> datetime:
    return recorded.post_at


def test_praise_leaves_at_once_by_day_and_after_quiet_hours_by_night(office: Office) -> None:
    office.settle(quiet=QuietHours(time(21), time(8)))

    assert leaves(office.praise("ann", "bo", WORDS)) == office.now
    office.at(2026, 3, 3, 23)
    assert leaves(office.praise("ann", "cy", WORDS)) == datetime(2026, 3, 4, 8, tzinfo=UTC)
    office.at(2026, 3, 4, 7, 59)
    assert leaves(office.praise("ann", "di", WORDS)) == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_long_quiet_hours_end_for_praise_just_before_the_ritual(office: Office) -> None:
    office.settle(quiet=QuietHours(time(21), time(10)))
    office.keep_ritual()
    office.at(2026, 3, 3, 23)

    assert leaves(office.praise("ann", "bo", WORDS)) == datetime(2026, 3, 4, 8, 59, tzinfo=UTC)


def test_on_a_day_without_ritual_quiet_hours_run_to_their_end(office: Office) -> None:
    office.settle(quiet=QuietHours(time(21), time(10)))
    office.keep_ritual()
    office.at(2026, 3, 6, 23)  # Friday night

    assert leaves(office.praise("ann", "bo", WORDS)) == datetime(2026, 3, 7, 10, tzinfo=UTC)
