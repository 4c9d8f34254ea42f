"""The forms of ideas: a new one, with similar ones beside it, and those that say what becomes of one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.rules.suggestions import ACCEPTED, MAX_REASON, MAX_SOLVERS, MAX_TEXT, MAX_TITLE, OPEN, State
from bot.services.suggestion_pages import Page
from bot.views import forms, idea_words, letters, phrases
from bot.views.blocks import Block, actions, button, metadata, paragraph, quotation, section
from bot.views.forms import View
from bot.views.idea_words import GAINS, STATES, WALLS
from bot.views.strings import one_line
from bot.views.suggestion_news import open_button
from bot.views.tongue import Tongue, mark, speak
from storage.praise import Praise
from storage.suggestions import Suggestion

FORM = "idea_form"
SUGGEST = "idea_suggest"
MOVE_FORM = "idea_move_form"
SOLVED_FORM = "idea_solved_form"
CREDIT_FORM = "idea_credit_form"
PRAISE_FORM = "idea_praise_form"
TYPED = "idea_typed"
BACK = "idea_back"
ON, OFF = "on", "off"
TITLE, WHAT, WHY, GAINING, WALL = "title", "what", "why", "gains", "wall"
REASON, PEOPLE, PRAISE, IDEA = "reason", "people", "praise", "idea"
"""The fields of the forms."""
_QUESTIONS: Mapping[State, str] = {
    "review": mark("You look at it, and its author and backers hear so."),
    "accepted": mark("Its author gets {points}, and hears of it with the backers."),
    "doing": mark("Somebody puts it into practice now; its author and backers hear so."),
    "done": mark("It is done: the praise channel hears of it, and its author and backers."),
    "declined": mark("Its author and backers will read why. Please say it as you would to their face."),
}
_UNNAMED: Mapping[State, str] = {
    "review": mark("You look at it, and its backers hear so."),
    "accepted": mark("Its author gets {points} if they claim it with their name; its backers hear of it."),
    "doing": mark("Somebody puts it into practice now; its backers hear so."),
    "done": mark("It is done: the praise channel hears of it, and its backers."),
}
"""Of an idea without a name, whose author reads with the receipt code what became of it."""
_WITHOUT_POINTS = {True: mark("Its author and its backers hear of it."), False: mark("Its backers hear of it.")}


# --- a new one ------------------------------------------------------------------------------------------------------


def form(
    language: str,
    *,
    nonce: str,
    title: str = "",
    similar: Sequence[Suggestion] = (),
    backed: Collection[str] = (),
    own: Collection[str] = (),
    names_team: bool = False,
) -> View:
    """The form of `/suggest`. `similar` are open ideas like it, of which this person has `backed` some and `own` some;
    `names_team`: their team is so large that an idea without a name may say that it comes from there.

    It is drawn anew while somebody types the title; what they typed stays, for the fields keep their names.
    """
    tongue = speak(language)
    why = tongue.t("What would be better then, and for whom? What happens today?")
    return forms.modal(
        tongue.t("Suggest an improvement"),
        [
            _title(tongue, title),
            *_similar(tongue, similar, backed, own),
            forms.text(WHAT, tongue.t("What should change?"), most=MAX_TEXT, long=True),
            forms.text(WHY, tongue.t("Why?"), most=MAX_TEXT, long=True, optional=True, hint=why),
            forms.choice(GAINING, tongue.t("Who gains?"), _named(tongue, GAINS), initial="customer"),
            forms.choice(
                WALL, tongue.t("Which wall does it break?"), _named(tongue, WALLS), optional=True,
                hint=tongue.t("Leave it empty if you are not sure."),
            ),
            *letters.signature(tongue, names_team=names_team),
        ],
        submit=tongue.t("Send"),
        close=tongue.t("Cancel"),
        callback_id=FORM,
        private_metadata=metadata(nonce=nonce, shown=" ".join(one.id for one in similar)),
    )  # fmt: skip


def _title(tongue: Tongue, begun: str) -> Block:
    """The title, of which every pause in typing is told."""
    field = forms.text(TITLE, tongue.t("Your idea in a few words"), most=MAX_TITLE, initial=begun)
    typing = {"trigger_actions_on": ["on_character_entered"]}
    element = {**field["element"], "action_id": TYPED, "dispatch_action_config": typing}
    return {**field, "element": element, "dispatch_action": True}


def _similar(
    tongue: Tongue, similar: Sequence[Suggestion], backed: Collection[str], own: Collection[str]
) -> list[Block]:
    if not similar:
        return []
    known = tongue.n(
        "There is an idea like it already. Do you mean this one?",
        "There are ideas like it already. Do you mean one of these?",
        len(similar),
    )
    found: list[Block] = [section(known)]
    for one in similar:
        found.append(idea_words.line(tongue, one))
        if one.id not in own:
            found.append(actions(back_button(tongue, one, backs=one.id in backed)))
    return found


def back_button(tongue: Tongue, suggestion: Suggestion, *, backs: bool) -> Block:
    """The button that backs an idea, or no longer does."""
    if backs:
        label = tongue.t("Back the idea {title} no longer", title=suggestion.title)
        return button(tongue.t("Back it no longer"), BACK, f"{OFF}:{suggestion.id}", label=label)
    label = tongue.t("Back the idea {title}", title=suggestion.title)
    return button(tongue.t("Back it"), BACK, f"{ON}:{suggestion.id}", label=label)


def backable(suggestion: Suggestion) -> bool:
    """Whether colleagues can back an idea now."""
    return suggestion.state in OPEN


def _named(tongue: Tongue, names: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(name, tongue.t(words)) for name, words in names.items()]


def sent(suggestion: Suggestion, asked: int, language: str) -> View:
    """What the author sees in place of the form; `asked` says how many are to answer it."""
    tongue = speak(language)
    then = (
        tongue.t("A lead or an admin answers it, and you hear of every step.")
        if asked
        else tongue.t("Nobody but you could answer it yet, so it waits. Please ask for another lead or admin.")
    )
    return forms.told(
        tongue,
        [
            section(tongue.t("Thank you for your idea!")),
            idea_words.line(tongue, suggestion),
            section(phrases.lines(then, tongue.t("`/ideas mine` shows how your ideas stand."))),
            actions(open_button(tongue, suggestion)),
        ],
    )


# --- what becomes of one --------------------------------------------------------------------------------------------


def move_form(page: Page, becomes: State, points: int, language: str, *, nonce: str) -> View:
    """The form in which a lead or an admin moves an idea; declining asks for a reason."""
    tongue, suggestion = speak(language), page.suggestion
    declines = becomes == "declined"
    note = tongue.t("Why?") if declines else tongue.t("A word to its author and backers")
    lost = declines and suggestion.named and suggestion.state in ACCEPTED
    taken = tongue.t("Points that its author got for it are taken back.") if lost else ""
    return forms.modal(
        tongue.t("Answer an idea"),
        [
            idea_words.line(tongue, suggestion),
            paragraph(tongue.t("It becomes: {state}"), state=tongue.t(STATES[becomes])),
            section(phrases.lines(_what_follows(tongue, suggestion, becomes, points), taken)),
            forms.text(REASON, note, most=MAX_REASON, long=True, optional=not declines),
        ],
        submit=tongue.t("Decide"),
        close=tongue.t("Back"),
        callback_id=MOVE_FORM,
        private_metadata=metadata(nonce=nonce, idea=suggestion.id, was=suggestion.state, becomes=becomes),
    )


def _what_follows(tongue: Tongue, suggestion: Suggestion, becomes: State, points: int) -> str:
    if becomes == "accepted" and not points:
        return tongue.t(_WITHOUT_POINTS[suggestion.named])
    question = _QUESTIONS[becomes]
    if not suggestion.named:
        question = _UNNAMED.get(becomes, question)
    return tongue.t(question).replace("{points}", phrases.points(tongue, points))


def solved_form(page: Page, points: int, language: str, *, nonce: str) -> View:
    """The form in which a lead or an admin names those who solved a major problem."""
    tongue = speak(language)
    who = tongue.t("Everybody whose work solved it. You cannot name yourself.")
    each = tongue.t("Each of them gets {points}, once.", points=phrases.points(tongue, points))
    return forms.modal(
        tongue.t("A major problem solved"),
        [
            idea_words.line(tongue, page.suggestion),
            *([section(each)] if points else []),
            forms.people(PEOPLE, tongue.t("Who solved it?"), most=MAX_SOLVERS, hint=who),
        ],
        submit=tongue.t("Confirm"),
        close=tongue.t("Back"),
        callback_id=SOLVED_FORM,
        private_metadata=metadata(nonce=nonce, idea=page.suggestion.id),
    )


def credit_form(page: Page, praises: Sequence[Praise], language: str, *, nonce: str) -> View:
    """The form that links later praise to an idea; without any it only says so."""
    tongue = speak(language)
    if not praises:
        none = tongue.t("There is no praise since this idea was done that is not linked to it.")
        return forms.told(tongue, [idea_words.line(tongue, page.suggestion), section(none)])
    offered = [(one.id, one_line(f"{tongue.short_day(one.happened_on)} {one.words}")) for one in praises]
    return forms.modal(
        tongue.t("Praise for an idea"),
        [
            idea_words.line(tongue, page.suggestion),
            forms.choice(PRAISE, tongue.t("Which praise came because of it?"), offered),
        ],
        submit=tongue.t("Link them"),
        close=tongue.t("Back"),
        callback_id=CREDIT_FORM,
        private_metadata=metadata(nonce=nonce, idea=page.suggestion.id),
    )


def praise_form(praise: Praise, ideas: Sequence[Suggestion], language: str, *, nonce: str) -> View:
    """The same the other way round: a praise, and the idea that is behind it."""
    tongue = speak(language)
    if not ideas:
        none = tongue.t("No idea was done before this praise that is not linked to it.")
        return forms.told(tongue, [quotation(praise.words), section(none)])
    return forms.modal(
        tongue.t("The idea behind praise"),
        [
            quotation(praise.words),
            forms.choice(IDEA, tongue.t("Which idea is behind it?"), [(one.id, one.title) for one in ideas]),
        ],
        submit=tongue.t("Link them"),
        close=tongue.t("Cancel"),
        callback_id=PRAISE_FORM,
        private_metadata=metadata(nonce=nonce, praise=praise.id),
    )
