"""A part of a mixed comment is posted; the rest is kept back, and set aside for the ideas (product.md 1)."""

from dataclasses import asdict
from typing import Any

import pytest
from sqlmodel import select

from bot.services import aside, confirmations, handing_on, history, intake, my_data
from bot.services import praise as service
from bot.services.history import Brought
from bot.services.telling import Telling
from storage import aside as storage
from storage import models
from tests.office import TEAM, Office

PART, BEFORE, AFTER = "Bo carried all our bags in the rain.", "The lift is slow!", "And the tea was cold."
WHOLE = f"{BEFORE} {PART} {AFTER}"


def rows(office: Office, model: Any) -> list[Any]:
    return office.database.read_now(lambda session: [one.model_dump() for one in session.exec(select(model))])


def set_aside(office: Office, who: str, praise_id: str) -> str:
    return office.do(aside.set_aside, f"U{who.upper()}", praise_id).words


def test_the_part_is_praise_and_the_rest_stays_behind(office: Office) -> None:
    recorded = office.praise("ann", "bo", WHOLE, part=f"  {PART}\n")

    assert (recorded.praise.words, recorded.rest) == (PART, f"{BEFORE}\n\n{AFTER}")
    assert office.points("bo") == 10
    (row,) = rows(office, models.Praise)
    assert (row["words"], row["rest"]) == (PART, recorded.rest)
    assert rows(office, models.Aside) == []


def test_a_praise_as_others_get_it_does_not_carry_the_rest(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise

    read = office.run(lambda session: service.existing(session, praise.id))
    assert read == praise
    assert BEFORE not in str(asdict(praise)) and AFTER not in str(asdict(praise))


def test_without_a_part_nothing_is_kept_back(office: Office) -> None:
    assert office.praise("ann", "bo", WHOLE).rest == ""
    assert rows(office, models.Praise)[0]["rest"] == ""


def test_a_part_that_does_not_stand_in_the_words_is_refused_at_its_field(office: Office) -> None:
    refusal = office.refusal(service.record, "UANN", Telling(("UBO",), WHOLE, part="Bo carried our bags."))

    assert (refusal.code, refusal.field) == ("part_not_found", "part")


def test_masks_lie_on_the_part_and_on_the_rest(office: Office) -> None:
    recorded = office.praise(
        "ann", "bo", "Mail me: lin@example.com. Bo, +886 912 345 678, was kind. 0912-345-678!",
        part="Bo, +886 912 345 678, was kind.",
    )  # fmt: skip

    assert recorded.praise.words == "Bo, [phone], was kind."
    assert recorded.rest == "Mail me: [email].\n\n[phone]!"


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://hotel.slack.com/archives/C1/p1700000000000100", ""),
        ("https://Hotel.Enterprise.SLACK.com/archives/C1/p1700000000000100?thread_ts=1", ""),
        ("https://app.slack.com/client/T1/C1", ""),
        ("https://reviews.example.com/slack.com/7", "https://reviews.example.com/slack.com/7"),
        ("https://notslack.com/archives/C1", "https://notslack.com/archives/C1"),
        ("", ""),
    ],
)
def test_no_link_leads_to_the_message_in_which_the_rest_stands(office: Office, link: str, kept: str) -> None:
    recorded = office.praise("ann", "bo", WHOLE, part=PART, link=link)
    assert (recorded.praise.link, recorded.unlinked) == (kept, bool(link) and not kept)
    assert rows(office, models.Praise)[0]["link"] == kept


def test_a_link_to_a_message_that_is_posted_whole_stays(office: Office) -> None:
    link = "https://hotel.slack.com/archives/C1/p1700000000000100"
    for part in ("", WHOLE, WHOLE[:-1]):
        recorded = office.praise("ann", "bo", WHOLE, part=part, link=link)
        assert (recorded.praise.link, recorded.unlinked, recorded.rest) == (link, False, "")
        office.later(days=40)


# --- what counts once


def test_who_has_the_whole_comment_gets_no_part_of_it_again(office: Office) -> None:
    first = office.praise("ann", "bo", WHOLE).praise
    refusal = office.refusal(service.record, "UCY", Telling(("UBO",), WHOLE, part=PART))

    assert isinstance(refusal, service.Duplicate) and refusal.first.id == first.id


def test_the_posted_words_are_what_others_may_not_tell_again(office: Office) -> None:
    office.praise("ann", "bo", WHOLE, part=PART)

    for telling in (
        Telling(("UBO",), PART),
        Telling(("UBO",), WHOLE, part=PART),
        Telling(("UBO",), f"Hm. {PART}", part=PART),
    ):
        assert office.refusal(service.record, "UCY", telling).code == "duplicate"


@pytest.mark.parametrize("part", ["", f"{BEFORE} {PART}"])
def test_who_has_a_part_of_a_comment_gets_the_whole_of_it_never_again(office: Office, part: str) -> None:
    whole = f"{BEFORE} {PART}"
    first = office.praise("ann", "bo", whole, part=PART).praise
    told = Telling(("UBO",), whole.upper() if not part else f"{whole} {AFTER}", part=part)

    refusal = office.refusal(service.record, "UCY", told)
    assert isinstance(refusal, service.Duplicate) and refusal.first.id == first.id


