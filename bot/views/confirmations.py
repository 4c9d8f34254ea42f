"""Praise that waits for a lead: the question, what replaces it, and what the recorder hears."""

from bot.rules.praise import MAX_REASON
from bot.services.confirmations import Decided, Waiting
from bot.services.praise import Recorded
from bot.views import forms, phrases, rich
from bot.views.blocks import Block, actions, button, header, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member
from storage.praise import Praise

ACCEPT = "praise_accept"
REFUSE = "praise_refuse"
REFUSE_FORM = "praise_refuse_form"


def confirm_request(recorded: Recorded, member: Member) -> Message:
    """The question to a lead, in their language."""
    tongue = speak(member.language)
    return say(tongue, *_question(tongue, recorded.praise))


def confirm_reminder(recorded: Recorded, member: Member) -> Message:
    """The same question after a week without an answer."""
    tongue = speak(member.language)
    waited = section(tongue.t("This praise has waited for a week. Can you decide it?"))
    return say(tongue, waited, *_question(tongue, recorded.praise))


def home_section(tongue: Tongue, waiting: Waiting) -> list[Block]:
    """In Home: the praise that waits for this lead or admin."""
    if not waiting.praises:
        return []
    more = tongue.t("And {count} more.", count=tongue.number(waiting.more))
    return [
        header(tongue.t("Praise that waits for you")),
        *(block for praise in waiting.praises for block in _question(tongue, praise)),
        *([section(more)] if waiting.more else []),
    ]


def _question(tongue: Tongue, praise: Praise) -> list[Block]:
    teller = phrases.somebody(tongue, praise.recorder)
    about = tongue.t("{teller} recorded a customer's praise for {people}.")
    why = (
        tongue.t("{teller} is among the praised, so it waits until a lead confirms it.")
        if praise.reason == "self"
        else tongue.t("{teller} recorded several for the same colleague this week, so a lead confirms this one.")
    )
    return [
        paragraph(about, teller=teller, people=rich.people(tongue, praise.people)),
        paragraph(why, teller=teller),
        *phrases.words_of(tongue, praise),
        section(tongue.t("Did a customer say this? The first decision stands; until then nothing is posted.")),
        actions(
            button(tongue.t("Confirm"), ACCEPT, praise.id, style="primary", label=tongue.t("Confirm this praise")),
            button(
                tongue.t("Refuse, with a reason"), REFUSE, praise.id, label=tongue.t("Refuse this praise and say why")
            ),
        ),
    ]


def confirm_settled(decided: Decided, member: Member) -> Message:
    """What stands in a lead's message once the praise is decided; it has no buttons."""
    tongue, praise = speak(member.language), decided.praise
    said = (
        tongue.t("{decider} confirmed this praise for {people}.")
        if decided.accepted
        else tongue.t("{decider} refused this praise for {people}.")
    )
    who = phrases.somebody(tongue, praise.decider)
    about = paragraph(said, decider=who, people=rich.people(tongue, praise.people))
    return say(tongue, about, *phrases.words_of(tongue, praise))


def refuse_form(praise: Praise, language: str, *, nonce: str) -> View:
    """The form that asks why a praise is refused."""
    tongue = speak(language)
    reason = forms.text(
        "reason",
        tongue.t("Why?"),
        most=MAX_REASON,
        long=True,
        hint=tongue.t("The one who recorded it will read this. Nothing is posted."),
    )
    about = paragraph(tongue.t("Praise for {people}"), people=rich.people(tongue, praise.people))
    return forms.modal(
        tongue.t("Refuse praise"),
        [about, quotation(praise.words), reason],
        submit=tongue.t("Refuse"),
        close=tongue.t("Back"),
        callback_id=REFUSE_FORM,
        private_metadata=metadata(nonce=nonce, praise=praise.id),
    )


def decision(decided: Decided, language: str) -> Message:
    """What the recorder hears: confirmed, or refused and why."""
    tongue, praise = speak(language), decided.praise
    decider, people = phrases.somebody(tongue, praise.decider), rich.people(tongue, praise.people)
    if not decided.accepted:
        said = tongue.t("{decider} did not confirm the praise for {people} that you recorded, and gave this reason:")
        nothing = section(tongue.t("Nothing was posted and no points were given. The praise was:"))
        about = paragraph(said, decider=decider, people=people)
        return say(tongue, about, quotation(praise.reason), nothing, quotation(praise.words))
    said = tongue.t("{decider} confirmed the praise for {people} that you recorded.")
    return say(tongue, paragraph(said, decider=decider, people=people), quotation(praise.words), _way(tongue, praise))


def decision_noted(decided: Decided, language: str) -> Message:
    """What the lead who decided sees."""
    tongue, praise = speak(language), decided.praise
    people = rich.people(tongue, praise.people)
    if decided.accepted:
        confirmed = paragraph(tongue.t("You confirmed the praise for {people}. Thank you."), people=people)
        return say(tongue, confirmed, _way(tongue, praise))
    said = tongue.t("You refused the praise for {people}. The one who recorded it is told why.")
    return say(tongue, paragraph(said, people=people))


def _way(tongue: Tongue, praise: Praise) -> Block:
    if praise.shown:
        return section(tongue.t("It goes to the praise channel now, or as soon as quiet hours end."))
    return section(tongue.t("The words arrive in private, and the channel gets nothing, as wished."))
