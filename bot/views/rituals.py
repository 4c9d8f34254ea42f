"""The morning post, its preview, and what admins hear of mornings that were missed."""

from collections.abc import Sequence

from bot.services.rituals import Morning, Silence, Skipped
from bot.views import phrases, rich
from bot.views.blocks import Block, bullets, context, header, paragraph, quotation, say, section
from bot.views.rich import Element, Value
from bot.views.strings import NAME, cut, isolate, one_line
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.praise import Praise
from storage.rituals import DEFAULT, Ritual

LINE = 80
"""How many characters of the others' words stand in their line."""


def morning(morning: Morning, language: str) -> Message:
    """The post that opens the day."""
    tongue = speak(language)
    return say(tongue, *_morning(tongue, morning))


def _morning(tongue: Tongue, morning: Morning) -> list[Block]:
    opening = morning.opening
    applause = phrases.applause(tongue, opening.applause)
    older = (
        tongue.t("An older praise opens this day, because a lead picked it:")
        if morning.others
        else tongue.t("No new praise since last time, so an older one opens this day:")
    )
    return [
        header(tongue.t("Good morning! {day}", day=tongue.weekday(morning.local_date))),
        *([section(older)] if morning.is_older else []),
        quotation(phrases.words(tongue, opening)),
        paragraph(
            tongue.t("From {customer}, earned by {people}."),
            people=phrases.shown(tongue, opening),
            customer=phrases.customer(tongue, opening),
        ),
        context(
            phrases.source(tongue, opening.source),
            tongue.day(opening.happened_on),
            phrases.provenance(tongue, opening),
            applause,
        ),
        *phrases.link(tongue, opening),
        *_others(tongue, morning.others, morning.more),
        section(tongue.t("Did a customer say something kind today? Bring it here with `/praise`.")),
    ]


def _others(tongue: Tongue, others: Sequence[Praise], more: int) -> list[Block]:
    if not others:
        return []
    blocks = [section(tongue.t("New as well:")), bullets([line(tongue, praise) for praise in others])]
    if more:
        blocks.append(section(tongue.t("And {count} more.", count=tongue.number(more))))
    return blocks


def line(tongue: Tongue, praise: Praise) -> list[Element]:
    """The beginning of a praise's words and whom it is about, in one line."""
    words = isolate(_short(one_line(phrases.words(tongue, praise))))
    return rich.fill(tongue.t("“{words}” – {people}"), words=words, people=phrases.shown(tongue, praise))


def _short(words: str) -> str:
    """The beginning of the words, ended between two of them where the script has blanks."""
    short = cut(words, LINE)
    blank = short.rfind(" ")
    return short[:blank].rstrip(" .,;") + "…" if short != words and blank > LINE // 2 else short


def named(tongue: Tongue, ritual: Ritual) -> list[Element]:
    """A ritual in a line: its name if it is not the only one of the settings, its time, its channel, its team."""
    told: dict[str, Value] = {"time": ritual.at, "zone": ritual.zone, "channel": rich.channel(ritual.channel)}
    if ritual.team:
        return rich.fill(
            tongue.t("{name}: {time} ({zone}) in {channel}, of the team {team}"),
            name=ritual.name, team=cut(ritual.team, NAME), **told,
        )  # fmt: skip
    if ritual.name != DEFAULT:
        return rich.fill(tongue.t("{name}: {time} ({zone}) in {channel}"), name=ritual.name, **told)
    return rich.fill(tongue.t("{time} ({zone}) in {channel}"), **told)


def preview(outcomes: Sequence[Morning | Silence], language: str) -> Message:
    """What the next ritual would post if it opened now, for one admin's eyes; of several rituals a line each."""
    tongue = speak(language)
    if len(outcomes) > 1:
        return say(tongue, *_overview(tongue, outcomes))
    outcome = outcomes[0]
    only_you = tongue.t("Preview, which only you see. The ritual opens on {day}:")
    head = [paragraph(only_you, day=tongue.weekday(outcome.local_date)), bullets([named(tongue, outcome.ritual)])]
    if isinstance(outcome, Silence):
        nothing = tongue.t("There is no praise to open the day with, so nothing is posted. `/praise` brings some.")
        return say(tongue, *head, section(nothing))
    return say(tongue, *head, *_morning(tongue, outcome))


def _overview(tongue: Tongue, outcomes: Sequence[Morning | Silence]) -> list[Block]:
    lines = [_next(tongue, outcome) for outcome in outcomes]
    return [
        section(tongue.t("Preview, which only you see. The next mornings:")),
        *phrases.many(tongue, lines),
        paragraph(tongue.t("{command} shows one of them in full."), command=rich.code("/golden-ear preview default")),
    ]


def _next(tongue: Tongue, outcome: Morning | Silence) -> list[Element]:
    """When a ritual opens next, and with what."""
    told: dict[str, Value] = {"ritual": named(tongue, outcome.ritual), "day": tongue.weekday(outcome.local_date)}
    if isinstance(outcome, Silence):
        return rich.fill(tongue.t("{day}, {ritual}: nothing to open the day with"), **told)
    return rich.fill(tongue.t("{day}, {ritual}: {words}"), words=line(tongue, outcome.opening), **told)


def skipped(skipped: Skipped, language: str) -> Message:
    """For admins: mornings that were due more than four hours before the bot was back."""
    tongue = speak(language)
    days = skipped.local_dates
    said = tongue.choose(
        "The morning post of {days} was skipped, because I was away for more than four hours after its time.",
        "The morning posts of {days} were skipped, because I was away for more than four hours after their time.",
        len(days),
    )
    lost = tongue.t("No praise is lost: what was new then opens the next morning.")
    check = tongue.t("Please see to it that Golden Ear keeps running, above all then:")
    return say(
        tongue,
        paragraph(said, days=tongue.listed([tongue.weekday(day) for day in days])),
        section(lost),
        section(check),
        bullets([named(tongue, skipped.ritual)]),
    )
