"""A customer's words: the post in the channel, the message to the person, and what the recorder is told."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from bot.rules.praise import DEFAULT_SOURCE, MAX_CUSTOMER, MAX_PEOPLE, MAX_WORDS, SOURCES, clean
from bot.services.praise import Duplicate
from bot.views import forms, handing_on, helping, others, phrases, rich
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
from bot.views.receipts import recorded, recorded_view, set_aside, set_aside_view
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
    "gone",
    "post",
    "preference",
    "private_button",
    "recorded",
    "recorded_view",
    "refuse_form",
    "set_aside",
    "set_aside_view",
]

PRIVATE = "praise_private"
IDEA = "praise_idea"
FORM = "praise_form"


def post(praise: Praise, language: str) -> Message:
    """The post in the praise channel; those who keep praise of them private are not in it."""
    tongue = speak(language)
    if praise.state == "erased":
        return gone(tongue)
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
        section(applause or tongue.t("Applaud with any reaction."), beside=_behind(tongue, praise)),
    )


def gone(tongue: Tongue) -> Message:
    """What stands in place of a message whose words were erased."""
    return say(tongue, section(tongue.t("What stood here was erased.")))


def _behind(tongue: Tongue, praise: Praise) -> Block:
    """What says which idea is behind it: few do, so it takes no room."""
    return forms.overflow(IDEA, [(praise.id, tongue.t("Say which idea is behind it"))])


def dm(praise: Praise, person: Member, points: int, *, handed_by: Member | None = None) -> Message:
    """What one of the praised gets, in their language, with so many points; `handed_by` is the colleague who handed it
    on to them."""
    tongue = speak(person.language)
    if praise.state == "erased":
        return gone(tongue)
    where = (
        tongue.t("Praise of you stays private, so only you get these words; the channel does not name you.")
        if person.keeps_private
        else tongue.t("These words are in the praise channel too.")
    )
    passed = tongue.t("{teller} passed them on.")
    source = context(phrases.provenance(tongue, praise))  # no colleague told it: a program did
    teller = paragraph(passed, teller=rich.somebody(tongue, praise.recorder)) if praise.recorder else source
    meant = tongue.t("A customer praised you. {giver} got these words by mistake and handed them on to you:")
    begin = (
        paragraph(meant, giver=rich.somebody(tongue, handed_by))
        if handed_by
        else section(tongue.t("A customer praised you:"))
    )
    return say(
        tongue,
        begin,
        *phrases.words_of(tongue, praise),
        teller,
        section(phrases.lines(phrases.got(tongue, points), where)),
        actions(
            helping.had_help_button(tongue, praise), handing_on.not_me_button(tongue, praise), private_button(person)
        ),
        *([phrases.thanks_not_pay(tongue)] if points else []),
    )


def private_button(person: Member) -> Block:
    """The button that keeps praise of this person private, or shows it again."""
    return _private_button(person.language, person.keeps_private)


@cache
def _private_button(language: str, is_private: bool) -> Block:
    tongue = speak(language)
    if is_private:
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
    return say(tongue, *_duplicate(tongue, refusal))


def duplicate_view(refusal: Duplicate, language: str) -> View:
    """The same above the form that brought them again."""
    tongue = speak(language)
    return forms.told(tongue, _duplicate(tongue, refusal))


def _duplicate(tongue: Tongue, refusal: Duplicate) -> list[Block]:
    first, people = refusal.first, rich.people(tongue, refusal.people)
    told = (
        [
            paragraph(
                tongue.t("For {people}, passed on by {teller}."),
                people=people,
                teller=rich.somebody(tongue, first.recorder),
            )
        ]
        if first.recorder
        else [paragraph(tongue.t("Praise for {people}"), people=people), context(phrases.provenance(tongue, first))]
    )
    return [
        section(tongue.t("These words are recorded already. Nothing was added.")),
        *phrases.words_of(tongue, first),
        *told,
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
    happened_on: date,
    link: str = "",
    wordless: bool = False,
    with_others: bool = False,
) -> View:
    """The form of `/praise` and of the shortcuts. `people` are Slack ids; `wordless` was a message without any text;
    `with_others` offers people without a Slack account beside them.

    Words that are too long begin in it cut, and it asks for the part to keep.
    """
    tongue = speak(language)
    too_long = units(words) > MAX_WORDS or len(clean(words)) > MAX_WORDS  # masks may be longer than what they hide
    keep = tongue.t("These words are too long: please keep the part that matters, up to {most} characters.")
    unread = tongue.t("I find no text in this message; files and pictures I cannot read. Please write the words here.")
    notes = [unread if wordless else "", keep.format(most=tongue.number(MAX_WORDS)) if too_long else ""]
    return forms.modal(
        tongue.t("Customer praise"),
        [
            *(section(one) for one in notes if one),
            forms.people("people", tongue.t("Who earned it?"), most=MAX_PEOPLE, initial=people, optional=with_others),
            *([others.field(tongue)] if with_others else []),
            *_what(tongue, words),
            *_details(tongue, customer, source, happened_on, link),
        ],
        submit=tongue.t("Pass it on"),
        close=tongue.t("Cancel"),
        callback_id=FORM,
        private_metadata=metadata(nonce=nonce),
    )


def _what(tongue: Tongue, words: str) -> list[Block]:
    """The words, and which of them are posted if they are not all praise."""
    only = tongue.t("Only this part goes to the channel")
    hint = tongue.t("If not all of it is praise, copy the part that is. Left empty: all of it.")
    return [
        forms.text("words", tongue.t("The customer's own words"), most=MAX_WORDS, initial=words, long=True),
        forms.text("part", only, most=MAX_WORDS, long=True, optional=True, hint=hint),
    ]


def _details(tongue: Tongue, customer: str, source: str, happened_on: date, link: str) -> list[Block]:
    """What may be left as it stands: the customer, how the words came, when, and where they can be read."""
    hint = tongue.t("As it may be shown, such as Ms Lin. Left empty: a guest.")
    where = tongue.t("Where the words can be read, if anywhere.")
    sources = [(name, phrases.source(tongue, name)) for name in SOURCES]
    return [
        forms.text("customer", tongue.t("Who said it?"), most=MAX_CUSTOMER, initial=customer, optional=True, hint=hint),
        forms.choice("source", tongue.t("How did it reach you?"), sources, initial=source),
        forms.day("happened_on", tongue.t("When?"), initial=happened_on),
        forms.url("link", tongue.t("Link"), initial=link, hint=where),
    ]
