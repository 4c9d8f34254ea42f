"""*It was not me*: the button, the form that asks for the right colleague, and what everybody concerned is told."""

from bot.services.handing_on import HandedOn
from bot.views import forms, others, phrases, rich
from bot.views.blocks import Block, button, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.praise import Praise

NOT_ME = "praise_not_me"
HAND_ON_FORM = "praise_hand_on_form"


def not_me_button(tongue: Tongue, praise: Praise) -> Block:
    """The button for somebody who is not the one whom the customer meant."""
    label = tongue.t("It was not me: hand this praise on to the right colleague")
    return button(tongue.t("It was not me"), NOT_ME, praise.id, label=label)


def form(praise: Praise, language: str, *, nonce: str, with_others: bool = False) -> View:
    """The form that asks whom the customer meant; `with_others` offers people without a Slack account too."""
    tongue = speak(language)
    return forms.modal(
        tongue.t("It was not me"),
        [
            section(tongue.t("Whom did the customer mean? The words and the points go to that colleague.")),
            quotation(praise.words),
            forms.person("person", tongue.t("The right colleague"), optional=with_others),
            *([others.field(tongue, most=1)] if with_others else []),
        ],
        submit=tongue.t("Hand on"),
        close=tongue.t("Cancel"),
        callback_id=HAND_ON_FORM,
        private_metadata=metadata(nonce=nonce, praise=praise.id),
    )


def done_view(handed: HandedOn, language: str) -> View:
    """What stands in place of the form when it is done."""
    tongue = speak(language)
    if not handed.receiver.slack_id:
        said = tongue.t(
            "Thank you for being fair. {person} has the points now. "
            "I cannot write to them without a Slack account: please bring them the words yourself."
        )
    elif phrases.later(handed.post_at, handed.handed_at):
        said = tongue.t(
            "Thank you for being fair. {person} has the points now, and gets the words when quiet hours end."
        )
    else:
        said = tongue.t("Thank you for being fair. {person} gets the words and the points.")
    return forms.told(
        tongue, [paragraph(said, person=rich.somebody(tongue, handed.receiver)), quotation(handed.praise.words)]
    )


def settled(handed: HandedOn) -> Message:
    """What stands in the message of the one who handed it on; it has no buttons."""
    tongue = speak(handed.giver.language)
    said = tongue.t("A customer praised you, and you handed it on to {person}, together with the points:")
    about = paragraph(said, person=rich.somebody(tongue, handed.receiver))
    return say(tongue, about, *phrases.words_of(tongue, handed.praise), phrases.thanks_not_pay(tongue))


def notice(handed: HandedOn, language: str) -> Message:
    """For the recorder: whose words they were."""
    tongue = speak(language)
    said = tongue.t("{giver} says that the words you passed on were meant for {person}, who has them now:")
    about = paragraph(said, giver=rich.somebody(tongue, handed.giver), person=rich.somebody(tongue, handed.receiver))
    return say(tongue, about, quotation(handed.praise.words), section(tongue.t("The points went with them.")))
