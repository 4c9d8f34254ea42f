"""What customers said of somebody, for that person alone: the newest in Home, and all of it in pages."""

from bot.services.praise_pages import PAGE, Pages
from bot.views import forms, handing_on, helping, phrases
from bot.views.blocks import Block, actions, button, context, header, leaves, paragraph, quotation, section
from bot.views.forms import View
from bot.views.praise import private_button
from bot.views.strings import cut
from bot.views.tongue import Tongue, speak
from storage.praise import Praise

HOME_PRAISES = "home_praises"
IN_HOME = 400
"""Characters of each praise in Home; all of them stand in the pages."""


def home_section(tongue: Tongue, pages: Pages) -> list[Block]:
    """In Home: the newest praise of this person."""
    head = header(tongue.t("What customers said of you"))
    if not pages.praises:
        nothing = tongue.t(
            "Nothing yet. When a customer praises you, the words will stand here, and nobody can take them from you."
        )
        return [head, section(nothing), actions(private_button(pages.person))]
    label = tongue.t("All praise of you, with the customers' whole words")
    every = button(tongue.t("All praise of you"), HOME_PRAISES, "0", label=label)
    return [
        head,
        *(block for praise in pages.praises for block in _short(tongue, praise)),
        actions(every, private_button(pages.person)),
    ]


def _short(tongue: Tongue, praise: Praise) -> list[Block]:
    applause = phrases.applause(tongue, praise.applause)
    said = tongue.t("From {customer} · {day}") if not applause else tongue.t("From {customer} · {day} · {applause}")
    day, customer = tongue.day(praise.happened_on), phrases.customer(tongue, praise)
    return [
        quotation(cut(praise.words, IN_HOME)),
        paragraph(said, customer=customer, day=day, **({"applause": applause} if applause else {})),
    ]


def page(pages: Pages) -> View:
    """A page of the whole words."""
    tongue = speak(pages.person.language)
    nothing = section(tongue.t("There is no praise here."))
    blocks = [block for praise in pages.praises for block in _whole(tongue, praise)] or [nothing]
    return forms.modal(tongue.t("Praise of you"), [*blocks, *_others(tongue, pages)], close=tongue.t("Close"))


def _whole(tongue: Tongue, praise: Praise) -> list[Block]:
    told = [phrases.provenance(tongue, praise), phrases.applause(tongue, praise.applause)]
    return [
        *phrases.words_of(tongue, praise),
        context(*told),
        actions(helping.had_help_button(tongue, praise), handing_on.not_me_button(tongue, praise)),
    ]


def _others(tongue: Tongue, pages: Pages) -> list[Block]:
    """What leads to the pages before and after this one."""
    newer = [(tongue.t("Newer"), str(max(0, pages.first - PAGE)))] if pages.first else []
    older = [(tongue.t("Older"), str(pages.first + PAGE))] if pages.more else []
    return leaves(HOME_PRAISES, *newer, *older)
