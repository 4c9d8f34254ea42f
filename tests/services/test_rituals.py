"""The morning ritual: what is new, what opens the day, and when there is silence (product.md 1)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from bot.services import confirmations
from bot.services import rituals as service
from bot.services.rituals import Morning, Silence
from storage import praise as praises
from storage import rituals as storage
from storage.models import new_id
from storage.praise import NewPraise
from tests.office import TEAM, Office, words


@pytest.fixture
def house(office: Office) -> Office:
    """A company whose ritual was set up on Monday 2 March 2026, noon."""
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    return office


def bring_history(office: Office, praised: str, text: str) -> None:
    """Store a praise as the import of a file does."""
    person = office.member(praised)
    new = NewPraise(
        words=text, fingerprint=text, customer="", source="review", happened_on=date(2025, 5, 5), link="",
        recorder=None, people=(person,), checked=True, state="accepted", imported=True,
    )  # fmt: skip
    office.run(praises.add, TEAM, new, now=office.now)


# --- once, on its time


def test_before_its_time_nothing_is_due(house: Office) -> None:
    house.at(2026, 3, 3, 8, 59)

    assert not house.do(service.due)
    assert house.morning() is None


def test_new_praise_opens_the_day_once(house: Office) -> None:
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 3, 9)
    assert house.do(service.due)

    morning = house.opened()

    assert (morning.local_date, morning.ritual.channel) == (date(2026, 3, 3), "CPRAISE")
    assert (morning.opening.words, morning.is_older, morning.others, morning.more) == ("So kind!", False, (), 0)
    assert not house.do(service.due)
    assert house.morning() is None


def test_what_happened_before_the_ritual_was_made_is_not_made_up_for(house: Office) -> None:
    house.at(2026, 3, 2, 12, 1)

    assert house.morning() is None


def test_a_changed_setting_changes_the_ritual_and_keeps_its_history(house: Office) -> None:
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.settle(praise_channel="CNEW")
    house.keep_ritual()
    assert house.morning() is None
    house.praise("ann", "cy", "So quick!")
    house.at(2026, 3, 4, 9)

    morning = house.opened()

    assert (morning.ritual.channel, words(morning)) == ("CNEW", ["So quick!"])


# --- new


def test_the_first_time_new_is_what_came_in_the_last_24_hours(house: Office) -> None:
    house.at(2026, 3, 2, 8, 59)
    house.praise("ann", "bo", "Too long ago.")
    house.at(2026, 3, 2, 9, 1)
    house.praise("ann", "cy", "Just in time.")
    house.at(2026, 3, 3, 9)

    assert words(house.opened()) == ["Just in time."]


def test_monday_covers_the_weekend(house: Office) -> None:
    house.praise("ann", "di", "Monday.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.at(2026, 3, 6, 9)
    house.mornings()
    for day, name in ((6, "bo"), (7, "cy"), (8, "ed")):
        house.at(2026, 3, day, 12)
        house.praise("ann", name, f"March {day}.")
        house.at(2026, 3, day, 9)
        assert house.morning() is None
    house.at(2026, 3, 9, 9)

    assert sorted(words(house.opened())) == ["March 6.", "March 7.", "March 8."]


def test_a_silent_day_does_not_end_what_is_new(house: Office) -> None:
    """New since the last *posted* ritual: what waited for a lead over a silent morning still opens the next."""
    house.praise("ann", "bo", "First.")
    house.at(2026, 3, 3, 9)
    house.opened()
    waiting = house.praise("cy", "cy", "Myself.")
    house.at(2026, 3, 4, 9)
    assert isinstance(house.morning(), Silence)
    house.do(confirmations.decide, "ULEE", waiting.praise.id, accepted=True)
    house.at(2026, 3, 5, 9)

    assert words(house.opened()) == ["Myself."]


def test_praise_that_waits_or_was_refused_opens_no_day(house: Office) -> None:
    house.praise("cy", "cy", "Myself.")
    refused = house.praise("di", "di", "Me too.")
    house.do(confirmations.decide, "ULEE", refused.praise.id, accepted=False, reason="No")
    house.at(2026, 3, 3, 9)

    assert isinstance(house.morning(), Silence)


def test_praise_is_new_to_one_morning_only_however_close_it_comes(house: Office) -> None:
    """The ritual's clock is read before its transaction: what comes between belongs to the next morning."""
    house.praise("ann", "bo", "Yesterday.")
    house.at(2026, 3, 3, 9)
    tick = house.now
    house.later(milliseconds=5)
    house.praise("ann", "cy", "Between.")

    (first,) = house.do(service.open_due, "default", now=tick)
    house.at(2026, 3, 4, 9)
    second = house.opened()

    assert isinstance(first, Morning)
    assert (words(first), words(second)) == (["Yesterday."], ["Between."])


def test_praise_of_the_very_moment_after_the_ritual_is_new_tomorrow(house: Office) -> None:
    house.praise("ann", "bo", "Yesterday.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.praise("ann", "cy", "At nine sharp.")
    house.at(2026, 3, 4, 9)

    morning = house.opened()

    assert (words(morning), morning.is_older) == (["At nine sharp."], False)


def test_imported_history_is_never_new(house: Office) -> None:
    bring_history(house, "bo", "From a file.")
    house.praise("ann", "cy", "So kind!")
    house.at(2026, 3, 3, 9)

    assert words(house.opened()) == ["So kind!"]


def test_imported_history_may_open_a_morning_without_news(house: Office) -> None:
    bring_history(house, "bo", "From a file.")
    house.at(2026, 3, 3, 9)

    morning = house.opened()

    assert (morning.opening.words, morning.is_older) == ("From a file.", True)


# --- nothing new


def test_without_news_an_unfeatured_older_praise_opens_alone_and_is_marked(house: Office) -> None:
    house.praise("ann", "bo", "The longer words win.")
    house.praise("ann", "cy", "Short ones.")
    house.praise("ann", "di", "Tiny.")
    house.at(2026, 3, 3, 9)
    assert house.opened().opening.words == "The longer words win."
    house.at(2026, 3, 4, 9)

    morning = house.opened()

    assert (morning.opening.words, morning.is_older) == ("Short ones.", True)
    assert (morning.others, morning.more) == ((), 0)


def test_when_all_were_featured_the_bot_stays_silent(house: Office) -> None:
    house.praise("ann", "bo", "Once.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.at(2026, 3, 4, 9)

    assert isinstance(house.morning(), Silence)
    assert house.morning() is None


def test_when_there_is_none_at_all_the_bot_stays_silent(house: Office) -> None:
    house.at(2026, 3, 3, 9)

    assert isinstance(house.morning(), Silence)


def test_among_very_many_older_ones_the_most_moving_is_found(house: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "OLDER_CANDIDATES", 2)
    for name, text in (("bo", "b"), ("cy", "cc"), ("di", "dddd"), ("ed", "eee")):
        bring_history(house, name, text)
    house.at(2026, 3, 3, 9)

    assert house.opened().opening.words == "dddd"


def test_two_rituals_have_mornings_of_their_own(house: Office) -> None:
    """One ritual is set up now; the tables are ready for shifts and sites."""

    def add_evening(session: Session) -> None:
        (default,) = storage.every(session, TEAM)
        storage.keep(session, TEAM, replace(default, id=new_id(), name="late shift", at="17:00", channel="CLATE"))

    house.run(add_evening)
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 2, 17)
    assert house.opened().ritual.channel == "CLATE"
    house.at(2026, 3, 3, 9)
    assert house.opened().ritual.channel == "CPRAISE"
