"""Lists of ideas, and the queue of those who answer them with its filters."""

from collections.abc import Mapping, Sequence

from bot.services.suggestion_pages import SHOWN, Listed, Scope
from bot.views import forms, idea_words, letters, limits
from bot.views.blocks import Block, actions, context, leaves, paragraph, say, section
from bot.views.idea_words import STATES, WALLS
from bot.views.suggestion_forms import back_button, backable
from bot.views.suggestion_news import open_button
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message
from storage.suggestions import Suggestion

BY_STATE = "idea_by_state"
BY_WALL = "idea_by_wall"
BY_TEAM = "idea_by_team"
LEAF = "idea_leaf"
_TEAMS = 60
"""Teams in a filter: what a choice takes, less the first that means all; their names are cut as they are shown."""
_HEADS: Mapping[Scope, str] = {
    "open": mark("*Open ideas*"),
    "mine": mark("*Your ideas*"),
    "review": mark("*Ideas that wait for an answer*"),
    "done": mark("*Ideas that were done*"),
    "all": mark("*Ideas*"),
}


def listed(listed: Listed) -> Message:
    """The ideas that were asked for, each with its buttons; the queue has filters above."""
    tongue = speak(listed.viewer.language)
    head = (
        paragraph(tongue.t("Ideas like “{words}”"), words=listed.words)
        if listed.words
        else section(tongue.t(_HEADS[listed.scope]))
    )
    more = listed.total - listed.first - len(listed.ideas)
    return say(
        tongue,
        head,
        *_filters(tongue, listed),
        *(block for one in listed.ideas for block in _one(tongue, listed, one)),
        *([] if listed.ideas else [section(_none(tongue, listed))]),
        *([section(tongue.t("And {count} more.", count=tongue.number(more)))] if more > 0 else []),
        *_others(tongue, listed, more),
        *([actions(letters.code_button(tongue))] if listed.scope == "mine" else []),
        context(tongue.t("`/ideas open`, `mine`, `done` or words to search; `/suggest` brings a new one.")),
    )


def _others(tongue: Tongue, listed: Listed, more: int) -> list[Block]:
    """What leads to the pages before and after this one: the queue begins with the oldest, other lists with the newest,
    and what was found by words with what is most like them."""
    if listed.words:
        before, after = tongue.t("Back"), tongue.t("More")
    elif listed.scope == "review":
        before, after = tongue.t("Older"), tongue.t("Newer")
    else:
        before, after = tongue.t("Newer"), tongue.t("Older")
    pages = [(before, _place(listed, max(0, listed.first - SHOWN)))] if listed.first else []
    pages += [(after, _place(listed, listed.first + SHOWN))] if more > 0 else []
    return leaves(LEAF, *pages)


def _place(listed: Listed, first: int) -> str:
    """A page of the same list: what no name of a team holds comes before the words."""
    wanted = listed.wanted
    state = wanted.states[0] if len(wanted.states) == 1 else ""
    return f"{first}:{listed.scope}:{state}:{wanted.wall}:{wanted.team}\n{listed.words}"


def _none(tongue: Tongue, listed: Listed) -> str:
    if listed.words:
        return tongue.t("I find no idea with these words. `/suggest` brings a new one.")
    if listed.scope == "review":
        return tongue.t("No idea waits for an answer here.")
    return tongue.t("There is none yet. `/suggest` brings the first.")


def _one(tongue: Tongue, listed: Listed, suggestion: Suggestion) -> list[Block]:
    own = suggestion.author_id == listed.viewer.id
    buttons = [open_button(tongue, suggestion)]
    if backable(suggestion) and not own:
        buttons.append(back_button(tongue, suggestion, backs=suggestion.id in listed.backed))
    counted = idea_words.backers(tongue, suggestion.backers)
    return [
        idea_words.line(tongue, suggestion),
        *([context(counted)] if counted else []),
        actions(*buttons),
    ]


def _filters(tongue: Tongue, listed: Listed) -> list[Block]:
    if listed.scope != "review" or listed.words:
        return []
    wanted = listed.wanted
    now = [wanted.states[0] if len(wanted.states) == 1 else "", wanted.wall, wanted.team]

    def menu(action_id: str, label: str, place: int, names: Sequence[tuple[str, str]]) -> Block:
        options = [(":".join([*now[:place], name, *now[place + 1 :]]), shown) for name, shown in names]
        return forms.menu(action_id, label, options, initial=":".join(now))

    states = [("", tongue.t("All that wait")), *((one, tongue.t(words)) for one, words in STATES.items())]
    walls = [("", tongue.t("Any wall")), *((one, tongue.t(words)) for one, words in WALLS.items())]
    teams = [
        ("", tongue.t("Any team")),
        *((one, one) for one in listed.teams[:_TEAMS] if len(one) <= limits.OPTION_TEXT),
    ]
    return [
        actions(
            menu(BY_STATE, tongue.t("State"), 0, states),
            menu(BY_WALL, tongue.t("Wall"), 1, walls),
            menu(BY_TEAM, tongue.t("Team"), 2, teams),
        )
    ]
