"""Ideas: one with all that became of it, and answers to what people do; lists, forms and news stand beside it."""

from bot.rules.suggestions import WAYS
from bot.services.credits import Credited, Solved
from bot.services.suggestion_pages import Page
from bot.services.suggestions import MovedOn
from bot.views import forms, idea_words, limits, phrases, remarks, rich
from bot.views.blocks import Block, actions, button, context, paragraph, say, section
from bot.views.forms import View
from bot.views.idea_words import STATES
from bot.views.rich import Element
from bot.views.strings import cut, one_line
from bot.views.suggestion_forms import (
    back_button,
    backable,
    credit_form,
    form,
    move_form,
    praise_form,
    sent,
    solved_form,
)
from bot.views.suggestion_lists import listed
from bot.views.suggestion_news import (
    credit,
    credit_dm,
    echo,
    news,
    reminder,
    request,
    settled,
    solved_dm,
)
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.praise import Praise
from storage.suggestions import Suggestion

__all__ = [
    "backed",
    "credit",
    "credit_dm",
    "credit_form",
    "credited",
    "echo",
    "form",
    "listed",
    "move_form",
    "moved",
    "news",
    "page",
    "praise_form",
    "reminder",
    "request",
    "sent",
    "settled",
    "solved",
    "solved_dm",
    "solved_form",
]

MOVE = "idea_move"
SOLVED = "idea_solved"
CREDIT = "idea_credit"


# --- one idea -------------------------------------------------------------------------------------------------------


def page(page: Page) -> View:
    """An idea with all that became of it, and what this person can do."""
    tongue, suggestion = speak(page.viewer.language), page.suggestion
    return forms.modal(
        tongue.t("Idea"),
        [
            *idea_words.whole(tongue, suggestion),
            *remarks.history(tongue, page.steps),
            *_came_of_it(tongue, page),
            *(remarks.talk(tongue, suggestion, page.remarks) if page.moves else []),
            *_deeds(tongue, page),
        ],
        close=tongue.t("Close"),
    )


def _came_of_it(tongue: Tongue, page: Page) -> list[Block]:
    found: list[Block] = []
    if page.solvers:
        thanks = tongue.t("It solved a major problem, thanks to {people}.")
        found.append(paragraph(thanks, people=rich.people(tongue, page.solvers)))
    if page.praises:
        found.append(section(tongue.t("Praise that came because of it:")))
    return [*found, *phrases.many(tongue, [_praise(tongue, one) for one in page.praises])]


def _praise(tongue: Tongue, praise: Praise) -> list[Element]:
    words = cut(one_line(phrases.words(tongue, praise)), limits.HEADER)
    return rich.fill(tongue.t("“{words}”, earned by {people}"), words=words, people=phrases.shown(tongue, praise))


def _deeds(tongue: Tongue, page: Page) -> list[Block]:
    suggestion = page.suggestion
    buttons = [back_button(tongue, suggestion, backs=page.backs)] if backable(suggestion) and not page.own else []
    done = suggestion.state == "done" and page.moves
    if done:
        buttons += [
            button(tongue.t("It solved a major problem"), SOLVED, suggestion.id),
            button(tongue.t("Link praise to it"), CREDIT, suggestion.id),
        ]
    ways = WAYS[suggestion.state] if page.moves else ()
    if ways:
        offered = [(f"{suggestion.id}:{suggestion.state}:{way}", tongue.t(STATES[way])) for way in ways]
        buttons.append(forms.menu(MOVE, tongue.t("Answer it"), offered))
    own = tongue.t("Nobody decides on their own idea.") if page.own and page.viewer.leads else ""
    return [*([actions(*buttons)] if buttons else []), *([context(own)] if own else [])]


# --- what was done --------------------------------------------------------------------------------------------------


def backed(suggestion: Suggestion, language: str, *, stands: bool) -> Message:
    """What somebody sees who backs an idea, or no longer does."""
    tongue = speak(language)
    said = tongue.t("You back it now, and hear how it goes on.") if stands else tongue.t("You back it no longer.")
    return say(
        tongue,
        idea_words.line(tongue, suggestion),
        section(phrases.lines(said, idea_words.backers(tongue, suggestion.backers))),
    )


def moved(change: MovedOn, language: str) -> View:
    """What whoever moved an idea sees in place of the form."""
    tongue = speak(language)
    told = tongue.t("Its author and those who back it are told.") if change.suggestion.named or change.backers else ""
    blocks = [idea_words.line(tongue, change.suggestion), section(phrases.lines(tongue.t("Noted."), told))]
    if change.awarded:
        got = tongue.t("Its author gets {points}.", points=phrases.points(tongue, change.awarded))
        blocks += [section(got), phrases.thanks_not_pay(tongue)]
    if change.taken:
        points = phrases.points(tongue, change.taken)
        lost = tongue.t("This takes back {points} that its author got for it.", points=points)
        blocks += [section(lost), phrases.thanks_not_pay(tongue)]
    return {**forms.told(tongue, blocks), "clear_on_close": True}


def solved(found: Solved, language: str) -> View:
    """What whoever confirmed a solved problem sees in place of the form."""
    tongue = speak(language)
    earned = phrases.earned(tongue, found.solvers, found.points) or [section(tongue.t("Noted."))]
    blocks = [
        idea_words.line(tongue, found.suggestion),
        *earned,
        *([phrases.thanks_not_pay(tongue)] if found.points else []),
    ]
    return {**forms.told(tongue, blocks), "clear_on_close": True}


def credited(credit: Credited, language: str) -> View:
    """What whoever linked a praise to an idea sees in place of the form."""
    tongue = speak(language)
    said = tongue.t("They belong together now. Its author hears of the praise, and the channel of the idea.")
    return {
        **forms.told(tongue, [idea_words.line(tongue, credit.suggestion), section(said)]),
        "clear_on_close": True,
    }
