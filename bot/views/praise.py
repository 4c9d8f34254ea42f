"""A customer's words: the post in the channel, the message to the person, and what the recorder is told."""

from collections.abc import Sequence
from datetime import date

from bot.rules.points import PRAISE
from bot.rules.praise import DEFAULT_SOURCE, MAX_CUSTOMER, MAX_PEOPLE, MAX_WORDS, SOURCES, clean
from bot.services.praise import Duplicate
from bot.views import forms, phrases, rich
from bot.views.blocks import Block, actions, button, context, metadata, paragraph, quotation, say, section
from bot.views.confirmations import (
    confirm_reminder,
    confirm_request,
    confirm_settled,
    decision,
    decision_noted,
    refuse_form,
)
from bot.views.forms import View
from bot.views.receipts import recorded, recorded_view
from bot.views.strings import units
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member
from storage.praise import Praise

__all__ = [
    "confirm_reminder",
    "confirm_request",
    "confirm_settled",
    "decision",
    "decision_noted",
    "dm",
    "duplicate",
    "duplicate_view",
    "form",
    "post",
    "preference",
    "private_button",
    "recorded",
    "recorded_view",
    "refuse_form",
]

PRIVATE = "praise_private"
FORM = "praise_form"


def post(praise: Praise, language: str) -> Message:
    """The post in the praise channel; those who keep praise of them private are not in it."""
    tongue = speak(language)
    applause = phrases.applause(tongue, praise.applause)
    return say(
        tongue,
        quotation(praise.words),
        paragraph(
            tongue.t("From {customer}, earned by {people}."),
            people=phrases.shown(tongue, praise),
            customer=phrases.customer(tongue, praise),
        ),
        context(
            phrases.source(tongue, praise.source), tongue.day(praise.happened_on), phrases.provenance(tongue, praise)
        ),
        *phrases.link(tongue, praise),
        section(applause or tongue.t("Applaud with any reaction.")),
    )


def dm(praise: Praise, person: Member) -> Message:
    """What one of the praised gets, in their language."""
    tongue = speak(person.language)
    where = (
        tongue.t("Praise of you stays private, so only you get these words; the channel does not name you.")
        if person.keeps_private
        else tongue.t("These words are in the praise channel too.")
    )
    teller = paragraph(tongue.t("{teller} passed them on."), teller=phrases.somebody(tongue, praise.recorder))
    return say(
        tongue,
        section(tongue.t("A customer praised you:")),
        *phrases.words_of(tongue, praise),
        teller,
        section(phrases.lines(tongue.t("You get {points} for it.", points=phrases.points(tongue, PRAISE)), where)),
        actions(private_button(person)),
        phrases.thanks_not_pay(tongue),
    )


def private_button(person: Member) -> Block:
    """The button that keeps praise of this person private, or shows it again."""
    tongue = speak(person.language)
    if person.keeps_private:
        return button(tongue.t("Show praise of me in the channel"), PRIVATE, "off")
    return button(tongue.t("Keep praise of me private"), PRIVATE, "on")


def preference(member: Member) -> Message:
    """What became of the wish to keep praise private."""
    tongue = speak(member.language)
    said = (
        tongue.t("Praise of you now stays private. Words and points reach you, the channel gets nothing.")
        if member.keeps_private
        else tongue.t("Praise of you is shown in the praise channel again, from the next one on.")
    )
    return say(tongue, section(said), actions(private_button(member)))


def duplicate(refusal: Duplicate, language: str) -> Message:
    """The praise that brought these words first."""
    tongue = speak(language)
    return say(tongue, *_duplicate(tongue, refusal.first))


def duplicate_view(refusal: Duplicate, language: str) -> View:
    """The same above the form that brought them again."""
    tongue = speak(language)
    return forms.told(tongue, _duplicate(tongue, refusal.first))


def _duplicate(tongue: Tongue, first: Praise) -> list[Block]:
    return [
        section(tongue.t("These words are recorded already. Nothing was added.")),
        *phrases.words_of(tongue, first),
        paragraph(
            tongue.t("For {people}, passed on by {teller}."),
            people=rich.people(tongue, first.people),
            teller=phrases.somebody(tongue, first.recorder),
        ),
        *([section(tongue.t("It still waits for a lead."))] if first.state == "waiting" else []),
    ]


def form(
    language: str,
    *,
    nonce: str,
    people: Sequence[str] = (),
    words: str = "",
    customer: str = "",
    source: str = DEFAULT_SOURCE,
    today: date,
    note: str | None = None,
) -> View:
    """The form of `/praise`. `people` are Slack ids; `note` is escaped mrkdwn that says why it opened.

    Words that are too long begin in it cut, and it asks for the part to keep.
    """
    tongue = speak(language)
    too_long = units(words) > MAX_WORDS or len(clean(words)) > MAX_WORDS  # masks may be longer than what they hide
    keep = tongue.t("These words are too long: please keep the part that matters, up to {most} characters.")
    notes = [note or "", keep.format(most=tongue.number(MAX_WORDS)) if too_long else ""]
    who = forms.people("people", tongue.t("Who earned it?"), most=MAX_PEOPLE, initial=people)
    what = forms.text("words", tongue.t("The customer's own words"), most=MAX_WORDS, initial=words, long=True)
    return forms.modal(
        tongue.t("Customer praise"),
        [*(section(one) for one in notes if one), who, what, *_details(tongue, customer, source, today)],
        submit=tongue.t("Pass it on"),
        close=tongue.t("Cancel"),
        callback_id=FORM,
        private_metadata=metadata(nonce=nonce),
    )


def _details(tongue: Tongue, customer: str, source: str, today: date) -> list[Block]:
    """What may be left as it stands: the customer, how the words came, when, and where they can be read."""
    hint = tongue.t("As it may be shown, such as Ms Lin. Left empty: a guest.")
    sources = [(name, phrases.source(tongue, name)) for name in SOURCES]
    return [
        forms.text("customer", tongue.t("Who said it?"), most=MAX_CUSTOMER, initial=customer, optional=True, hint=hint),
        forms.choice("source", tongue.t("How did it reach you?"), sources, initial=source),
        forms.day("happened_on", tongue.t("When?"), initial=today),
        forms.url("link", tongue.t("Link"), hint=tongue.t("Where the words can be read, if anywhere.")),
    ]
