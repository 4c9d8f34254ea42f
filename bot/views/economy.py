"""Whether thanks reach everybody: figures without names for all, and for a lead whom to think of."""

from collections.abc import Sequence

from bot.rules.economy import LEAST_PEOPLE, UNTHANKED
from bot.services.economy import Forgotten, Health, Overview
from bot.views import phrases, rich
from bot.views.blocks import Block, context, header, say, section
from bot.views.rich import Element
from bot.views.strings import cut, isolate, one_line
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

WORDS = 160
"""Characters of a customer's words in a line."""


def overview(overview: Overview, language: str) -> Message:
    """What this person sees."""
    tongue = speak(language)
    return say(
        tongue,
        header(tongue.t("How thanks go round")),
        *_figures(tongue, overview.health),
        *_leading(tongue, overview),
    )


def home_section(tongue: Tongue, health: Health | None) -> list[Block]:
    """What Home shows, to everybody the same."""
    return [section(f"*{tongue.t('How thanks go round')}*"), *_figures(tongue, health)]


def _figures(tongue: Tongue, health: Health | None) -> list[Block]:
    if health is None:
        least = tongue.number(LEAST_PEOPLE)
        return [
            section(tongue.t("There are fewer than {least} people here: a figure would name somebody.", least=least))
        ]
    thanked = tongue.n(
        "{count} colleague was thanked this month: {share} of all.",
        "{count} colleagues were thanked this month: {share} of all.",
        health.thanked,
        share=tongue.percent(health.thanked_share),
    )
    never = tongue.t(
        "{share} were never thanked here. That seldom means bad work; more often it means work that nobody sees.",
        share=tongue.percent(health.never),
    )
    return [section(phrases.lines(thanked, never, _tenth(tongue, health))), context(_how(tongue))]


def _tenth(tongue: Tongue, health: Health) -> str:
    if health.tenth is None:
        return tongue.t("Too few have thanked anybody this month to say how one-sided thanking is.")
    return tongue.t(
        "The tenth of us who thank most gave {share} of all kudos this month. If all thanked alike it would be {even}.",
        share=tongue.percent(health.tenth),
        even=tongue.percent(10),
    )


def _how(tongue: Tongue) -> str:
    return tongue.t("Counted are kudos among colleagues. These figures are about all of us together and name nobody.")


def _leading(tongue: Tongue, overview: Overview) -> list[Block]:
    viewer, days = overview.viewer, tongue.number(UNTHANKED.days)
    if not viewer.leads:
        return []
    if not viewer.team:
        return [section(teamless(tongue))]
    title = tongue.t("*Only you see this:* in your team nobody thanked these people for {days} days.", days=days)
    if not overview.forgotten:
        return [
            section(tongue.t("*Only you see this:* everybody in your team was thanked within {days} days.", days=days))
        ]
    lines = [_line(tongue, one) for one in overview.forgotten]
    more = section(tongue.t("And {count} more.", count=tongue.number(overview.more)))
    return [section(title), *phrases.many(tongue, lines), *([more] if overview.more else [])]


def teamless(tongue: Tongue) -> str:
    """Said to a lead without a team, for whom there is no list of those whom nobody thanked."""
    return tongue.t("You are in no team, so I cannot tell you who of yours was not thanked for long.")


def _line(tongue: Tongue, one: Forgotten) -> Sequence[Element]:
    """Somebody, and something true to speak of."""
    who = rich.person(one.person)
    if one.words and one.said_on:
        said = isolate(cut(one_line(one.words), WORDS))
        told = tongue.t("{person}: a customer said on {day}: “{words}”")
        return rich.fill(told, person=who, day=tongue.day(one.said_on), words=said)
    if one.idea:
        return rich.fill(tongue.t("{person}: their idea {title} was accepted."), person=who, title=rich.bold(one.idea))
    return who