def test_a_whole_comment_of_which_a_part_is_known_is_new_for_nobody_by_the_other_ways_in(office: Office) -> None:
    first = office.praise("ann", "bo", WHOLE, part=PART).praise

    taken = office.do(intake.take_in, "key", "digest", Telling(("UBO",), WHOLE))
    assert (taken.praise_id, taken.praise) == (first.id, None)
    assert office.do(history.bring, [Telling(("UBO",), WHOLE)], award=True) == [Brought()]
    assert office.points("bo") == 10


def test_a_part_is_not_handed_on_to_who_has_the_whole(office: Office) -> None:
    office.praise("ann", "cy", WHOLE)
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise

    refusal = office.refusal(handing_on.hand_on, "UBO", praise.id, "UCY")
    assert (refusal.code, refusal.field) == ("handing_on_known", "person")


def test_a_part_that_was_handed_on_is_known_with_its_whole(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise
    office.do(handing_on.hand_on, "UBO", praise.id, "UCY")

    assert office.refusal(service.record, "ULEE", Telling(("UCY",), WHOLE)).code == "duplicate"
    assert not office.praise("lee", "bo", WHOLE).known


def test_two_parts_that_laud_two_things_are_two_praises(office: Office) -> None:
    office.praise("ann", "bo cy", WHOLE, part=PART)
    second = office.praise("ann", "bo cy", WHOLE, part=AFTER)

    assert second.known == () and second.rest == f"{BEFORE} {PART}"
    assert office.points("bo") == 20


def test_of_several_people_those_get_a_part_who_have_not_the_whole(office: Office) -> None:
    office.praise("ann", "bo", WHOLE)
    recorded = office.praise("ann", "bo cy", WHOLE, part=PART)

    assert [person.name for person in recorded.praise.people] == ["Cy"]
    assert [person.name for person in recorded.known] == ["Bo"]


# --- the rest goes to the ideas


def test_the_recorder_sets_the_rest_aside_once_however_often_they_press(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise
    office.later(minutes=1)
    for _ in range(2):
        assert set_aside(office, "ann", praise.id) == f"{BEFORE}\n\n{AFTER}"
        office.later(minutes=1)

    (row,) = rows(office, models.Aside)
    assert row["praise_id"] == praise.id and row["words"] == f"{BEFORE}\n\n{AFTER}"
    assert row["set_aside_by"] == office.member("ann").id and row["set_aside_at"] < office.now


def test_the_rest_of_a_praise_that_waits_or_was_refused_can_be_set_aside_too(office: Office) -> None:
    recorded = office.praise("ann", "ann", WHOLE, part=PART)
    assert recorded.waits and recorded.rest
    office.do(confirmations.decide, "ULEE", recorded.praise.id, accepted=False, reason="No.")

    set_aside(office, "ann", recorded.praise.id)
    assert len(rows(office, models.Aside)) == 1


@pytest.mark.parametrize("who", ["bo", "cy", "lee", "ada"])
def test_nobody_but_the_recorder_sets_it_aside(office: Office, who: str) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise

    assert office.refusal(aside.set_aside, f"U{who.upper()}", praise.id).code == "recorder_only"


def test_what_was_kept_back_is_told_to_nobody_but_the_recorder(office: Office) -> None:
    recorded = office.praise("ann", "ann", WHOLE, part=PART)
    office.do(confirmations.decide, "ULEE", recorded.praise.id, accepted=True)

    def held(who: str) -> dict[str, object]:
        (row,) = office.do(my_data.collect, who).held.tables["praise"]
        return dict(row)

    lead = held("ULEE")
    assert (lead["decided_by"], lead["words"], lead["rest"]) == ("you", PART, "")
    assert BEFORE not in str(lead) and held("UANN")["rest"] == recorded.rest


def test_a_recorder_who_takes_no_part_any_more_sets_nothing_aside(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise
    office.enrol("ann", is_guest=True)

    assert office.refusal(aside.set_aside, "UANN", praise.id).code == "actor_guest"


def test_where_nothing_was_kept_back_nothing_is_set_aside(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE).praise

    assert office.refusal(aside.set_aside, "UANN", praise.id).code == "out_of_date"
    assert office.refusal(aside.set_aside, "UANN", "0" * 32).code == "no_such_praise"


def test_what_is_set_aside_becomes_an_idea_of_its_recorder_once(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise
    sent = office.do(aside.set_aside, "UANN", praise.id).sent

    assert sent and sent.suggestion.what == f"{BEFORE}\n\n{AFTER}"
    assert (sent.suggestion.title, sent.suggestion.gains) == (f"{BEFORE} {AFTER}", "customer")
    assert sent.suggestion.praise_id == praise.id and sent.suggestion.author == office.member("ann")
    assert office.do(aside.set_aside, "UANN", praise.id).sent is None


def test_what_was_set_aside_before_there_were_ideas_arrives_too(office: Office) -> None:
    praise = office.praise("ann", "bo", WHOLE, part=PART).praise
    by = office.member("ann").id
    office.run(storage.add, TEAM, praise.id, "The lift is slow!", by=by, now=office.now)

    (sent,) = office.do(aside.bring)

    assert sent.suggestion.title == "The lift is slow!" and sent.suggestion.author_id == by
    assert office.do(aside.bring) == ()
