"""What several people do at the same moment with one praise, on either engine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.rules.refusal import Refusal
from bot.services import handing_on, helping, privacy
from tests.office import Office, mentions, slack_id


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let each act happen in a thread of its own; gives the code of each refusal, "" for what was done."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def hand_on(office: Office, giver: str, praise_id: str, receiver: str) -> Callable[[], object]:
    return lambda: office.do(handing_on.hand_on, slack_id(giver), praise_id, slack_id(receiver))


def name(office: Office, namer: str, praise_id: str, helpers: list[str]) -> Callable[[], object]:
    return lambda: office.do(helping.name, slack_id(namer), praise_id, mentions(*helpers))


def test_a_colleague_gets_one_praise_from_one_of_two(office: Office) -> None:
    for number in range(8):
        praise_id = office.praise("lee", "ann bo", f"Thank you for day {number}.").praise.id
        told = at_once(hand_on(office, "ann", praise_id, "cy"), hand_on(office, "bo", praise_id, "cy"))
        assert sorted(told) == ["", "handing_on_praised"]
        office.later(days=8)  # so many by one colleague within a week would wait for a lead
    assert office.points("cy") == 80 and office.points("ann") + office.points("bo") == 80
    assert office.is_sound()


def test_somebody_who_presses_twice_hands_it_on_once(office: Office) -> None:
    for number in range(8):
        praise_id = office.praise("lee", "ann", f"Thank you for day {number}.").praise.id
        told = at_once(hand_on(office, "ann", praise_id, "bo"), hand_on(office, "ann", praise_id, "cy"))
        assert sorted(told) == ["", "not_praised"]
    assert office.points("bo") + office.points("cy") == 80 and office.points("ann") == 0
    assert office.is_sound()


def test_two_hand_on_to_one_another_and_nobody_loses(office: Office) -> None:
    for number in range(8):
        anns = office.praise("lee", "ann", f"Thank you for day {number}.").praise.id
        bos = office.praise("lou", "bo", f"Thank you for night {number}.").praise.id
        assert at_once(hand_on(office, "ann", anns, "bo"), hand_on(office, "bo", bos, "ann")) == ["", ""]
    assert (office.points("ann"), office.points("bo")) == (80, 80)
    assert office.is_sound()


def test_never_more_than_ten_helpers_and_no_helper_who_is_praised(office: Office) -> None:
    office.enrol(*(crowd := [f"p{number:02}" for number in range(14)]))
    for number in range(4):
        praise_id = office.praise("lee", "ann bo", f"Thank you for day {number}.").praise.id
        told = at_once(
            name(office, "ann", praise_id, crowd[:8]),
            name(office, "bo", praise_id, crowd[6:]),
            hand_on(office, "ann", praise_id, "p00"),
        )
        assert told[2] == "" and told[1] == "" and told[0] in ("", "not_praised")
        assert office.is_sound()
        office.later(days=8)
    helped = sum(office.points(one) for one in crowd) - 4 * 10
    assert helped <= 4 * 10


def test_a_wish_for_privacy_and_a_hand_on_leave_one_truth(office: Office) -> None:
    praise_id = office.praise("lee", "ann", "Thank you.").praise.id

    def wish() -> object:
        return office.do(privacy.prefer, slack_id("bo"), private=True)

    assert at_once(hand_on(office, "ann", praise_id, "bo"), wish) == ["", ""]
    assert office.do(handing_on.own, slack_id("bo"), praise_id)[1].shown == ()
