"""What is shown of the answers of a group: figures coarse enough that a group which agrees gives nobody away.

What is shown is what is stored; the answers themselves are destroyed when a round closes. A mean is told to a tenth and
never nearer to either end than a twentieth of the scale, a spread in a word. Only where every group that could be
computed holds `FINE` answers is more told: a share to a whole per cent, the spread behind an interval, how many chose
which answer. Elsewhere a share is never told beyond a fifth from either end, and an interval is that of the widest
spread which its word can mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal, NamedTuple

from bot.rules import estimates
from bot.rules.estimates import Estimate
from bot.rules.questions import ENPS, Question

FINE = 20
ALIKE = 0.95
"""Where more of a group than this gave one answer, how many chose which is not told: it would tell of each of them."""
Spread = Literal["close", "mixed", "apart"]
End = Literal["", "top", "bottom"]

BESIDE_END = 1 / 20
"""How near to an end of its scale a mean is told, as a part of the scale."""
NARROWER: tuple[tuple[Spread, float], ...] = (("close", 3 / 16), ("mixed", 5 / 16))
"""Up to which standard deviation, as a part of the scale, answers lie close together, or are mixed; else far apart."""
FALL = 1 / 8
"""A fall that matters is greater, as a part of the scale: half a point of 1 to 5."""
NOISE = 1e-6
"""Means are told to a tenth, and the difference of two such numbers is off by less than this."""


@dataclass(frozen=True)
class Figures:
    """What is told of one group in one round. Of an end: the real figure may lie beyond the one that is told.

    `mean`, `low`, `high` and `error` are in the question's own units (1 to 5, 0 to 10; of eNPS points from -100 to
    100), of yes or no `favourable` alone is told, in per cent; of a choice `shares` in tens of per cent.
    """

    cut: str
    asked: int
    answered: int
    mean: float | None = None
    mean_end: End = ""
    low: float | None = None
    high: float | None = None
    error: float | None = None
    spread: Spread | None = None
    favourable: int | None = None
    favourable_end: End = ""
    counts: Mapping[str, int] | None = None
    shares: Mapping[str, int] | None = None


class Scale(NamedTuple):
    """The ends between which a mean lies."""

    low: float
    high: float

    @property
    def length(self) -> float:
        return self.high - self.low


def scale_of(question: Question) -> Scale | None:
    """Between which ends the mean of a question lies; None if it has none."""
    if question.driver == ENPS:
        return Scale(-100.0, 100.0)
    if question.kind in ("agree", "mood", "scale"):
        return Scale(float(question.values[0]), float(question.values[-1]))
    return None


def figures(
    question: Question, cut: str, counts: Mapping[str, int], *, asked: int, smallest: int, population: int = 0
) -> Figures:
    """What is told of the group `cut`, whose answers are `counts` of each value.

    `smallest` is how many answers the smallest group holds that could be computed from all that is shown; `population`
    out of how many those who were asked were drawn, 0 if everybody was asked.
    """
    answered, fine = sum(counts.values()), smallest >= FINE
    alike = max(counts.values(), default=0) > ALIKE * answered
    told = Figures(cut, asked, answered, counts=dict(counts) if fine and not alike else None)
    scale = scale_of(question)
    if question.kind == "choice":
        return _with(told, shares={value: _tens(counts.get(value, 0) / answered) for value in question.values})
    hits = sum(count for value, count in counts.items() if _is_favourable(question, value))
    favourable, end = _coded(round(100 * hits / answered), *((5, 95) if fine else (20, 80)))
    told = _with(told, favourable=round(favourable), favourable_end=end)
    return _with_mean(told, question, scale, counts, population) if scale and answered > 1 else told


def _with(told: Figures, **more: object) -> Figures:
    return Figures(**{**told.__dict__, **more})


def _with_mean(told: Figures, question: Question, scale: Scale, counts: Mapping[str, int], population: int) -> Figures:
    numbers = {float(value): count for value, count in counts.items()}
    estimated = estimates.enps if question.driver == ENPS else estimates.estimate
    found = estimated(numbers, population=population)
    spread, widest = _spread(found, scale)
    error = found.error if told.counts is not None and found.sd else widest * scale.length / sqrt(found.n)
    margin = estimates.t_quantile(estimates.UPPER, found.n - 1) * error
    beside = BESIDE_END * scale.length
    mean, end = _coded(round(found.mean, 1), scale.low + beside, scale.high - beside)
    return _with(
        told,
        mean=mean,
        mean_end=end,
        low=round(max(scale.low, mean - margin), 1),
        high=round(min(scale.high, mean + margin), 1),
        error=round(error, 3),
        spread=spread,
    )


def _spread(found: Estimate, scale: Scale) -> tuple[Spread, float]:
    """The word for a spread, and the widest that it can mean."""
    part = found.sd / scale.length
    widest = sqrt(found.n / (found.n - 1)) / 2  # half at one end, half at the other
    return next(((word, most) for word, most in NARROWER if part < most), ("apart", widest))


def _coded(value: float, low: float, high: float) -> tuple[float, End]:
    """A figure that is never told beyond these ends, and at which of them it was cut off."""
    if value >= high:
        return high, "top"
    return (low, "bottom") if value <= low else (value, "")


def _tens(part: float) -> int:
    """A share in tens of per cent, neither none nor all."""
    return min(80, max(10, int(10 * part + 0.5 + NOISE) * 10))


def _is_favourable(question: Question, value: str) -> bool:
    """Whether an answer speaks well of what the question asks about: the best quarter of its scale, or eNPS's nines."""
    if question.kind == "yesno":
        return value == ("yes" if question.direction == "up" else "no")
    if question.driver == ENPS:
        return float(value) >= estimates.PROMOTERS
    low, high = float(question.values[0]), float(question.values[-1])
    part = (float(value) - low) / (high - low)
    return part >= 3 / 4 if question.direction == "up" else part <= 1 / 4


def falls(question: Question, before: Figures, now: Figures) -> bool:
    """Whether a group answers the same question worse, by more than half a point of 1 to 5, and the interval agrees."""
    scale = scale_of(question)
    if scale is None or before.mean is None or now.mean is None:
        return False
    difference = estimates.difference(_estimate(before), _estimate(now))
    worse = difference.by if question.direction == "down" else -difference.by
    is_supported = difference.low > 0 if question.direction == "down" else difference.high < 0
    return worse > FALL * scale.length + NOISE and is_supported


def _estimate(told: Figures) -> Estimate:
    mean, error = told.mean or 0.0, told.error or 0.0
    return Estimate(told.answered, mean, error * sqrt(told.answered), told.low or mean, told.high or mean, error)
