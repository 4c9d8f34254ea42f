"""Praise that waits: who is asked, who decides, what a decision does (product.md 1, Self-recorded)."""

from datetime import UTC, datetime, time

import pytest

from bot.rules.quiet import QuietHours
from bot.services import confirmations as service
from bot.services.confirmations import Decided
from bot.services.praise import Recorded
from storage.people import Member
from tests.office import Office, slack_id

WORDS = "Nobody ever explained a bill to me so kindly."


@pytest.fixture
def shop(empty_office: Office) -> Office:
    """Colleagues Ann and Bo; nobody leads yet."""
    empty_office.enrol("ann", "bo")
    return empty_office


def names(members: tuple[Member, ...]) -> set[str]:
    return {member.name for member in members}


def decide(office: Office, by: str, recorded: Recorded, *, accepted: bool = True, reason: str = "") -> Decided:
    return office.do(service.decide, slack_id(by), recorded.praise.id, accepted=accepted, reason=reason)


# --- who is asked


def test_every_lead_is_asked(office: Office) -> None:
    assert names(office.praise("ann", "ann", WORDS).confirmers) == {"Lee", "Lou"}


def test_nobody_is_asked_about_praise_that_stands(office: Office) -> None:
    assert office.praise("ann", "bo", WORDS).confirmers == ()


def test_a_lead_who_recorded_it_or_is_praised_in_it_is_not_asked(office: Office) -> None:
    assert names(office.praise("lee", "lee", WORDS).confirmers) == {"Lou"}
    assert names(office.praise("ann", "ann lou", WORDS).confirmers) == {"Lee"}


def test_without_a_free_lead_every_admin_is_asked(office: Office) -> None:
    office.enrol("amy", appointed="admin")

    assert names(office.praise("lee", "lee lou", WORDS).confirmers) == {"Ada", "Amy"}


def test_an_admin_who_is_praised_is_not_asked(office: Office) -> None:
    office.enrol("amy", appointed="admin")

    assert names(office.praise("lee", "lee lou amy", WORDS).confirmers) == {"Ada"}


def test_a_lead_who_is_also_an_admin_is_asked_as_an_admin(shop: Office) -> None:
    shop.enrol("boss", is_slack_admin=True, appointed="lead")
    assert names(shop.praise("ann", "ann", WORDS).confirmers) == {"Boss"}
    shop.enrol("lee", appointed="lead")
    assert names(shop.praise("bo", "bo", WORDS).confirmers) == {"Lee"}


@pytest.mark.parametrize("absence", ["is_gone", "is_guest", "is_bot", "is_stranger"])
def test_a_lead_who_takes_no_part_is_not_asked(shop: Office, absence: str) -> None:
    shop.enrol("lee", appointed="lead", **{absence: True})
    shop.enrol("ada", appointed="admin")

    assert names(shop.praise("ann", "ann", WORDS).confirmers) == {"Ada"}


def test_where_nobody_may_decide_it_waits_and_nobody_is_asked(shop: Office) -> None:
    recorded = shop.praise("ann", "ann", WORDS)

    assert recorded.waits and recorded.confirmers == ()


# --- the decision


def test_a_lead_who_accepts_brings_everybody_their_points(office: Office) -> None:
    recorded = office.praise("ann", "ann bo", WORDS)
    office.later(hours=3)

    decided = decide(office, "lee", recorded)

    assert decided.accepted and decided.praise.checked
    assert decided.praise.decider is not None and decided.praise.decider.name == "Lee"
    assert (office.points("ann"), office.points("bo")) == (10, 10)
    assert office.is_sound()


def test_a_refusal_with_a_reason_brings_no_points_and_tells_why(office: Office) -> None:
    recorded = office.praise("ann", "ann", WORDS)

    decided = decide(office, "lee", recorded, accepted=False, reason="  I was there, call 13812345678  ")

    assert not decided.accepted and not decided.praise.checked
    assert decided.praise.state == "refused"
    assert decided.praise.reason == "I was there, call [phone]"
    assert office.points("ann") == 0
    assert office.is_sound()


@pytest.mark.parametrize(("reason", "code"), [("", "reason_missing"), (" \n", "reason_missing")])
def test_a_refusal_needs_a_reason(office: Office, reason: str, code: str) -> None:
    praise_id = office.praise("ann", "ann", WORDS).praise.id

    refusal = office.refusal(service.decide, "ULEE", praise_id, accepted=False, reason=reason)

    assert (refusal.code, refusal.field) == (code, "reason")


def test_a_reason_has_a_longest_length(office: Office) -> None:
    praise_id = office.praise("ann", "ann", WORDS).praise.id

    refusal = office.refusal(service.decide, "ULEE", praise_id, accepted=False, reason="x" * 1001)

    assert (refusal.code, refusal.field) == ("reason_too_long", "reason")


