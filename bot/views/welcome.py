"""The first run: a greeting and three choices, one after the other, in one message that changes."""

from collections.abc import Mapping

from bot.rules.company import Company
from bot.rules.pulse import OFFERED_FROM
from bot.services import standing
from bot.views import forms, setting_words
from bot.views.blocks import Block, actions, bullets, button, context, header, paragraph, say, section
from bot.views.setting_forms import CHANNELS_OWN, languages
from bot.views.setting_words import value
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message

SETUP_CHANNEL = "setup_channel"
SETUP_TIME = "setup_time"
SETUP_LANGUAGE = "setup_language"
SETUP_KEEP = "setup_keep"

STEPS = ("PRAISE_CHANNEL", "RITUAL_TIME", "LANGUAGE")
"""The settings that are chosen, in this order."""
_ASKED: Mapping[str, str] = {
    "PRAISE_CHANNEL": mark("*1 of 3: the channel.* Where shall customers' words be shown, and the day be opened?"),
    "RITUAL_TIME": mark("*2 of 3: the time.* When shall the day be opened with the most moving praise?"),
    "LANGUAGE": mark("*3 of 3: the language.* In which language shall I write in channels?"),
}


def first(company: Company, language: str) -> Message:
    """The greeting, with the first choice."""
    return step(STEPS[0], company, language)


def following(name: str, company: Company, language: str, *, too_small: bool = False) -> Message:
    """The choice after this one, or what was chosen if it was the last; `too_small` is a company that the micro pulse
    does not ask."""
    place = STEPS.index(name) + 1
    return step(STEPS[place], company, language) if place < len(STEPS) else done(company, language, too_small=too_small)


def step(name: str, company: Company, language: str) -> Message:
    """A choice, and a button that keeps what the environment says."""
    tongue = speak(language)
    keep = button(tongue.t("Keep it so"), SETUP_KEEP, name, style="primary")
    return say(
        tongue,
        header(tongue.t("Golden Ear is here")),
        *_greeting(tongue, name),
        section(tongue.t(_ASKED[name])),
        paragraph(tongue.t("Now: {value}"), value=value(tongue, name, standing.text(company, name))),
        actions(_choice(tongue, name, company), keep),
        context(tongue.t("Only you got this message. Each choice counts at once, and can be changed later.")),
    )


def _greeting(tongue: Tongue, name: str) -> list[Block]:
    if name != STEPS[0]:
        return []
    said = tongue.t(
        "I bring customers' own words to the colleagues who earned them, at once and every morning. "
        "Three choices, and we can begin."
    )
    return [section(said)]


def _choice(tongue: Tongue, name: str, company: Company) -> Block:
    stands = standing.text(company, name)
    if name == "PRAISE_CHANNEL":
        asks = {"action_id": SETUP_CHANNEL, "placeholder": forms.plain(tongue.t("Another channel"))}
        return forms.channels(stands) | asks
    if name == "RITUAL_TIME":
        asks = {"action_id": SETUP_TIME, "placeholder": forms.plain(tongue.t("Another time"))}
        return {"type": "timepicker", "initial_time": stands} | asks
    offered = languages(tongue)
    return forms.menu(SETUP_LANGUAGE, tongue.t("Another language"), offered, initial=stands or CHANNELS_OWN)


def done(company: Company, language: str, *, too_small: bool) -> Message:
    """What stands after the three choices, what is not offered and why, and where all else is."""
    tongue = speak(language)
    lines = [
        setting_words.line(tongue, name, standing.text(company, name)) for name in (*STEPS, "TIMEZONE", "WORKDAYS")
    ]
    unasked = tongue.t(
        "I do not ask how people are as long as fewer than {least} would be asked: no answer could be shown without "
        "telling whose it is.",
        least=tongue.number(OFFERED_FROM),
    )
    return say(
        tongue,
        header(tongue.t("Golden Ear is here")),
        section(tongue.t("That was all. This is how it stands:")),
        bullets(lines),
        *([section(unasked)] if too_small else []),
        section(tongue.t("`/praise` brings the first customer's words; `/golden-ear settings` changes this and more.")),
    )
