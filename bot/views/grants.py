"""Points that admins enter by hand: the task for a second admin, what both sides hear, what whoever did it sees."""

from bot.rules.rewards import ALONE_UP_TO, MAX_REASON, needs_second
from bot.services.grants import Granted
from bot.views import forms, phrases, rich
from bot.views.blocks import Block, actions, button, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, mark, speak
from storage.corrections import Correction
from storage.outbox import Message
from storage.people import Member

CONFIRM = "grant_confirm"
REFUSE = "grant_refuse"
FORM = "grant_form"
_ASKED = {
    True: mark("{asker} wants to give {person} {points}, and a second admin has to confirm it."),
    False: mark("{asker} wants to take {points} back from {person}, and a second admin has to confirm it."),
}
_ENTERED = {
    True: mark("{asker} gave {person} {points}, and {decider} confirmed it."),
    False: mark("{asker} took {points} back from {person}, and {decider} confirmed it."),
}
_REFUSED = {
    True: mark("{decider} did not confirm that {person} gets {points}, so nothing was entered."),
    False: mark("{decider} did not confirm that {points} are taken back from {person}, so nothing was entered."),
}
_EXPIRED = {
    True: mark("Nobody confirmed within 30 days that {person} gets {points}, so nothing was entered."),
    False: mark("Nobody confirmed within 30 days that {points} are taken back from {person}, so nothing was entered."),
}


def form(language: str, *, nonce: str) -> View:
    """The form in which an admin enters points by hand."""
    tongue = speak(language)
    most = tongue.number(ALONE_UP_TO)
    return forms.modal(
        tongue.t("Points by hand"),
        [
            section(tongue.t("They are told why. More than {most} a day need a second admin.", most=most)),
            forms.person("person", tongue.t("Whom?")),
            forms.text(
                "amount", tongue.t("How many points?"), most=10, hint=tongue.t("With a minus they are taken back.")
            ),
            forms.text("reason", tongue.t("Why?"), most=MAX_REASON, long=True),
        ],
        submit=tongue.t("Enter"),
        close=tongue.t("Cancel"),
        callback_id=FORM,
        private_metadata=metadata(nonce=nonce),
    )


def task(correction: Correction, admin: Member) -> Message:
    """For the other admins: points to confirm, or who decided."""
    tongue = speak(admin.language)
    thanks = phrases.thanks_not_pay(tongue)
    return say(tongue, *_about(tongue, correction), *_buttons(tongue, correction), thanks)


def waiting(tongue: Tongue, correction: Correction, viewer: Member) -> list[Block]:
    """The same in the queue of somebody who may have no part in it."""
    own = viewer.id in (correction.asker.id, correction.person.id)
    return [*_about(tongue, correction), *([] if own else _buttons(tongue, correction))]


def _about(tongue: Tongue, correction: Correction) -> list[Block]:
    states = {"waiting": _ASKED, "entered": _ENTERED, "refused": _REFUSED, "expired": _EXPIRED}
    words = states[correction.state][correction.amount > 0]
    told = paragraph(
        tongue.t(words),
        asker=rich.person(correction.asker),
        person=rich.person(correction.person),
        decider=phrases.somebody(tongue, correction.decider),
        points=phrases.points(tongue, abs(correction.amount)),
    )
    return [told, quotation(correction.reason)]


def _buttons(tongue: Tongue, correction: Correction) -> list[Block]:
    if correction.state != "waiting":
        return []
    confirm = button(tongue.t("Confirm"), CONFIRM, correction.id, style="primary", label=tongue.t("Confirm the points"))
    refuse = button(tongue.t("Refuse"), REFUSE, correction.id, label=tongue.t("Refuse the points"))
    return [actions(confirm, refuse)]


def news(correction: Correction) -> Message:
    """What somebody hears whose points an admin corrected."""
    tongue = speak(correction.person.language)
    said = (
        tongue.t("{asker} gave you {points}, for this reason:")
        if correction.amount > 0
        else tongue.t("{asker} took {points} back from you, for this reason:")
    )
    points = phrases.points(tongue, abs(correction.amount))
    about = paragraph(said, asker=rich.person(correction.asker), points=points)
    return say(tongue, about, quotation(correction.reason), phrases.thanks_not_pay(tongue))


def answered(correction: Correction) -> Message:
    """What the admin hears who asked for points that a second one had to confirm."""
    tongue = speak(correction.asker.language)
    return say(tongue, *_about(tongue, correction), phrases.thanks_not_pay(tongue))


def done(act: Granted, language: str) -> Message:
    """What the admin sees who entered points, or asked for it."""
    tongue, correction = speak(language), act.correction
    if correction.state == "waiting":
        said = (
            tongue.t("So many points need a second admin. Asked: {people}. Nothing is entered until one confirms.")
            if needs_second(correction.amount)
            else tongue.t(
                "Together with your other points for them today this is more than {most}, which needs a second admin. "
                "Asked: {people}. Nothing is entered until one confirms."
            )
        )
        asked, most = rich.people(tongue, act.admins, most=3), tongue.number(ALONE_UP_TO)
        return say(tongue, paragraph(said, people=asked, most=most))
    said = (
        tongue.t("{person} has {points} more now, and is told why.")
        if correction.amount > 0
        else tongue.t("{person} has {points} less now, and is told why.")
    )
    points = phrases.points(tongue, abs(correction.amount))
    told = paragraph(said, person=rich.person(correction.person), points=points)
    return say(tongue, told, phrases.thanks_not_pay(tongue))


def decided(act: Granted, language: str) -> Message:
    """What the second admin sees."""
    tongue = speak(language)
    heard = section(tongue.t("Noted. The admin who asked hears of it."))
    return say(tongue, heard, *_about(tongue, act.correction), phrases.thanks_not_pay(tongue))


def settled(act: Granted, language: str) -> View:
    """What the admin sees who settled the account of somebody who left."""
    tongue = speak(language)
    said = tongue.t("The account of {person} is settled.")
    told = forms.told(tongue, [paragraph(said, person=rich.person(act.correction.person))])
    return {**told, "clear_on_close": True}
