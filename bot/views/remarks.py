"""What is said about an idea: its steps, and words between those who answer it and an author without a name."""

from collections.abc import Sequence

from bot.rules.letters import MOST_WORDS
from bot.services.letters import Heard
from bot.views import forms, idea_words, phrases, rich
from bot.views.blocks import Block, actions, button, context, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.idea_words import STATES
from bot.views.rich import Element
from bot.views.strings import one_line
from bot.views.suggestion_news import open_button
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member
from storage.receipts import Remark
from storage.suggestions import Moved, Suggestion

ASK_FORM = "idea_ask_form"
ASK = "idea_ask"
WORDS = "words"
"""The field of the form."""
_MANY = 12
"""The newest words between an author and those who answer that are shown."""


def history(tongue: Tongue, steps: Sequence[Moved]) -> list[Block]:
    """What became of an idea, step by step."""
    return phrases.many(tongue, [_step(tongue, one) for one in steps])


def _step(tongue: Tongue, step: Moved) -> list[Element]:
    day, state = tongue.short_day(step.moved_on), tongue.t(STATES[step.became])
    mover, reason = phrases.somebody(tongue, step.mover), one_line(step.reason)
    if not reason:
        return rich.fill(tongue.t("{day}: {state}, by {person}."), day=day, state=state, person=mover)
    told = tongue.t("{day}: {state}, by {person}. “{reason}”")
    return rich.fill(told, day=day, state=state, person=mover, reason=reason)


def talk(tongue: Tongue, suggestion: Suggestion, remarks: Sequence[Remark]) -> list[Block]:
    """What was said between those who answer and the author of an idea, for the former; with a button to go on."""
    asking = [actions(button(tongue.t("Write to its author"), ASK, suggestion.id))] if suggestion.reachable else []
    return [*said(tongue, remarks), *asking]


def said(tongue: Tongue, remarks: Sequence[Remark]) -> list[Block]:
    found: list[Block] = []
    for one in remarks[-_MANY:]:
        day = tongue.short_day(one.said_on)
        if one.by_author:
            found.append(section(tongue.t("{day}, the author:", day=day)))
        else:
            found.append(paragraph(tongue.t("{day}, {person}:"), day=day, person=phrases.somebody(tongue, one.person)))
        found.append(quotation(one.words))
    return found


def ask_form(suggestion: Suggestion, language: str, *, nonce: str) -> View:
    """The form in which somebody who answers an idea writes to its author."""
    tongue = speak(language)
    hint = tongue.t("Ask about the matter, not about the person: nothing that tells who they are.")
    waits = tongue.t(
        "Your words, with your name, wait until the author comes with the code. An answer comes in a morning."
    )
    return forms.modal(
        tongue.t("Write to its author"),
        [
            idea_words.line(tongue, suggestion),
            section(waits),
            forms.text(WORDS, tongue.t("Your words"), most=MOST_WORDS, long=True, hint=hint),
        ],
        submit=tongue.t("Send"),
        close=tongue.t("Back"),
        callback_id=ASK_FORM,
        private_metadata=metadata(nonce=nonce, idea=suggestion.id),
    )


def asked(suggestion: Suggestion, language: str) -> View:
    """What whoever wrote to an author sees in place of the form."""
    tongue = speak(language)
    waits = section(tongue.t("Noted. The author sees it when they come with their code."))
    return {**forms.told(tongue, [idea_words.line(tongue, suggestion), waits]), "clear_on_close": True}


def word(heard: Heard, reader: Member) -> Message:
    """For somebody who answers: a word of the author of an idea without a name."""
    tongue = speak(reader.language)
    told = tongue.t("The author of the idea {title} writes, without a name:")
    return say(
        tongue,
        paragraph(told, title=idea_words.title(heard.suggestion)),
        quotation(heard.remark.words),
        actions(open_button(tongue, heard.suggestion)),
        context(tongue.t("Please do not try to find out whose idea it is.")),
    )
