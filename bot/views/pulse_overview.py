"""What `/pulse` says: the open question, how one wants to be asked, and the last results that everybody may see."""

from collections.abc import Mapping, Sequence

from bot.rules.company import Company
from bot.rules.pulse import EVERY_DATE_FROM, OFFERED_FROM
from bot.rules.showing import Figures
from bot.services.asking import Progress
from bot.views import figures, phrases, pulse, pulse_results, wishes
from bot.views.blocks import Block, context, data_table, moment, say, section
from bot.views.drivers import driver
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message
from storage.surveys import Survey
from storage.wishes import Wish

NO_QUESTION: Mapping[str, str] = {
    "off": mark("The pulse is switched off in this company, so nobody is asked."),
    "few": mark("Fewer than {least} people would be asked, so no answer could ever be shown: nobody is asked."),
    "not_asked": mark("A question is open, but you are not among those who are asked this time."),
    "none": mark("No question is open just now."),
}
"""Why somebody sees no open question."""
NOBODY = ("off", "few")
"""Where nobody is asked, nobody who wished nothing is told how they will be."""
ROUNDS = 13
"""Kinds of question: the drivers, and eNPS."""


def overview(
    wish: Wish,
    company: Company,
    language: str,
    *,
    survey: Survey | None = None,
    why: str = "none",
    progress: Progress | None = None,
    last: tuple[Survey, Figures | None] | None = None,
    drivers: Sequence[tuple[Survey, Figures]] = (),
) -> Message:
    """The open question `survey`, or `why` there is none (a key of `NO_QUESTION`); one's own settings; the `last` round
    with the company's figures, None if too few answered; and the last figures of each of the `drivers`.

    The question stands there whether it was answered or not, and a second answer changes nothing: so this says nothing
    of who answered.
    """
    tongue = speak(language)
    return say(
        tongue,
        *(open_question(tongue, survey, company) if survey else [section(why_none(tongue, why))]),
        *(progressing(tongue, progress, company) if progress else []),
        *(() if why in NOBODY and wish == Wish() else wishes.settings(tongue, wish)),
        *_last(tongue, last, drivers),
    )


def open_question(tongue: Tongue, survey: Survey, company: Company) -> list[Block]:
    """The question with its answers, which stands there whether it was answered or not."""
    twice = tongue.t("If you answered already, that answer stands: another tap changes nothing.")
    return [*pulse.asked(tongue, survey, company), context(phrases.lines(twice, _seldom(tongue, survey)))]


def _seldom(tongue: Tongue, survey: Survey) -> str:
    """Why a small company is asked once a week."""
    many = tongue.number(EVERY_DATE_FROM)
    seldom = tongue.t("With fewer than {many} people, one question a week is asked.", many=many)
    return seldom if survey.population < EVERY_DATE_FROM else ""


def why_none(tongue: Tongue, why: str) -> str:
    """Why there is no question for somebody."""
    sentence = tongue.t(NO_QUESTION.get(why, NO_QUESTION["none"]))
    return sentence.format(least=tongue.number(OFFERED_FROM))


def _last(
    tongue: Tongue, last: tuple[Survey, Figures | None] | None, drivers: Sequence[tuple[Survey, Figures]]
) -> list[Block]:
    if last is None:
        return [section(tongue.t("There are no results yet."))]
    return [*pulse_results.company(tongue, *last), *_by_driver(tongue, drivers[:ROUNDS])]


def _by_driver(tongue: Tongue, rounds: Sequence[tuple[Survey, Figures]]) -> list[Block]:
    """The last figures of each driver, as a table."""
    head = [
        tongue.t("About"),
        tongue.t("Asked on"),
        tongue.t("Answered"),
        tongue.t("Result"),
        tongue.t("Favourable"),
        tongue.t("Spread"),
    ]
    rows = [
        (
            driver(tongue, survey.question.driver),
            tongue.short_day(survey.local_date),
            pulse_results.answered(tongue, one),
            figures.score(tongue, survey.question, one),
            figures.favourable(tongue, one),
            tongue.t(figures.SHORT[one.spread]) if one.spread else "",
        )
        for survey, one in rounds
    ]
    return [data_table(tongue.t("The last results of each kind of question"), head, rows)] if rows else []


def progressing(tongue: Tongue, progress: Progress, company: Company) -> list[Block]:
    """How far a round is on its way: Slack lets the bot ask only so many people a minute."""
    if progress.reached >= progress.asked:
        return []
    reached, asked = tongue.number(progress.reached), tongue.number(progress.asked)
    through = moment(tongue, progress.through_at, company.zone)
    said = tongue.t("On its way: {reached} of {asked} people have the question.", reached=reached, asked=asked)
    return [context(said, tongue.t("The last ones get it about: {moment}", moment=through))]
