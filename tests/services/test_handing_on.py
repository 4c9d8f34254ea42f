"""It was not me: name, points and boards follow to the right colleague (product.md 1)."""

from datetime import date

import pytest

from bot.services import applause, confirmations, helping, privacy
from bot.services import handing_on as service
from bot.services.handing_on import HandedOn
from storage import models
from tests.office import Office, slack_id
from tests.rewards import ask, offer

WORDS = "He found my ring in the sand."


def hand_on(office: Office, giver: str, praise_id: str, receiver: str) -> HandedOn:
    return office.do(service.hand_on, slack_id(giver), praise_id, slack_id(receiver))


def refusal(office: Office, giver: str, praise_id: str, receiver: str) -> str:
    return office.refusal(service.hand_on, slack_id(giver), praise_id, slack_id(receiver)).code


def praised(office: Office, names: str = "ann", recorder: str = "ed", words: str = WORDS) -> str:
    return office.praise(recorder, names, words).praise.id


def rows(office: Office, table: str) -> list[dict[str, object]]:
    return office.run(lambda session: list(map(dict, session.connection().execute(_table(table)).mappings())))


def _table(name: str) -> object:
    return models.Entry.metadata.tables[name].select()


def test_the_right_colleague_takes_the_place_and_the_points(office: Office) -> None:
    praise_id = praised(office, "ann bo cy")

    handed = hand_on(office, "bo", praise_id, "di")

    assert [person.name for person in handed.praise.people] == ["Ann", "Di", "Cy"]
    assert (handed.giver.name, handed.receiver.name) == ("Bo", "Di")
    assert {name: office.points(name) for name in ("ann", "bo", "cy", "di")} == {"ann": 10, "bo": 0, "cy": 10, "di": 10}
    assert {row["key"].split(":", 1)[0] for row in rows(office, "entry")} == {"praise", "reverse"}  # type: ignore[attr-defined]
    assert office.is_sound()


def test_boards_follow_on_the_day_on_which_it_counted(office: Office) -> None:
    """March's praise stays March's, although April came between."""
    office.at(2026, 3, 30)
    praise_id = praised(office)
    office.at(2026, 4, 2)
    hand_on(office, "ann", praise_id, "bo")

    assert {row["counts_on"] for row in rows(office, "entry")} == {date(2026, 3, 30)}
    assert (office.total("bo", "praise"), office.total("bo", "points")) == (0, 0)
    office.at(2026, 3, 31)
    assert (office.total("bo", "praise"), office.total("bo", "points")) == (10, 10)
    assert (office.total("ann", "praise"), office.total("ann", "points")) == (0, 0)
    assert office.is_sound()


def test_points_that_were_spent_become_a_debt(office: Office) -> None:
    praise_id = praised(office)
    ask(office, "ann", offer(office, price="10"))
    hand_on(office, "ann", praise_id, "bo")

    account = office.account("ann")
    assert (account.spendable, account.held, account.debt) == (0, 10, 10)
    assert office.is_sound()


def test_it_may_be_handed_on_twice_and_a_third_time_it_stays(office: Office) -> None:
    praise_id = praised(office)
    hand_on(office, "ann", praise_id, "bo")
    hand_on(office, "bo", praise_id, "cy")

    assert refusal(office, "cy", praise_id, "di") == "handing_on_spent"
    assert [office.points(name) for name in ("ann", "bo", "cy")] == [0, 0, 10]
    assert office.is_sound()


def test_each_of_the_praised_has_turns_of_their_own(office: Office) -> None:
    praise_id = praised(office, "ann bo")
    hand_on(office, "ann", praise_id, "cy")
    hand_on(office, "cy", praise_id, "di")
    hand_on(office, "bo", praise_id, "lee")

    assert [office.points(name) for name in ("di", "lee")] == [10, 10]
    assert office.is_sound()


def test_thirty_days_from_the_day_it_was_accepted(office: Office) -> None:
    waiting = praised(office, "ann", "ann")
    office.later(days=20)
    office.do(confirmations.decide, slack_id("lee"), waiting, accepted=True)
    office.later(days=30)
    hand_on(office, "ann", waiting, "bo")

    office.later(seconds=1)
    assert refusal(office, "bo", waiting, "cy") == "handing_on_late"


def test_who_is_not_praised_hands_nothing_on(office: Office) -> None:
    praise_id = praised(office)

    assert refusal(office, "bo", praise_id, "cy") == "not_praised"
    hand_on(office, "ann", praise_id, "bo")
    assert refusal(office, "ann", praise_id, "cy") == "not_praised", "it is Bo's now"
    assert refusal(office, "ann", "0" * 32, "cy") == "no_such_praise"


