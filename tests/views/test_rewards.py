"""Rewards are told by the clock of the people whom they are about."""

import re
from datetime import UTC, datetime

import pytest

from bot.views import rewards
from storage.rewards import Request, Reward
from tests.views import reward_gallery
from tests.views.outcomes import ORDINARY, member


@pytest.mark.parametrize(("zone", "day"), [("Asia/Taipei", "2 Mar 2026"), ("", "1 Mar 2026")])
def test_a_request_has_the_day_on_which_it_was_asked_for_where_its_person_is(zone: str, day: str) -> None:
    reward = Reward("timeoff", "A day off", "", 100, None, None, id="b" * 32)
    early = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    asked = Request("c" * 32, reward, member(1, zone=zone), 100, "", "held", early, None, "")

    task = rewards.task(asked, member(2, appointed="admin"))
    assert day in task["text"]


def test_wherever_rewards_and_points_by_hand_are_counted_stands_what_points_are_not() -> None:
    """Forms apart, which are about what somebody has just been told, and Home, where it stands beside the points."""
    told = {
        name: str(view) for name, view in reward_gallery.drawn(ORDINARY, "en") if "form" not in name and name != "home"
    }
    counted = {name for name, words in told.items() if re.search(r"\d points?\b", words)}
    assert {"grant task waiting", "project closed", "reward asked", "reward decided held", "withdrawn"} <= counted
    assert {name for name in counted if "Points say thanks" not in told[name]} == set()
