"""The first run says what is not offered, and why (product.md 4 and 7)."""

from bot.services import welcome as service
from bot.views import welcome
from tests.office import Office


def test_a_company_of_fewer_than_five_is_not_asked_by_the_pulse_and_setup_says_so(empty_office: Office) -> None:
    empty_office.enrol("ann", "bo", "cy", "di")
    empty_office.enrol("robot", is_bot=True)
    empty_office.enrol("guest", is_guest=True)
    assert empty_office.do(service.is_too_small)
    empty_office.settle(pulse=False)
    assert not empty_office.do(service.is_too_small), "nobody is to be asked anyway"

    empty_office.settle(pulse=True)
    empty_office.enrol("ed")
    assert not empty_office.do(service.is_too_small)


def test_only_the_last_step_says_so(empty_office: Office) -> None:
    told = [
        [welcome.following(name, empty_office.company, "en", too_small=small)["text"] for name in welcome.STEPS]
        for small in (True, False)
    ]
    why = [["fewer than 5" in text for text in texts] for texts in told]
    assert why == [[False, False, True], [False, False, False]]