def test_what_waits_for_a_lead_is_not_handed_on(office: Office) -> None:
    assert refusal(office, "ann", praised(office, "ann", "ann"), "bo") == "out_of_date"


@pytest.mark.parametrize(
    ("receiver", "code"),
    [
        ("bo", "handing_on_self"),
        ("cy", "handing_on_praised"),
        ("ann", "handing_on_back"),
        ("ed", "handing_on_recorder"),
        ("guest", "praised_guest"),
        ("robot", "praised_bot"),
        ("gone", "praised_gone"),
        ("stranger", "praised_stranger"),
        ("nobody", "unknown_people"),
    ],
)
def test_not_everybody_can_be_the_right_one(office: Office, receiver: str, code: str) -> None:
    praise_id = praised(office, "ann cy")
    hand_on(office, "ann", praise_id, "bo")

    assert refusal(office, "bo", praise_id, receiver) == code


def test_somebody_must_be_chosen(office: Office) -> None:
    praise_id = praised(office)

    assert office.refusal(service.hand_on, slack_id("ann"), praise_id, "").code == "people_missing"


def test_who_has_the_same_words_already_does_not_get_them_twice(office: Office) -> None:
    praised(office, "bo", words="HE FOUND my ring, in the sand")
    praise_id = praised(office, "ann")

    assert refusal(office, "ann", praise_id, "bo") == "handing_on_known"


def test_the_words_that_went_on_are_known_with_the_new_one_and_free_with_the_old(office: Office) -> None:
    praise_id = praised(office)
    hand_on(office, "ann", praise_id, "bo")

    assert office.praise("cy", "bo ann", WORDS).known == (office.member("bo"),)


def test_who_applauds_counts_unless_it_is_theirs(office: Office) -> None:
    praise_id = praised(office)
    for name in ("ann", "bo", "cy"):
        office.do(applause.hear, praise_id, slack_id(name), "tada", stands=True, event_ts=f"{office.now.timestamp()}")

    assert hand_on(office, "ann", praise_id, "bo").praise.applause == 2, "Ann and Cy; Bo no more"


def test_who_helped_and_earned_it_after_all_keeps_the_greater_thanks_alone(office: Office) -> None:
    praise_id = praised(office)
    office.do(helping.name, slack_id("ann"), praise_id, [slack_id("bo")])
    assert office.points("bo") == 1
    hand_on(office, "ann", praise_id, "bo")

    assert office.points("bo") == 10
    assert office.is_sound()
    again = office.refusal(helping.name, slack_id("bo"), praise_id, [slack_id("bo")])
    assert isinstance(again, helping.NobodyHelped)
    office.do(helping.name, slack_id("bo"), praise_id, [slack_id("ann")])
    assert office.points("ann") == 1, "who said that it was not them may have helped"
    hand_on(office, "bo", praise_id, "cy")
    assert office.points("bo") == 0
    office.do(helping.name, slack_id("cy"), praise_id, [slack_id("bo")])
    assert office.points("bo") == 1, "it was not Bo's, who helped all the same"
    refused = office.refusal(helping.name, slack_id("cy"), praise_id, [slack_id("bo")])
    assert isinstance(refused, helping.NobodyHelped) and refused.refused[0].code == "helped"
    assert office.is_sound()


def test_whether_it_can_be_handed_on_is_known_before_anybody_is_chosen(office: Office) -> None:
    praise_id = praised(office)

    member, praise = office.do(service.offered, slack_id("ann"), praise_id)
    assert (member.name, praise.words) == ("Ann", WORDS)
    assert office.refusal(service.offered, slack_id("bo"), praise_id).code == "not_praised"
    office.later(days=31)
    assert office.refusal(service.offered, slack_id("ann"), praise_id).code == "handing_on_late"


def test_privacy_is_that_of_the_one_who_has_it_now(office: Office) -> None:
    praise_id = praised(office)
    office.do(privacy.prefer, slack_id("bo"), private=True)

    assert hand_on(office, "ann", praise_id, "bo").praise.shown == ()
    assert [person.name for person in hand_on(office, "bo", praise_id, "cy").praise.shown] == ["Cy"]


def test_a_wish_for_privacy_reaches_what_was_handed_on_lately_and_is_not_posted_yet(office: Office) -> None:
    praise_id = praised(office)
    office.later(days=20)
    hand_on(office, "ann", praise_id, "bo")

    preferred = office.do(privacy.prefer, slack_id("bo"), private=True)
    assert [praise.id for praise in preferred.unposted] == [praise_id]
