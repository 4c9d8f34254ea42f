"""The budget: how it starts, is halved, grows and stays below its cap; in a time that the test moves."""

import pytest

from bot.delivery import pace
from bot.delivery.pace import Pace


class Time:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(pace, "START", 4.0)
    monkeypatch.setattr(pace, "UPDATE_GAP_S", 60 / 38)
    return Time()


@pytest.mark.parametrize(("cap", "rate"), [(0.5, 0.5), (4, 4), (200, 4)])
def test_it_starts_at_four_a_second_or_at_the_cap(cap: float, rate: float, time: Time) -> None:
    assert Pace(cap, time).rate == rate


def test_a_limit_halves_it_and_each_clean_minute_adds_a_half_up_to_the_cap(time: Time) -> None:
    budget = Pace(4, time)
    budget.limited(pace.POST, 10)
    budget.limited(pace.POST, 20)  # another call that met the same limit
    assert (budget.rate, budget.wait(pace.POST), budget.wait(pace.UPDATE) > 0) == (2, 20, False)
    time.seconds += 59
    assert budget.rate == 2
    time.seconds += 1
    assert budget.rate == 2.5
    time.seconds += 3600
    assert budget.rate == 4


def test_it_is_never_halved_down_to_nothing(time: Time) -> None:
    budget = Pace(4, time)
    for _ in range(20):
        budget.limited(pace.POST, 1)
        time.seconds += 2
    assert budget.rate == pace.SLOWEST


async def test_an_idle_time_is_not_made_up_for(time: Time) -> None:
    budget = Pace(4, time)
    time.seconds += 100
    assert await budget.slot(pace.POST, time() + 9)
    assert budget.wait(pace.POST) == 0.25
    assert not await budget.slot(pace.POST, time() + 0.1)


async def test_whoever_wakes_up_late_does_not_put_off_the_next(time: Time) -> None:
    budget = Pace(4, time)
    assert await budget.slot(pace.POST, time() + 9)
    time.seconds += 0.25 + pace.LATE_S / 2
    assert await budget.slot(pace.POST, time())
    assert budget.wait(pace.POST) == pytest.approx(0.25 - pace.LATE_S / 2)


async def test_what_was_held_up_is_not_made_up_for(time: Time) -> None:
    budget = Pace(4, time)
    assert await budget.slot(pace.POST, time() + 9)
    budget.hold(pace.POST, 10)
    time.seconds += 10 + pace.LATE_S / 2
    assert await budget.slot(pace.POST, time())
    assert budget.wait(pace.POST) > 0.25 - pace.LATE_S


async def test_updates_stay_under_forty_a_minute(time: Time) -> None:
    budget = Pace(200, time)
    granted = 0
    for _ in range(600):
        granted += await budget.slot(pace.UPDATE, time())
        time.seconds += 0.1
    assert 30 < granted < 40


def test_looking_up_stays_under_its_tier_and_keeps_to_a_retry_after(time: Time) -> None:
    budget = Pace(4, time)
    waits = [budget.read("conversations.history") for _ in range(50)]
    assert waits == [0] * 45 + [60] * 5
    assert budget.read("conversations.open") == 0
    budget.limited("conversations.open", 7)
    assert budget.read("conversations.open") == 7
    time.seconds += 60
    assert budget.read("conversations.history") == 0


def test_in_an_outage_it_pauses_longer_each_time_and_sends_one_to_see(time: Time) -> None:
    budget = Pace(4, time)
    pauses = []
    for _ in range(8):
        budget.unanswered()
        pauses.append(budget.wait(pace.POST))
    assert [seconds for seconds in pauses if seconds > 0] == [1, 2, 4, 8, 8, 8]
    assert budget.lanes == 1
    assert budget.answered()
    assert (budget.wait(pace.POST) <= 0, budget.lanes, budget.answered()) == (True, 8, False)