@pytest.mark.parametrize("accepted", [True, False])
def test_the_first_decision_stands(office: Office, accepted: bool) -> None:
    recorded = office.praise("ann", "ann", WORDS)
    decide(office, "lee", recorded, accepted=accepted, reason="I was there")

    for second in (True, False):
        refusal = office.refusal(service.decide, "ULOU", recorded.praise.id, accepted=second, reason="No")
        assert (refusal.code, refusal.facts["by"]) == ("already_decided", "ULEE")
    assert office.points("ann") == (10 if accepted else 0)


@pytest.mark.parametrize("name", ["ann", "bo", "guest", "robot", "gone", "stranger", "nobody"])
def test_who_may_not_decide_changes_nothing(office: Office, name: str) -> None:
    praise_id = office.praise("ann", "ann", WORDS).praise.id

    refusal = office.refusal(service.decide, slack_id(name), praise_id, accepted=True)

    assert refusal.code in ("may_not_confirm", "unknown_actor") or refusal.code.startswith("actor_")


def test_a_lead_decides_neither_what_they_recorded_nor_praise_of_themselves(office: Office) -> None:
    own = office.praise("lee", "lee", WORDS).praise.id
    of_lou = office.praise("ann", "ann lou", WORDS).praise.id

    assert office.refusal(service.decide, "ULEE", own, accepted=True).code == "may_not_confirm"
    assert office.refusal(service.decide, "ULOU", of_lou, accepted=True).code == "may_not_confirm"


def test_an_admin_may_decide_too(office: Office) -> None:
    assert decide(office, "ada", office.praise("ann", "ann", WORDS)).accepted


def test_who_led_when_they_were_asked_and_leads_no_more_may_not_decide(office: Office) -> None:
    praise_id = office.praise("ann", "ann", WORDS).praise.id
    office.enrol("lee", appointed="")

    assert office.refusal(service.decide, "ULEE", praise_id, accepted=True).code == "may_not_confirm"


def test_praise_that_never_waited_cannot_be_decided(office: Office) -> None:
    praise_id = office.praise("ann", "bo", WORDS).praise.id

    assert office.refusal(service.decide, "ULEE", praise_id, accepted=False, reason="No").code == "already_decided"
    assert office.refusal(service.decide, "ULEE", "0" * 32, accepted=True).code == "no_such_praise"


def test_refused_words_may_be_told_again(office: Office) -> None:
    decide(office, "lee", office.praise("ann", "ann", WORDS), accepted=False, reason="Let a colleague tell it")

    assert not office.praise("bo", "ann", WORDS).waits
    assert office.points("ann") == 10


def test_refused_praise_is_not_one_of_many(office: Office) -> None:
    decide(office, "lee", office.praise("ann", "ann bo", WORDS), accepted=False, reason="Not so")

    assert [office.praise("ann", "bo", f"{WORDS} {number}").waits for number in range(4)] == [False] * 3 + [True]


def test_accepted_praise_counts_on_the_day_of_the_decision(office: Office) -> None:
    office.at(2026, 3, 31, 12)
    recorded = office.praise("ann", "ann", WORDS)
    office.at(2026, 4, 1, 12)

    decide(office, "lee", recorded)

    assert office.total("ann", "praise") == 10


def test_what_is_accepted_at_night_leaves_after_quiet_hours(office: Office) -> None:
    office.settle(quiet=QuietHours(time(21), time(8)))
    recorded = office.praise("ann", "ann", WORDS)
    office.at(2026, 3, 3, 22)

    assert decide(office, "lee", recorded).post_at == datetime(2026, 3, 4, 8, tzinfo=UTC)


# --- the reminder


def test_seven_days_without_an_answer_remind_once(office: Office) -> None:
    waiting = office.praise("ann", "ann", WORDS)
    office.later(days=6, hours=23)
    assert office.do(service.remind) == ()
    office.later(hours=1)

    (late,) = office.do(service.remind)

    assert late.praise == waiting.praise
    assert names(late.confirmers) == {"Lee", "Lou"}
    assert office.do(service.remind) == ()
    office.later(days=7)
    assert office.do(service.remind) == ()


def test_what_was_decided_is_not_reminded_of(office: Office) -> None:
    decide(office, "lee", office.praise("ann", "ann", WORDS))
    decide(office, "lee", office.praise("bo", "bo", WORDS), accepted=False, reason="No")
    office.praise("cy", "di", WORDS)
    office.later(days=8)

    assert office.do(service.remind) == ()


def test_praise_about_which_nobody_could_be_asked_is_brought_up_when_somebody_can(shop: Office) -> None:
    shop.praise("ann", "ann", WORDS)
    shop.later(days=8)
    assert shop.do(service.remind) == ()
    shop.enrol("lee", appointed="lead")

    (late,) = shop.do(service.remind)

    assert names(late.confirmers) == {"Lee"}
    assert shop.do(service.remind) == ()


def test_a_reminder_that_falls_into_quiet_hours_waits_for_their_end(office: Office) -> None:
    office.settle(quiet=QuietHours(time(21), time(8)))
    office.at(2026, 3, 3, 3)
    office.praise("ann", "ann", WORDS)

    office.at(2026, 3, 10, 3)
    (late,) = office.do(service.remind)

    assert late.post_at == office.at(2026, 3, 10, 8)
