"""Means, shares and intervals, against scipy 1.17.1 and statsmodels 0.15.0 on fixed answers.

The numbers below were computed once by these two, which the bot does without. Quantiles: `scipy.stats.t.ppf`. Shares:
statsmodels' `proportion_confint(method="wilson")`. Means: its `DescrStatsW.tconfint_mean`, `scipy.stats.t.interval`
agreeing. Differences: its `CompareMeans(after, before).tconfint_diff(usevar="unequal")`,
`scipy.stats.ttest_ind(after, before, equal_var=False).confidence_interval()` agreeing.
"""

from collections.abc import Mapping
from itertools import combinations
from math import pi, sqrt, tan
from statistics import fmean

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.rules.estimates import Z, difference, enps, estimate, share, t_quantile

ANSWERS: dict[str, dict[float, int]] = {
    "lean": {1: 1, 2: 0, 3: 2, 4: 4, 5: 2},
    "team": {1: 3, 2: 6, 3: 11, 4: 17, 5: 8},
    "company": {1: 31, 2: 77, 3: 160, 4: 290, 5: 142},
    "five": {3: 1, 4: 4},
    "points": {0: 2, 3: 1, 5: 3, 6: 4, 7: 9, 8: 14, 9: 11, 10: 6},
}
SOME = st.dictionaries(st.integers(1, 5).map(float), st.integers(0, 400), min_size=1).filter(
    lambda counts: sum(counts.values()) > 1
)


@pytest.mark.parametrize(
    ("name", "n", "mean", "sd", "low", "high", "error"),
    [
        ("lean", 9, 3.6666666666666665, 1.224744871391589, 2.725244420666967, 4.608088912666366, 0.40824829046386296),
        ("team", 45, 3.466666666666667, 1.140175425099138, 3.124120047028303, 3.8092132863050305, 0.1699673171197595),
        ("company", 700, 3.6214285714285714, 1.0622125607515056, 3.5426037233431313, 3.7002534195140115,
         0.04014786107482245),
        ("five", 5, 3.8, 0.44721359549995787, 3.244710978960441, 4.3552890210395585, 0.2),
        ("points", 50, 7.52, 2.1593649860218496, 6.906315261105009, 8.13368473889499, 0.30538032493456885),
    ],
)  # fmt: skip
def test_a_mean_and_its_interval_are_those_of_scipy_and_statsmodels(
    name: str, n: int, mean: float, sd: float, low: float, high: float, error: float
) -> None:
    found = estimate(ANSWERS[name])

    assert found.n == n
    assert (found.mean, found.sd, found.low, found.high, found.error) == pytest.approx((mean, sd, low, high, error))


def test_enps_is_the_mean_of_promoters_less_detractors_in_points() -> None:
    """Of 50, 17 gave nine or ten and 10 up to six."""
    found = enps(ANSWERS["points"])

    theirs = (14.0, 72.87114711346771, -6.709750866014254, 34.709750866014254, 10.305536455355105)
    assert found.n == 50
    assert (found.mean, found.sd, found.low, found.high, found.error) == pytest.approx(theirs)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (0, 5, 0.0, 0.43448246478317487), (5, 5, 0.5655175352168252, 1.0), (1, 1, 0.2065493143772374, 1.0),
        (3, 7, 0.15821985525146964, 0.7495416354723428), (41, 60, 0.5576623297382322, 0.7869413244763348),
        (4217, 10000, 0.41205296807906877, 0.4314071660657791),
    ],
)  # fmt: skip
def test_a_share_and_its_interval_are_those_of_statsmodels(hits: int, n: int, low: float, high: float) -> None:
    found = share(hits, n)

    assert (found.n, found.share) == (n, hits / n)
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("before", "after", "by", "low", "high"),
    [
        ("team", "lean", 0.19999999999999973, -0.7738127801951493, 1.1738127801951488),
        ("company", "team", -0.15476190476190466, -0.5057166329913849, 0.19619282346757566),
        ("five", "company", -0.17857142857142838, -0.7283677673981173, 0.3712249102552605),
    ],
)
def test_a_difference_and_its_interval_are_those_of_scipy_and_statsmodels(
    before: str, after: str, by: float, low: float, high: float
) -> None:
    found = difference(estimate(ANSWERS[before]), estimate(ANSWERS[after]))

    assert (found.by, found.low, found.high) == pytest.approx((by, low, high))


@pytest.mark.parametrize(
    ("p", "df", "quantile"),
    [
        (0.975, 1, 12.706204736174694), (0.975, 1.5, 6.016663104427929), (0.975, 2, 4.302652729749462),
        (0.975, 4, 2.7764451051977934), (0.975, 7.3, 2.345066736547703), (0.975, 29, 2.045229642132703),
        (0.975, 199, 1.9719565442517533), (0.975, 200, 1.9718962236339088), (0.975, 999.5, 1.9623402703838457),
        (0.975, 50000, 1.9600114310936798), (0.6, 3, 0.2766706623326898), (0.9, 12, 1.356217334023205),
        (0.995, 6, 3.7074280213248065), (0.9995, 40, 3.550965760863349), (0.025, 9, -2.2621571627982053),
        (1e-6, 5, -24.771029720515948), (1 - 2**-20, 1, 333772.1072140558), (0.5, 3, 0.0),
    ],
)  # fmt: skip
def test_quantiles_of_student_are_those_of_scipy(p: float, df: float, quantile: float) -> None:
    assert t_quantile(p, df) == pytest.approx(quantile, rel=1e-9, abs=1e-9)


