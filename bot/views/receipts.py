"""What somebody is told whose recording of a customer's words was taken."""

from bot.services.aside import SetAside
from bot.services.praise import Recorded
from bot.views import forms, phrases, rich
from bot.views.blocks import Block, actions, button, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

ASIDE = "praise_aside"
SOME = 5
"""How many of the leads who were asked are named."""


def recorded(recorded: Recorded, language: str) -> Message:
    """What happened to the words, for the one who recorded them."""
    return say(speak(language), *_recorded(recorded, language))


def recorded_view(recorded: Recorded, language: str) -> View:
    """The same in place of the form."""
    return forms.told(speak(language), _recorded(recorded, language))


def _recorded(recorded: Recorded, language: str) -> list[Block]:
    tongue, praise = speak(language), recorded.praise
    blocks = [section(tongue.t("Thank you for passing this on.")), quotation(praise.words)]
    blocks += _waiting(tongue, recorded) if recorded.waits else _on_its_way(tongue, recorded)
    if recorded.known:
        had = tongue.t("{people} had these words already, so nothing was added there.")
        blocks.append(paragraph(had, people=rich.people(tongue, recorded.known)))
    return [*blocks, *(_kept_back(tongue, recorded) if recorded.rest else ())]


def _kept_back(tongue: Tongue, recorded: Recorded) -> list[Block]:
    """The rest of a mixed comment, and the tap that brings it to the ideas."""
    unlinked = tongue.t("The link is left out too: it leads to the whole message.")
    return [
        section(tongue.t("The rest is kept back: it is never posted, and nobody but you is shown it.")),
        quotation(recorded.rest),
        *([section(unlinked)] if recorded.unlinked else []),
        section(tongue.t("Does it say what could be better? Then it can become an idea.")),
        actions(button(tongue.t("Set the rest aside for ideas"), ASIDE, recorded.praise.id)),
    ]


def set_aside(aside: SetAside) -> Message:
    """What became of the rest of a mixed comment, for the one who recorded it."""
    tongue = speak(aside.recorder.language)
    return say(tongue, *_set_aside(tongue, aside))


def set_aside_view(aside: SetAside) -> View:
    """The same in place of the receipt."""
    tongue = speak(aside.recorder.language)
    return forms.told(tongue, _set_aside(tongue, aside))


def _set_aside(tongue: Tongue, aside: SetAside) -> list[Block]:
    return [
        section(tongue.t("Thank you. It is kept for the ideas, in your name, and never posted as praise:")),
        quotation(aside.words),
    ]


def _on_its_way(tongue: Tongue, recorded: Recorded) -> list[Block]:
    praise = recorded.praise
    zone = praise.recorder.zone if praise.recorder else ""
    later = phrases.later(recorded.post_at, praise.recorded_at)
    time = tongue.time(recorded.post_at, zone) if later else ""
    hidden = [person for person in praise.people if person.keeps_private]
    blocks = [_where(tongue, recorded, later, time)]
    if recorded.gathered:
        together = tongue.choose(
            "{people} gets the words together with others, later that day or the next morning.",
            "{people} get the words together with others, later that day or the next morning.",
            len(recorded.gathered),
        )
        blocks.append(paragraph(together, people=rich.people(tongue, recorded.gathered)))
    if hidden and praise.shown:
        kept = tongue.choose(
            "{people} keeps praise private: the words arrive, the channel gets no name.",
            "{people} keep praise private: the words arrive, the channel gets no names.",
            len(hidden),
        )
        blocks.append(paragraph(kept, people=rich.people(tongue, hidden)))
    return [*blocks, *phrases.earned(tongue, praise.people, recorded.points)]


def _where(tongue: Tongue, recorded: Recorded, later: bool, time: str) -> Block:
    """Where the words go, and when."""
    praise = recorded.praise
    if not praise.shown:
        told = (
            tongue.t("It is quiet now: {people} will get the words at {time}, and the channel nothing, as they wish.")
            if later and not recorded.gathered
            else tongue.t("{people} will get the words in private, and the channel nothing, as they wish.")
        )
        return paragraph(told, people=rich.people(tongue, praise.people), time=time)
    reached = [person for person in praise.people if rich.has_account(person) and person not in recorded.gathered]
    if not reached:
        told = (
            tongue.t("It is quiet now: the words go to the praise channel at {time}.")
            if later
            else tongue.t("The words go to the praise channel now.")
        )
        return paragraph(told, time=time)
    told = (
        tongue.t("It is quiet now: the words go to the praise channel and to {people} at {time}.")
        if later
        else tongue.t("The words go to the praise channel and to {people} now.")
    )
    return paragraph(told, people=rich.people(tongue, reached), time=time)


def _waiting(tongue: Tongue, recorded: Recorded) -> list[Block]:
    why = (
        tongue.t("You are among the praised, so a lead confirms it before it is posted and counts.")
        if recorded.praise.reason == "self"
        else tongue.t(
            "You recorded several praises for the same colleague this week, so a lead confirms this one before it is "
            "posted and counts."
        )
    )
    if not recorded.confirmers:
        nobody = tongue.t(
            "Nobody can confirm it yet: every lead and admin is praised in it or recorded it. It is kept and waits. "
            "Please ask an admin to appoint another lead."
        )
        return [section(why), section(nobody)]
    asked = tongue.t("Asked: {people}. You will hear from us when it is decided.")
    return [section(why), paragraph(asked, people=rich.people(tongue, recorded.confirmers, most=SOME))]
