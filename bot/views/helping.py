"""*I had help*: the button, the form that asks who helped, and the thanks."""

from collections.abc import Sequence

from bot.rules.helping import MAX_HELPERS
from bot.services.helping import Helped
from bot.views import forms, others, phrases, refusals, rich
from bot.views.blocks import Block, button, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member
from storage.praise import Praise

HAD_HELP = "praise_had_help"
HELP_FORM = "praise_help_form"


def had_help_button(tongue: Tongue, praise: Praise) -> Block:
    """The button for somebody who did not do it alone."""
    label = tongue.t("I had help: name the colleagues who helped")
    return button(tongue.t("I had help"), HAD_HELP, praise.id, label=label)


def form(praise: Praise, points: int, language: str, *, nonce: str, with_others: bool = False) -> View:
    """The form that asks who helped, which brings each so many points; `with_others` offers people without a Slack
    account beside the others."""
    tongue = speak(language)
    each = (
        tongue.t(
            "Each helper gets {points} and a thank-you below the post. You keep your own.",
            points=phrases.points(tongue, points),
        )
        if points
        else tongue.t("Each helper gets a thank-you below the post.")
    )
    return forms.modal(
        tongue.t("I had help"),
        [
            section(each),
            quotation(praise.words),
            forms.people("people", tongue.t("Who helped?"), most=MAX_HELPERS, optional=with_others),
            *([others.field(tongue)] if with_others else []),
        ],
        submit=tongue.t("Thank"),
        close=tongue.t("Cancel"),
        callback_id=HELP_FORM,
        private_metadata=metadata(nonce=nonce, praise=praise.id),
    )


def named_view(helped: Helped, language: str) -> View:
    """Who counts as a helper and who does not, in place of the form."""
    tongue = speak(language)
    lines = [
        paragraph(
            tongue.t("{person}: {why}"),
            person=rich.somebody(tongue, one.person),
            why=refusals.no_helper(tongue, one.code),
        )
        for one in helped.refused
    ]
    thanks = section(tongue.t("Thank you for sharing it."))
    earned = phrases.earned(tongue, helped.helpers, helped.points)
    return forms.told(tongue, [thanks, *earned, *lines, *([phrases.thanks_not_pay(tongue)] if earned else [])])


def thanks(helpers: Sequence[Member], language: str) -> Message:
    """The thanks in the thread of the post."""
    tongue = speak(language)
    return say(tongue, paragraph(tongue.t("{people} helped. Thank you!"), people=rich.people(tongue, helpers)))


def dm(helped: Helped, person: Member) -> Message:
    """What a helper gets, in their language."""
    tongue = speak(person.language)
    said = tongue.t("A customer praised {namer}, who says that you helped:")
    return say(
        tongue,
        paragraph(said, namer=rich.somebody(tongue, helped.namer)),
        *phrases.words_of(tongue, helped.praise),
        *phrases.reward(tongue, helped.points),
    )
