"""A lead's pick for tomorrow (product.md 1, Most moving)."""

from datetime import time

import pytest

from bot.services import applause, privacy
from bot.services import picks as service
from bot.services.picks import Choices
from storage import picks as storage
from tests.office import Office, slack_id


@pytest.fixture
def house(office: Office) -> Office:
    """A company whose ritual was set up on Monday 2 March 2026, noon."""
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    return office


def told(office: Office, whom: str, words: str) -> str:
    praise_id = office.praise("ed", whom, words).praise.id
    office.later(minutes=1)
    return praise_id


def pick(office: Office, praise_id: str, *, stands: bool = True, by: str = "lee") -> Choices:
    office.later(minutes=1)
    return office.do(service.pick, slack_id(by), praise_id, stands=stands)


def shown(choices: Choices) -> list[tuple[str, str]]:
    state = {(True, True): "new, picked", (True, False): "new", (False, True): "older, picked", (False, False): "older"}
    return [(choice.praise.words, state[choice.is_new, choice.is_picked]) for choice in choices.choices]


def test_a_pick_opens_the_next_morning_before_what_is_applauded_more(house: Office) -> None:
    loud = told(house, "bo", "Loud, and long, and applauded.")
    house.do(applause.hear, loud, slack_id("di"), "tada", stands=True, event_ts="1772500000.0")
    pick(house, told(house, "cy", "Quiet."))
    house.at(2026, 3, 3, 9)

    morning = house.opened()
    assert morning.opening.words == "Quiet." and not morning.is_older
    assert [praise.words for praise in morning.others] == ["Loud, and long, and applauded."]


def test_the_latest_of_several_picks_opens(house: Office) -> None:
    first, second = told(house, "bo", "First."), told(house, "cy", "Second.")
    told(house, "di", "Nobody picked this one, however long it is.")
    pick(house, second)
    pick(house, first, by="ada")
    house.at(2026, 3, 3, 9)

    assert house.opened().opening.words == "First."


def test_a_pick_taken_back_counts_no_more(house: Office) -> None:
    told(house, "bo", "The longest words of all.")
    short = told(house, "cy", "Short.")
    pick(house, short)
    assert ("Short.", "new") in shown(pick(house, short, stands=False, by="lou"))
    house.at(2026, 3, 3, 9)

    assert house.opened().opening.words == "The longest words of all."


def test_an_older_praise_that_is_picked_competes_with_what_is_new(house: Office) -> None:
    told(house, "bo", "Monday's, and the longest words.")
    older = told(house, "cy", "Monday's other.")
    house.at(2026, 3, 3, 9)
    house.opened()
    told(house, "di", "Tuesday's.")
    told(house, "ann", "Tuesday's other one.")
    pick(house, older)
    house.at(2026, 3, 4, 9)

    morning = house.opened()
    assert morning.opening.words == "Monday's other." and morning.is_older
    assert [praise.words for praise in morning.others] == ["Tuesday's other one.", "Tuesday's."]


def test_an_older_pick_opens_a_morning_without_news_too(house: Office) -> None:
    told(house, "bo", "Monday's, and the longest words.")
    told(house, "cy", "Monday's other, quite long.")
    short = told(house, "di", "Short.")
    house.at(2026, 3, 3, 9)
    house.opened()
    pick(house, short)
    house.at(2026, 3, 4, 9)

    assert (morning := house.opened()).opening.words == "Short." and morning.is_older and morning.others == ()


def test_a_pick_counts_for_the_next_post_and_no_longer(house: Office) -> None:
    """Passed over because Cy opened the morning before, it does not come up the day after."""
    told(house, "cy", "Cy's first, and the longest.")
    house.at(2026, 3, 3, 9)
    house.opened()
    again = told(house, "cy", "Cy's second.")
    told(house, "bo", "Bo's.")
    choices = pick(house, again)
    assert [choice.repeats for choice in choices.choices] == [True, False], "the lead is told"
    house.at(2026, 3, 4, 9)
    assert house.opened().opening.words == "Bo's."
    told(house, "di", "Di's, with more words.")
    house.at(2026, 3, 5, 9)

    assert house.opened().opening.words == "Di's, with more words."


def test_a_pick_waits_over_mornings_that_posted_nothing(house: Office) -> None:
    told(house, "bo", "Friday's, and the longest words.")
    house.at(2026, 3, 6, 9)
    assert house.mornings(), "with the days before, on which nobody looked"
    house.at(2026, 3, 6, 12)
    pick(house, told(house, "cy", "Short."))
    told(house, "di", "Many more words, told on Friday too.")
    house.at(2026, 3, 7, 9)
    assert house.morning() is None, "a Saturday"
    house.at(2026, 3, 9, 9)

    assert house.opened().opening.words == "Short."


