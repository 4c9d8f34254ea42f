"""What admins see of tomorrow, and which applause is read again before it (product.md 1)."""

from datetime import date, timedelta

import pytest

from bot.services import applause, privacy
from bot.services import rituals as service
from bot.services.rituals import Morning, Reading, Silence
from tests.office import Office


@pytest.fixture
def house(office: Office) -> Office:
    """A company whose ritual was set up on Monday 2 March 2026, noon."""
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    return office


def test_an_admin_sees_tomorrows_ritual_and_nothing_is_decided(house: Office) -> None:
    house.praise("ann", "bo", "So kind!")

    (preview,) = house.do(service.preview, "UADA")

    assert isinstance(preview, Morning)
    assert (preview.local_date, preview.opening.words) == (date(2026, 3, 3), "So kind!")
    house.at(2026, 3, 3, 9)
    assert house.opened().opening == preview.opening


def test_a_preview_on_friday_evening_is_of_monday(house: Office) -> None:
    house.at(2026, 3, 6, 18)

    (preview,) = house.do(service.preview, "UADA")

    assert isinstance(preview, Silence) and preview.local_date == date(2026, 3, 9)


def test_only_admins_have_a_preview(house: Office) -> None:
    assert house.refusal(service.preview, "ULEE").code == "admins_only"


def test_applause_is_read_again_for_what_a_near_ritual_will_show(house: Office) -> None:
    recorded = house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 3, 8, 49)
    assert house.do(service.awaited, ahead=timedelta(minutes=10)) == ()
    house.at(2026, 3, 3, 8, 50)

    assert house.do(service.awaited, ahead=timedelta(minutes=10)) == (Reading(recorded.praise.id, None),)
    house.do(applause.read_again, recorded.praise.id, [])
    assert house.do(service.awaited, ahead=timedelta(minutes=10)) == (Reading(recorded.praise.id, house.now),)


def test_applause_is_read_again_for_new_and_public_praise_alone(house: Office) -> None:
    house.do(privacy.prefer, "UDI", private=True)
    house.praise("ann", "bo", "First.")
    house.at(2026, 3, 3, 9)
    house.opened()
    house.later(hours=1)
    new = house.praise("ann", "cy", "Second.")
    house.praise("ann", "di", "Between us.")
    house.later(minutes=1)

    assert house.do(service.awaited, ahead=timedelta(days=1)) == (Reading(new.praise.id, None),)
