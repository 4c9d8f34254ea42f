"""What some answers say about everybody's: mean, share and eNPS with their 95 % intervals (product.md 4, Results).

Plain formulas of any textbook, in the standard library alone: Student's interval for a mean, Wilson's for a share,
Welch's for a difference of means. Where the answers are a good part of a known population, the interval is narrowed by
the finite population correction: whoever has asked all does not guess (W. G. Cochran, Sampling Techniques, 1977, 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum, inf, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
UPPER = (1 + CONFIDENCE) / 2
Z = NormalDist().inv_cdf(UPPER)

PROMOTERS, DETRACTORS = 9, 6
"""eNPS: from nine on somebody would recommend the place, up to six they would not."""


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval, the spread of the answers, and the standard error of the mean."""

    n: int
    mean: float
    sd: float
    low: float
    high: float
    error: float


@dataclass(frozen=True)
class Share:
    """How great a part, from 0 to 1, with its 95 % interval."""

    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """By how much one mean lies above another, with its 95 % interval."""

    by: float
    low: float
    high: float


def estimate(counts: Mapping[float, int], *, population: int = 0) -> Estimate:
    """The mean of answers that were given so many times each; the interval may reach beyond the scale.

    `population` says out of how many people these are, 0 that no end of them is known. ValueError for fewer than two
    answers, which have no spread, and for more than the population.
    """
    n = sum(counts.values())
    if n < 2:
        raise ValueError("an interval takes two answers")
    mean = fsum(value * count for value, count in counts.items()) / n
    sd = sqrt(fsum(count * (value - mean) ** 2 for value, count in counts.items()) / (n - 1))
    error = sd * sqrt(_unknown(n, population) / n)
    margin = t_quantile(UPPER, n - 1) * error
    return Estimate(n=n, mean=mean, sd=sd, low=mean - margin, high=mean + margin, error=error)


def _unknown(n: int, population: int) -> float:
    """Which part of the population the answers do not tell; with it the error is unbiased (sd divides by n − 1)."""
    if 0 < population < n:
        raise ValueError("more answers than people")
    return 1 - n / population if population else 1.0


def share(hits: int, n: int, *, population: int = 0) -> Share:
    """The part that `hits` of `n` answers make up, by Wilson's interval, which never leaves 0 to 1.

    `population` as for `estimate`. ValueError unless 0 <= hits <= n and n >= 1, and for more than the population.
    """
    if not 0 <= hits <= n or n < 1:
        raise ValueError("a share is of one answer at least, and not of more than all")
    part, unknown = hits / n, _unknown(n, population)
    if not unknown:
        return Share(n=n, share=part, low=part, high=part)
    worth = n / unknown * (1 - 1 / population) if population else float(n)  # n (N − 1) / (N − n)
    weight = Z * Z / worth
    middle = (part + weight / 2) / (1 + weight)
    margin = sqrt(weight * (part * (1 - part) + weight / 4)) / (1 + weight)
    return Share(n=n, share=part, low=min(part, max(0.0, middle - margin)), high=max(part, min(1.0, middle + margin)))


def difference(before: Estimate, after: Estimate) -> Difference:
    """`after` less `before`, by Welch's interval: the two may differ in number and in spread.

    It takes the two for strangers' answers. Mostly the same people gave them, but nobody can tell who gave which; that
    makes the interval wider than it had to be, so what it supports holds.
    """
    by = after.mean - before.mean
    one, other = before.error**2, after.error**2
    if not one + other:
        return Difference(by=by, low=by, high=by)
    here = one / (one + other)  # as a part, so that small errors do not vanish when they are squared again
    freedom = 1 / (here**2 / (before.n - 1) + (1 - here) ** 2 / (after.n - 1))
    margin = t_quantile(UPPER, freedom) * sqrt(one + other)
    return Difference(by=by, low=by - margin, high=by + margin)


def enps(counts: Mapping[float, int], *, population: int = 0) -> Estimate:
    """Per cent of nines and tens less per cent of noughts to sixes: points from −100 to 100. Raises as `estimate`."""
    points = {100.0: 0, 0.0: 0, -100.0: 0}
    for value, count in counts.items():
        points[100.0 if value >= PROMOTERS else -100.0 if value <= DETRACTORS else 0.0] += count
    return estimate(points, population=population)


def t_quantile(p: float, df: float) -> float:
    """Below what a part `p` of Student's distribution lies, for `df` from 1 to a million.

    Off by less than 1e-9 (beyond ±1: of itself), which is less than anything that is shown.

    Newton's method on the upper tail, which is convex: from the normal quantile, which lies left of it, each step comes
    closer to the root and none goes beyond. ValueError unless 0 < p < 1 and df >= 1.
    """
    if not 0 < p < 1 or df < 1:
        raise ValueError("0 < p < 1 and df >= 1")
    tail = min(p, 1 - p)
    t, step = -NormalDist().inv_cdf(tail), inf
    while step > 1e-9 * (1 + t):
        step = (_tail(t, df) - tail) / _density(t, df)
        t += step
    return t if p > 0.5 else -t


def _density(t: float, df: float) -> float:
    return exp(_log_constant(df) - (df + 1) / 2 * log1p(t * t / df))


def _log_constant(df: float) -> float:
    """The logarithm of the density at 0. Differences of great logarithms would lose what the series keeps."""
    a = df / 2
    if a < 100:
        return lgamma(a + 0.5) - lgamma(a) - log(pi * df) / 2
    return log1p(-1 / (8 * a) + 1 / (128 * a**2) + 5 / (1024 * a**3) - 21 / (32768 * a**4)) - log(2 * pi) / 2


def _tail(t: float, df: float) -> float:
    """How much of the distribution lies above t >= 0: half the regularised incomplete beta function at df/(df + t²)."""
    a, b = df / 2, 0.5
    x, y = df / (df + t * t), t * t / (df + t * t)
    front = _density(t, df) * t / 2  # x^a y^b / (2 B(a, b))
    if x < (a + 1) / (a + b + 2):
        return front / a * _fraction(a, b, x)
    return 0.5 - front / b * _fraction(b, a, y)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method."""
    upper, lower, value, m = 1.0, 1 / (1 - (a + b) * x / (a + 1)), 0.0, 0
    found = lower
    while found != value:
        value, m = found, m + 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            upper, lower = 1 + term / upper, 1 / (1 + term * lower)
            found *= upper * lower
    return found