def test_what_opened_a_morning_cannot_be_picked(house: Office) -> None:
    only = told(house, "bo", "Only.")
    house.at(2026, 3, 3, 9)
    house.opened()

    assert house.refusal(service.pick, slack_id("lee"), only, stands=True).code == "pick_opened"
    assert house.do(service.choices, slack_id("lee")).choices == ()


def test_each_ritual_opens_with_it_once(house: Office) -> None:
    house.do(_second_ritual)
    praise_id = told(house, "bo", "Short.")
    told(house, "cy", "Longer words than those of Bo.")
    pick(house, praise_id)
    house.at(2026, 3, 3, 8)
    first = house.opened()
    house.at(2026, 3, 3, 9)
    second = house.opened()
    assert {first.ritual.name, second.ritual.name} == {"default", "early"}
    assert first.opening.words == second.opening.words == "Short."
    assert house.refusal(service.pick, slack_id("lee"), praise_id, stands=True).code == "pick_opened"
    house.at(2026, 3, 4, 8)

    assert house.opened().opening.words == "Longer words than those of Bo."


def test_a_praise_cannot_be_picked_if_only_rituals_of_other_teams_are_left(house: Office) -> None:
    from bot.services import timetable

    house.do(timetable.keep, "night", timetable.Wish(channel="CNIGHT", at="22:00", team="Night"))
    praise_id = told(house, "bo", "Words.")
    house.at(2026, 3, 3, 9)
    house.mornings()

    assert house.refusal(service.pick, slack_id("lee"), praise_id, stands=True).code == "pick_opened"


def _second_ritual(session: object, company: object, *, now: object) -> None:
    from bot.services import timetable

    wish = timetable.Wish(channel="CEARLY", at=time(8).strftime("%H:%M"))
    timetable.keep(session, company, "early", wish, now=now)  # type: ignore[arg-type]


def test_only_leads_and_admins_pick(house: Office) -> None:
    praise_id = told(house, "bo", "Words.")

    assert house.refusal(service.choices, slack_id("ann")).code == "leads_only"
    for stands in (True, False):
        assert house.refusal(service.pick, slack_id("ann"), praise_id, stands=stands).code == "leads_only"
    assert shown(pick(house, praise_id, by="ada")) == [("Words.", "new, picked")]


def test_what_nobody_may_see_cannot_be_picked(house: Office) -> None:
    house.do(privacy.prefer, slack_id("bo"), private=True)
    hidden = told(house, "bo", "Between us.")
    waiting = told(house, "ed", "I praise myself.")

    assert house.refusal(service.pick, slack_id("lee"), hidden, stands=True).code == "pick_private"
    assert house.refusal(service.pick, slack_id("lee"), waiting, stands=True).code == "out_of_date"
    assert house.refusal(service.pick, slack_id("lee"), "0" * 32, stands=True).code == "no_such_praise"
    assert house.do(service.choices, slack_id("lee")).choices == ()


def test_who_turns_private_is_not_opened_with_however_much_it_was_picked(house: Office) -> None:
    praise_id = told(house, "bo", "Between us.")
    told(house, "cy", "Open.")
    pick(house, praise_id)
    house.do(privacy.prefer, slack_id("bo"), private=True)
    house.at(2026, 3, 3, 9)

    assert house.opened().opening.words == "Open."


def test_a_lead_chooses_from_ten_the_picked_first_then_the_new_then_the_older(house: Office) -> None:
    told(house, "bo", "The longest words of all, on Monday.")
    older = told(house, "cy", "Monday's.")
    house.at(2026, 3, 3, 9)
    house.opened()
    told(house, "di", "Tuesday's.")
    told(house, "ann", "Tuesday's longer one.")

    assert shown(house.do(service.choices, slack_id("lee"))) == [
        ("Tuesday's longer one.", "new"),
        ("Tuesday's.", "new"),
        ("Monday's.", "older"),
    ]
    assert shown(pick(house, older))[0] == ("Monday's.", "older, picked")
    house.enrol(*(crowd := [f"p{number:02}" for number in range(12)]))
    for name in crowd:
        told(house, name, f"Thanks, {name}.")
    choices = house.do(service.choices, slack_id("lee")).choices
    assert len(choices) == service.OFFERED and choices[0].praise.words == "Monday's."
    assert all(choice.is_new for choice in choices[1:])


def test_a_pick_of_yesterday_is_not_shown_as_one(house: Office) -> None:
    told(house, "cy", "Cy's first, and the longest.")
    house.at(2026, 3, 3, 9)
    house.opened()
    again = told(house, "cy", "Cy's second.")
    told(house, "bo", "Bo's.")
    pick(house, again)
    house.at(2026, 3, 4, 9)
    house.opened()

    assert shown(house.do(service.choices, slack_id("lee"))) == [("Cy's second.", "older")]
    assert house.run(storage.opened, again) == frozenset()
