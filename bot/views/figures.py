"""Figures of a group in a round, in words and as charts: no finer than they were stored (`bot.rules.showing`)."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.rules.questions import ENPS, Question
from bot.rules.showing import End, Figures, Spread
from bot.services.results import Trend
from bot.views import charts, pulse
from bot.views.blocks import Block, bullets
from bot.views.rich import words
from bot.views.strings import isolate
from bot.views.tongue import Tongue, mark
from storage.surveys import Survey

SPREADS: Mapping[Spread, str] = {
    "close": mark("The answers lie close together."),
    "mixed": mark("The answers are mixed."),
    "apart": mark("The answers lie far apart."),
}
SHORT: Mapping[Spread, str] = {
    "close": mark("close together"),
    "mixed": mark("mixed"),
    "apart": mark("far apart"),
}
FEW_TENS, MANY_TENS = 10, 80
"""Shares of a choice are never told beyond these."""


def lines(tongue: Tongue, survey: Survey, told: Figures) -> Block:
    """What is known of a group, a sentence each."""
    question = survey.question
    said = [
        participation(tongue, told),
        _mean(tongue, question, told),
        _favourable(tongue, question, told),
        tongue.t(SPREADS[told.spread]) if told.spread else "",
        low_is_good(tongue, question) if told.mean is not None else "",
        _sampled(tongue, survey, told),
        *_shares(tongue, question, told),
    ]
    return bullets([words(sentence) for sentence in said if sentence])


def low_is_good(tongue: Tongue, question: Question) -> str:
    """That a low figure is the good one, if it is; of yes or no the share of the good answer is told."""
    is_low = question.direction == "down" and question.kind != "yesno"
    return tongue.t("Here a low figure is the good one.") if is_low else ""


def participation(tongue: Tongue, told: Figures) -> str:
    """How many answered of those who were asked."""
    share = tongue.percent(round(100 * told.answered / max(told.asked, 1)))
    answered, asked = tongue.number(told.answered), tongue.number(told.asked)
    return tongue.t("{answered} of {asked} answered ({share}).", answered=answered, asked=asked, share=share)


def _mean(tongue: Tongue, question: Question, told: Figures) -> str:
    if told.mean is None or told.low is None or told.high is None:
        return ""
    between = {"low": _number(tongue, question, told.low), "high": _number(tongue, question, told.high)}
    if question.driver == ENPS:
        said = tongue.t("eNPS, from -100 to +100: {score} (95% interval: {low} to {high}).")
        return said.format(score=score(tongue, question, told), **between)
    most = tongue.number(int(question.values[-1]))
    said = tongue.t("Average, of {most}: {score} (95% interval: {low} to {high}).")
    return said.format(score=score(tongue, question, told), most=most, **between)


def score(tongue: Tongue, question: Question, told: Figures) -> str:
    """The one figure by which a group is known: the mean, of yes or no the favourable share, of a choice the answer
    that most gave, or those."""
    if told.mean is not None:
        return _ended(tongue, _number(tongue, question, told.mean), told.mean_end)
    return _most_chosen(tongue, question, told) if told.shares else favourable(tongue, told)


def _most_chosen(tongue: Tongue, question: Question, told: Figures) -> str:
    given = told.shares or {}
    most = max(given.values())
    chosen = [isolate(pulse.answer(tongue, question, value)) for value in question.values if given.get(value) == most]
    said = tongue.t("{answer}: about {share}")
    return said.format(answer=tongue.listed(chosen), share=tongue.percent(most))


def shares(tongue: Tongue, question: Question, told: Figures) -> list[str]:
    """About how many of a hundred chose each answer of a choice, in the order of the answers."""
    given = told.shares or {}
    return [tongue.percent(given[value]) if value in given else "" for value in question.values]


def favourable(tongue: Tongue, told: Figures) -> str:
    """How many of a hundred answers speak well of what was asked; "" if that is not told."""
    return "" if told.favourable is None else _ended(tongue, tongue.percent(told.favourable), told.favourable_end)


def _number(tongue: Tongue, question: Question, number: float) -> str:
    return tongue.signed(round(number)) if question.driver == ENPS else tongue.decimal(number)


def _ended(tongue: Tongue, shown: str, end: End) -> str:
    """A figure that was cut off at an end says so."""
    if end == "top":
        return tongue.t("{figure} or more", figure=shown)
    return tongue.t("{figure} or less", figure=shown) if end == "bottom" else shown


def _favourable(tongue: Tongue, question: Question, told: Figures) -> str:
    share = favourable(tongue, told)
    if not share or question.kind != "yesno":
        return share and tongue.t("Favourable answers: {share}.", share=share)
    good = pulse.answer(tongue, question, "yes" if question.direction == "up" else "no")
    return tongue.t("Answered “{answer}”: {share}.", answer=good, share=share)


def _sampled(tongue: Tongue, survey: Survey, told: Figures) -> str:
    if survey.population <= survey.asked or told.error is None:
        return ""
    error = tongue.decimal(told.error, 2)
    return tongue.t("Those who were asked were drawn by lot; the standard error is {error}.", error=error)


def _shares(tongue: Tongue, question: Question, told: Figures) -> list[str]:
    """Of a choice every answer in full: the chart has room for the beginning of long ones alone."""
    shares = told.shares or {}
    return [
        tongue.t("{answer}: about {share}").format(
            answer=isolate(pulse.answer(tongue, question, value)), share=tongue.percent(share)
        )
        for value, share in shares.items()
        if value in question.values
    ]


def answers(tongue: Tongue, question: Question, told: Figures) -> list[Block]:
    """A chart of the answers, where so many may be told apart."""
    if told.counts is not None:
        points = [
            (pulse.answer(tongue, question, value), float(told.counts.get(value, 0))) for value in question.values
        ]
        return [_bars(tongue, tongue.t("Answers"), points)]
    if told.shares is not None:
        shares = [
            (pulse.answer(tongue, question, value), float(told.shares.get(value, 0))) for value in question.values
        ]
        return [_bars(tongue, tongue.t("Answers, per cent"), shares)]
    return []


def _bars(tongue: Tongue, unit: str, points: Sequence[charts.Point]) -> Block:
    title = tongue.t("What was answered")
    return charts.bars(title, points, name=unit, x_label=tongue.t("Answer"), y_label=unit)


def coarse(tongue: Tongue, told: Figures) -> str:
    """What is left coarse on purpose, if a choice is told."""
    if told.shares is None or told.counts is not None:
        return ""
    few, many = tongue.percent(FEW_TENS), tongue.percent(MANY_TENS)
    return tongue.t("Shares are rounded to tens; {few} may be less, {many} may be more.", few=few, many=many)


def trend(tongue: Tongue, question: Question, trend: Trend) -> list[Block]:
    """The same question over time, as a line through two points or more."""
    points = [(tongue.short_day(day), value) for day, value in _values(trend) if value is not None]
    if len(points) < 2:
        return []
    unit = _unit(tongue, question)
    title = tongue.t("The same question over time")
    return [charts.line(title, points, name=unit, x_label=tongue.t("Asked on"), y_label=unit)]


def _values(trend: Trend) -> list[tuple[date, float | None]]:
    return [(day, told.favourable if told.mean is None else told.mean) for day, told in trend.points]


def _unit(tongue: Tongue, question: Question) -> str:
    if question.kind == "yesno":
        return tongue.t("Favourable, per cent")
    return tongue.t("eNPS") if question.driver == ENPS else tongue.t("Average")
