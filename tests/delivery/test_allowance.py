"""How often Home may be published: in a time that the test moves."""

from bot.delivery.allowance import A_SECOND, AT_ONCE, RESERVED, Allowance
from tests.delivery.test_pace import Time

TIER_4, SLACK_AT_ONCE = 100, 25
"""What Slack takes in a minute, and what the local workspace takes at once."""


def calls_in(allowance: Allowance, time: Time, seconds: int, *, urgent: bool) -> int:
    """How many calls leave in this time if there is always one more."""
    made = 0
    for _ in range(seconds * 20):
        while allowance.wait(urgent=urgent) == 0:
            allowance.take()
            made += 1
        time.seconds += 0.05
    return made


def test_no_minute_has_more_calls_than_slack_takes() -> None:
    time = Time()
    allowance = Allowance(time)
    assert AT_ONCE <= SLACK_AT_ONCE
    first = calls_in(allowance, time, 60, urgent=True)
    assert A_SECOND * 60 <= first <= TIER_4 + AT_ONCE and A_SECOND * 60 <= TIER_4 - 10
    assert calls_in(allowance, time, 60, urgent=True) <= TIER_4 - 9


def test_what_others_changed_leaves_room_for_those_who_open_home() -> None:
    time = Time()
    allowance = Allowance(time)
    assert calls_in(allowance, time, 1, urgent=False) <= AT_ONCE - RESERVED + A_SECOND + 1
    assert allowance.wait(urgent=False) > 0 and allowance.wait(urgent=True) == 0


def test_what_was_not_needed_is_given_back_and_no_more() -> None:
    time = Time()
    allowance = Allowance(time)
    for _ in range(3):
        allowance.take()
        allowance.give_back()
        allowance.give_back()
    assert calls_in(allowance, time, 1, urgent=True) <= AT_ONCE + A_SECOND + 1


def test_after_a_limit_nothing_leaves_until_slack_said_and_then_not_all_at_once() -> None:
    time = Time()
    allowance = Allowance(time)
    allowance.hold(30)
    assert allowance.wait(urgent=True) == 30
    time.seconds += 2
    assert calls_in(allowance, time, 27, urgent=True) == 0
