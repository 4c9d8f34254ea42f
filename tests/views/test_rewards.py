"""Rewards are told by the clock of the people whom they are about."""

from datetime import UTC, datetime

import pytest

from bot.views import rewards
from storage.rewards import Request, Reward
from tests.views.outcomes import member


@pytest.mark.parametrize(("zone", "day"), [("Asia/Taipei", "2 Mar 2026"), ("", "1 Mar 2026")])
def test_a_request_has_the_day_on_which_it_was_asked_for_where_its_person_is(zone: str, day: str) -> None:
    reward = Reward("timeoff", "A day off", "", 100, None, None, id="b" * 32)
    early = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    asked = Request("c" * 32, reward, member(1, zone=zone), 100, "", "held", early, None, "")

    task = rewards.task(asked, member(2, appointed="admin"))
    assert day in task["text"]
