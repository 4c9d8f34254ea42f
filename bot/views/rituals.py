"""The morning post, its preview, and what admins hear of mornings that were missed."""

from collections.abc import Sequence

from bot.services.rituals import Morning, Silence, Skipped
from bot.views import phrases, rich
from bot.views.blocks import Block, bullets, context, header, paragraph, quotation, say, section
from bot.views.rich import Element
from bot.views.strings import cut, isolate, one_line
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.praise import Praise

LINE = 80
"""How many characters of the others' words stand in their line."""


def morning(morning: Morning, language: str) -> Message:
    """The post that opens the day."""
    tongue = speak(language)
    return say(tongue, *_morning(tongue, morning))


def _morning(tongue: Tongue, morning: Morning) -> list[Block]:
    opening = morning.opening
    applause = phrases.applause(tongue, opening.applause)
    older = section(tongue.t("No new praise since last time, so an older one opens this day:"))
    return [
        header(tongue.t("Good morning! {day}", day=tongue.weekday(morning.local_date))),
        *([older] if morning.is_older else []),
        quotation(opening.words),
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
    blocks = [section(tongue.t("New as well:")), bullets([_line(tongue, praise) for praise in others])]
    if more:
        blocks.append(section(tongue.t("And {count} more.", count=tongue.number(more))))
    return blocks


def _line(tongue: Tongue, praise: Praise) -> list[Element]:
    words = isolate(_short(one_line(praise.words)))
    return rich.fill(tongue.t("“{words}” – {people}"), words=words, people=phrases.shown(tongue, praise))


def _short(words: str) -> str:
    """The beginning of the words, ended between two of them where the script has blanks."""
    short = cut(words, LINE)
    blank = short.rfind(" ")
    return short[:blank].rstrip(" .,;") + "…" if short != words and blank > LINE // 2 else short


def preview(outcome: Morning | Silence, language: str) -> Message:
    """What the next ritual would post if it opened now, for one admin's eyes."""
    tongue = speak(language)
    ritual = outcome.ritual
    only_you = paragraph(
        tongue.t("Preview, which only you see. The ritual opens on {day} at {time} ({zone}) in {channel}."),
        day=tongue.weekday(outcome.local_date),
        time=ritual.at,
        zone=ritual.zone,
        channel=rich.channel(ritual.channel),
    )
    if isinstance(outcome, Silence):
        nothing = tongue.t("There is no praise to open the day with, so nothing is posted. `/praise` brings some.")
        return say(tongue, only_you, section(nothing))
    return say(tongue, only_you, *_morning(tongue, outcome))


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
    check = tongue.t("Please see to it that Golden Ear keeps running, above all at {time} ({zone}).")
    ritual = skipped.ritual
    return say(
        tongue,
        paragraph(said, days=tongue.listed([tongue.weekday(day) for day in days])),
        section(lost),
        paragraph(check, time=ritual.at, zone=ritual.zone),
    )
