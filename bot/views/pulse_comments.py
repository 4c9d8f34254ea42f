"""The comments of a round, for those who see its figures: in random order, word for word."""

from bot.rules.atoms import COMPANY
from bot.services.results import Told
from bot.views.blocks import Block, actions, button, quotation, section
from bot.views.forms import View
from bot.views.forms import told as told_view
from bot.views.tongue import Tongue, speak
from storage.results import Comment

PULSE_ASK = "pulse_ask"
PULSE_COMMENTS = "pulse_comments"
SOME = 8
"""Comments that stand in the message; a form shows all of them, `PAGE` at a time."""
PAGE = 40


def some(tongue: Tongue, told: Told) -> list[Block]:
    """The first comments, and a button for the others; or why there are none."""
    if not told.comments:
        return [section(_none(tongue, told))]
    every = button(tongue.t("Show all comments"), PULSE_COMMENTS, f"{told.survey.id}:0")
    return [
        _how_many(tongue, told),
        *(block for comment in told.comments[:SOME] for block in _comment(tongue, comment)),
        *([actions(every)] if len(told.comments) > SOME else []),
    ]


def _none(tongue: Tongue, told: Told) -> str:
    """Why there are none: too few, or too few of the team or of another, so that they are those of the company."""
    few = {"least": tongue.number(told.survey.least), "more": tongue.number(told.survey.least_comments)}
    if told.mine and told.mine.cut != COMPANY:
        return tongue.t(
            "No comment is shown to you: fewer than {least} people of your team wrote one, or some team has fewer than "
            "{more} answers. Those that many teams wrote together go to the admins.",
            **few,
        )
    return tongue.t("No comment is shown: fewer than {least} people wrote one, or fewer than {more} answered.", **few)


def form(told: Told, first: int = 0) -> View:
    """All comments from the `first` on, a page of them, in a form."""
    tongue = speak(told.viewer.language)
    page, after = told.comments[first : first + PAGE], first + PAGE
    following = button(tongue.t("More comments"), PULSE_COMMENTS, f"{told.survey.id}:{after}")
    return told_view(
        tongue,
        [
            _how_many(tongue, told),
            *(block for comment in page for block in _comment(tongue, comment)),
            *([actions(following)] if after < len(told.comments) else []),
        ],
    )


def _how_many(tongue: Tongue, told: Told) -> Block:
    return section(tongue.n("{count} comment:", "{count} comments, in random order:", len(told.comments)))


def _comment(tongue: Tongue, comment: Comment) -> list[Block]:
    """A comment; one whose writer left a code can be asked one question."""
    ask = button(tongue.t("Ask back"), PULSE_ASK, comment.id, label=tongue.t("Ask the unknown writer one question"))
    return [quotation(comment.words), *([actions(ask)] if comment.receipt else [])]