@given(st.floats(1e-9, 0.5))
@example(0.5)
def test_quantiles_are_exact_where_there_is_a_formula(tail: float) -> None:
    one, two = 1 / tan(pi * tail), (1 - 2 * tail) / sqrt(2 * tail * (1 - tail))

    assert -t_quantile(tail, 1) == pytest.approx(one, rel=1e-9, abs=1e-9)
    assert -t_quantile(tail, 2) == pytest.approx(two, rel=1e-9, abs=1e-9)


@given(st.floats(2**-20, 0.5), st.floats(1, 1e5), st.floats(1, 10))
def test_quantiles_are_symmetric_and_come_closer_with_more_freedom(tail: float, df: float, more: float) -> None:
    p = 1 - tail

    assert t_quantile(1 - p, df) == -t_quantile(p, df)
    assert Z - 1e-9 <= t_quantile(0.975, df * more) <= t_quantile(0.975, df) + 1e-9


@given(SOME, st.integers(0, 3000))
def test_a_mean_lies_within_its_interval_and_moves_with_the_scale(counts: dict[float, int], people: int) -> None:
    n = sum(counts.values())
    assume(not 0 < people < n)

    found = estimate(counts, population=people)
    turned = estimate({6 - value: count for value, count in counts.items()}, population=people)

    assert 1 <= found.mean <= 5
    assert found.low <= found.mean <= found.high
    assert found.sd <= 2 * sqrt(n / (n - 1)) + 1e-12
    assert found.error <= found.sd / sqrt(n) + 1e-12
    assert (6 - turned.mean, 6 - turned.high, 6 - turned.low) == pytest.approx((found.mean, found.low, found.high))
    assert turned.error == pytest.approx(found.error)


@given(SOME, SOME)
def test_a_difference_turned_around_is_the_same_with_the_other_sign(
    one: dict[float, int], other: dict[float, int]
) -> None:
    before, after = estimate(one), estimate(other)
    there, back = difference(before, after), difference(after, before)

    assert there.low <= there.by == -back.by <= there.high
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.high - there.by >= Z * sqrt(before.error**2 + after.error**2) * (1 - 1e-9)


@given(SOME)
def test_nothing_has_changed_between_a_round_and_itself(counts: dict[float, int]) -> None:
    found = difference(estimate(counts), estimate(counts))

    assert found.low <= found.by == 0 <= found.high


@given(st.integers(1, 500), st.data())
def test_a_share_lies_within_its_interval_and_that_within_nought_and_one(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    people = data.draw(st.just(0) | st.integers(n, 2000))
    found, rest = share(hits, n, population=people), share(n - hits, n, population=people)

    assert 0 <= found.low <= found.share <= found.high <= 1
    assert (1 - rest.high, 1 - rest.low) == pytest.approx((found.low, found.high))


@given(st.integers(1, 200), st.integers(1, 2000), st.data())
def test_ends_of_a_share_are_those_that_the_answers_are_just_not_too_far_from(
    n: int, unasked: int, data: st.DataObject
) -> None:
    """Wilson's interval by its definition: z standard errors, as they were if the end were the truth."""
    hits, people = data.draw(st.integers(0, n)), n + unasked
    found = share(hits, n, population=people)

    for end in (found.low, found.high):
        error = sqrt(end * (1 - end) / n * (people - n) / (people - 1))
        assert abs(found.share - end) == pytest.approx(Z * error, rel=1e-6, abs=1e-6)


@given(SOME, st.integers(1, 1000), st.integers(1, 1000))
def test_the_more_of_all_have_answered_the_narrower_is_the_interval(
    counts: dict[float, int], some: int, more: int
) -> None:
    n = sum(counts.values())
    errors = [estimate(counts, population=people).error for people in (n, n + some, n + some + more, 0)]
    widths = [found.high - found.low for found in (share(n // 2, n, population=people) for people in (n, n + some, 0))]

    assert errors == sorted(errors)
    assert widths == sorted(widths)
    assert errors[0] == widths[0] == 0


def test_over_all_samples_of_a_population_the_squared_error_is_the_variance_of_their_means() -> None:
    """The finite population correction by counting every sample there is, for no library here has it for means."""
    people: tuple[float, ...] = (1, 2, 2, 4, 5, 5, 3)
    truth = fmean(people)

    samples = [estimate(_counted(some), population=len(people)) for some in combinations(people, 4)]

    assert fmean(sample.error**2 for sample in samples) == pytest.approx(fmean((s.mean - truth) ** 2 for s in samples))


def _counted(values: tuple[float, ...]) -> Mapping[float, int]:
    return {value: values.count(value) for value in values}


def test_answers_that_are_all_the_same_have_no_spread() -> None:
    one, other = estimate({4: 6}), estimate({3: 6})

    assert (one.mean, one.sd, one.low, one.high, one.error) == (4, 0, 4, 4, 0)
    assert difference(one, other).high == difference(one, other).by == -1


def test_more_answers_than_people_and_fewer_than_an_interval_takes_are_refused() -> None:
    for few in ({}, {4.0: 1}):
        with pytest.raises(ValueError, match="two answers"):
            estimate(few)
    with pytest.raises(ValueError, match="people"):
        estimate({4: 6}, population=5)
    for hits, n in ((0, 0), (4, 3), (-1, 3)):
        with pytest.raises(ValueError, match="share"):
            share(hits, n)
    for p, df in ((0.0, 5.0), (1.0, 5.0), (0.975, 0.9)):
        with pytest.raises(ValueError, match="0 < p < 1"):
            t_quantile(p, df)
