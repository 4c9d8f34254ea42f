"""What is told of a group's answers, and what must not be told."""

import pytest

from bot.rules import estimates
from bot.rules.questions import Option, Question
from bot.rules.showing import Figures, falls, figures

AGREE = Question("clarity-goals", "clarity", "agree", "up", {"en": "I know."})
WORRY = Question("workload-late", "workload", "agree", "down", {"en": "I work late."})
ENPS = Question("enps", "enps", "scale", "up", {"en": "Would you?"})
YES = Question("tools-work", "tools", "yesno", "up", {"en": "Do they work?"})
CHOICE = Question(
    "growth-what", "growth", "choice", "none", {"en": "What?"}, (Option("time", {"en": "Time"}), Option("aid", {}))
)


def told(question: Question, counts: dict[str, int], *, smallest: int = 5) -> Figures:
    return figures(question, "Shop", counts, asked=sum(counts.values()) + 2, smallest=smallest)


@pytest.mark.parametrize("value", "12345")
def test_a_small_group_that_agrees_is_told_like_one_that_nearly_does(value: str) -> None:
    found = told(AGREE, {value: 5})

    assert found.mean is not None and 1.2 <= found.mean <= 4.8
    assert found.low is not None and found.high is not None and found.high - found.low >= 0.9
    assert found.spread == "close" and found.counts is None and found.favourable in (20, 80)


def test_a_mean_beside_the_end_says_that_it_may_lie_beyond() -> None:
    assert (told(AGREE, {"5": 6}).mean, told(AGREE, {"5": 6}).mean_end) == (4.8, "top")
    assert (told(AGREE, {"1": 6}).mean, told(AGREE, {"1": 6}).mean_end) == (1.2, "bottom")
    assert (told(AGREE, {"3": 3, "4": 3}).mean, told(AGREE, {"3": 3, "4": 3}).mean_end) == (3.5, "")


def test_a_small_group_does_not_tell_its_spread_by_its_interval() -> None:
    """Both are mixed, and have the same mean: what is told of them is the same."""
    one, other = told(AGREE, {"2": 3, "4": 3}), told(AGREE, {"2": 2, "3": 2, "4": 2})
    assert (one.low, one.high, one.error, one.spread) == (other.low, other.high, other.error, other.spread)


def test_how_many_chose_what_is_told_where_every_group_holds_twenty() -> None:
    counts = {"4": 30, "5": 10}

    assert told(AGREE, counts, smallest=19).counts is None
    assert told(AGREE, counts, smallest=20).counts == counts


def test_of_a_large_group_that_agrees_it_is_not_told_how_many_chose_what() -> None:
    assert told(AGREE, {"1": 30}, smallest=30).counts is None
    assert told(AGREE, {"1": 96, "2": 4}, smallest=100).counts is None
    assert told(AGREE, {"1": 95, "2": 5}, smallest=100).counts == {"1": 95, "2": 5}


def test_what_is_favourable_goes_by_the_direction_of_the_question() -> None:
    counts = {"1": 4, "2": 5, "3": 4, "4": 2, "5": 0}

    assert told(AGREE, counts, smallest=20).favourable == 13
    assert told(WORRY, counts, smallest=20).favourable == 60
    assert told(YES, {"yes": 3, "no": 2}).favourable == 60


def test_enps_is_told_in_points() -> None:
    assert told(ENPS, {"10": 30, "8": 10, "3": 10}, smallest=20).mean == 40.0


def test_a_choice_tells_shares_in_tens_and_neither_none_nor_all() -> None:
    assert told(CHOICE, {"time": 6}).shares == {"time": 80, "aid": 10}
    assert told(CHOICE, {"time": 4, "aid": 2}).shares == {"time": 70, "aid": 30}
    assert told(CHOICE, {"time": 9, "aid": 3}).shares == {"time": 80, "aid": 30}, "half a ten is rounded up"


def test_a_fall_warns_only_if_it_is_great_and_its_interval_supports_it() -> None:
    good, bad = {"4": 15, "5": 15}, {"2": 15, "3": 15}
    few_good, few_bad = {"4": 4, "5": 2}, {"2": 1, "3": 3, "4": 2}

    assert falls(AGREE, told(AGREE, good, smallest=30), told(AGREE, bad, smallest=30))
    assert not falls(AGREE, told(AGREE, bad, smallest=30), told(AGREE, good, smallest=30))
    assert not falls(AGREE, told(AGREE, few_good), told(AGREE, few_bad))
    assert not falls(AGREE, told(AGREE, {"4": 30}, smallest=30), told(AGREE, {"4": 20, "3": 10}, smallest=30))


@pytest.mark.parametrize("before", range(15, 49))
def test_a_fall_of_exactly_half_a_point_does_not_warn(before: int) -> None:
    """In binary some of these differences are a little greater than a half, others a little less."""
    was, now = (Figures("Shop", 900, 900, mean=mean / 10, error=0.01) for mean in (before, before - 5))
    further = Figures("Shop", 900, 900, mean=(before - 6) / 10, error=0.01)

    assert not falls(AGREE, was, now) and not falls(WORRY, now, was)
    assert falls(AGREE, was, further) and falls(WORRY, further, was)


def test_an_interval_is_no_narrower_than_that_of_the_answers_furthest_apart() -> None:
    """With half of them at either end, a sample's deviation is more than half the scale."""
    found = told(AGREE, {"1": 3, "5": 2})

    exact = estimates.estimate({1: 3, 5: 2})
    assert found.spread == "apart" and found.error is not None and found.error >= exact.error - 5e-4


def test_of_a_question_where_high_is_bad_a_rise_is_the_fall() -> None:
    low, high = {"1": 15, "2": 15}, {"3": 15, "4": 15}

    assert falls(WORRY, told(WORRY, low, smallest=30), told(WORRY, high, smallest=30))
    assert not falls(WORRY, told(WORRY, high, smallest=30), told(WORRY, low, smallest=30))
