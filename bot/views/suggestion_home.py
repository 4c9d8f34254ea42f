"""Ideas in Home: one's own with their states, and those that a lead or an admin may answer."""

from bot.services.suggestion_pages import Listed
from bot.views import idea_words
from bot.views.blocks import Block, actions, button, context, header, section
from bot.views.suggestion_news import open_button
from bot.views.tongue import Tongue
from storage.suggestions import Suggestion

HOME_MINE = "home_mine"
HOME_REVIEW = "home_review"


def home_section(tongue: Tongue, listed: Listed) -> list[Block]:
    """In Home: the newest of one's own ideas."""
    if not listed.ideas:
        none = tongue.t("None yet. What would make it better for customers or colleagues? A sentence is enough.")
        return [header(tongue.t("Your ideas")), section(none)]
    every = button(tongue.t("All your ideas"), HOME_MINE, "mine")
    return [header(tongue.t("Your ideas")), *_ideas(tongue, listed), actions(every)]


def to_answer(tongue: Tongue, listed: Listed) -> list[Block]:
    """In Home: ideas that wait for an answer of this lead or admin."""
    if not listed.ideas:
        return []
    label = tongue.t("All ideas that wait for an answer")
    queue = button(tongue.t("All that wait"), HOME_REVIEW, "review", label=label)
    more = listed.total - len(listed.ideas)
    said = tongue.t("And {count} more.", count=tongue.number(more))
    return [
        header(tongue.t("Ideas that wait for an answer")),
        *_ideas(tongue, listed),
        *([section(said)] if more > 0 else []),
        actions(queue),
    ]


def _ideas(tongue: Tongue, listed: Listed) -> list[Block]:
    return [block for one in listed.ideas for block in _one(tongue, one)]


def _one(tongue: Tongue, suggestion: Suggestion) -> list[Block]:
    counted = idea_words.backers(tongue, suggestion.backers)
    return [
        idea_words.line(tongue, suggestion),
        *([context(counted)] if counted else []),
        actions(open_button(tongue, suggestion)),
    ]
