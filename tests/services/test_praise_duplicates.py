"""The same words for the same person count once within thirty days (product.md 1, Duplicate)."""

from datetime import date

import pytest

from bot.services import praise as service
from bot.services import privacy
from bot.services.praise import Duplicate
from bot.services.telling import Telling
from tests.office import Office

WORDS = "She stayed an hour late to find my bag."


def test_the_same_words_for_the_same_person_are_shown_the_first_praise(office: Office) -> None:
    first = office.praise("ann", "bo", WORDS).praise

    refusal = office.refusal(service.record, "UCY", Telling(("UBO",), "she STAYED an hour late—to find my ｂａｇ!"))

    assert isinstance(refusal, Duplicate)
    assert refusal.first == first
    assert office.points("bo") == 10


def test_who_keeps_praise_private_is_shown_only_to_whom_named_them(office: Office) -> None:
    office.praise("ann", "bo cy", WORDS)
    office.do(privacy.prefer, "UCY", private=True)

    for named, shown in (("UBO",), ["Bo"]), (("UBO", "UCY"), ["Bo", "Cy"]), (("UCY",), ["Bo", "Cy"]):
        refusal = office.refusal(service.record, "UDI", Telling(named, WORDS))
        assert isinstance(refusal, Duplicate)
        assert [person.name for person in refusal.people] == shown


def test_there_is_no_way_past_a_duplicate(office: Office) -> None:
    office.praise("ann", "bo", WORDS)

    others: list[dict] = [{"customer": "Ms Lin"}, {"source": "review"}, {"link": "https://a.example"}]
    for details in others:
        assert office.refusal(service.record, "UCY", Telling(("UBO",), WORDS, **details)).code == "duplicate"


def test_the_same_words_for_somebody_else_are_new(office: Office) -> None:
    office.praise("ann", "bo", WORDS)

    assert office.praise("ann", "cy", WORDS).praise.people[0].name == "Cy"


def test_of_several_people_those_are_kept_for_whom_it_is_new(office: Office) -> None:
    office.praise("ann", "bo", WORDS)

    recorded = office.praise("cy", "bo di ed", WORDS)

    assert [person.name for person in recorded.praise.people] == ["Di", "Ed"]
    assert [person.name for person in recorded.known] == ["Bo"]
    assert [office.points(name) for name in ("bo", "di", "ed")] == [10, 10, 10]


@pytest.mark.parametrize(("day", "known"), [(date(2026, 1, 1), True), (date(2025, 12, 31), False)])
def test_thirty_days_reach_back_from_the_day_it_happened(office: Office, day: date, known: bool) -> None:
    office.praise("ann", "bo", WORDS, happened_on=date(2026, 1, 31))
    telling = Telling(("UBO",), WORDS, happened_on=day)

    if known:
        assert office.refusal(service.record, "UCY", telling).code == "duplicate"
    else:
        assert office.do(service.record, "UCY", telling).praise.happened_on == day


@pytest.mark.parametrize(("day", "known"), [(date(2026, 3, 2), True), (date(2026, 3, 3), False)])
def test_thirty_days_reach_forward_from_the_day_it_happened(office: Office, day: date, known: bool) -> None:
    office.praise("ann", "bo", WORDS, happened_on=date(2026, 1, 31))
    telling = Telling(("UBO",), WORDS, happened_on=day)

    if known:
        assert office.refusal(service.record, "UCY", telling).code == "duplicate"
    else:
        assert office.do(service.record, "UCY", telling).praise.happened_on == day


def test_the_earliest_of_several_is_the_first(office: Office) -> None:
    first = office.praise("ann", "bo", WORDS, happened_on=date(2026, 1, 31)).praise
    office.later(hours=1)
    office.praise("ann", "bo", WORDS, happened_on=date(2026, 3, 3))

    refusal = office.refusal(service.record, "UCY", Telling(("UBO",), WORDS, happened_on=date(2026, 2, 15)))

    assert isinstance(refusal, Duplicate) and refusal.first == first
