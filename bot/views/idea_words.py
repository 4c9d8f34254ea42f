"""How ideas are called: their states, who gains, which wall they break, and one of them in a few lines."""

from collections.abc import Mapping, Sequence

from bot.rules.suggestions import Gains, State, Wall
from bot.views import rich
from bot.views.blocks import Block, context, paragraph, quotation, section
from bot.views.rich import Element
from bot.views.strings import one_line
from bot.views.tongue import Tongue, mark
from storage.suggestions import Suggestion

STATES: Mapping[State, str] = {
    "new": mark("New"),
    "review": mark("Under review"),
    "accepted": mark("Accepted"),
    "doing": mark("In progress"),
    "done": mark("Done"),
    "declined": mark("Declined"),
}
GAINS: Mapping[Gains, str] = {
    "customer": mark("Customers"),
    "colleague": mark("Colleagues"),
    "both": mark("Customers and colleagues"),
}
WALLS: Mapping[Wall, str] = {
    "silos": mark("Departments that keep to themselves"),
    "rules": mark("Rigid rules"),
    "inward": mark("Looking inward, not at customers"),
    "news": mark("News that does not arrive"),
    "front": mark("A front line left alone"),
}


def state(tongue: Tongue, suggestion: Suggestion) -> str:
    """In which state an idea is."""
    return tongue.t(STATES[suggestion.state])


def title(suggestion: Suggestion) -> Sequence[Element]:
    """The title, bold."""
    return rich.bold(one_line(suggestion.title))


def author(tongue: Tongue, suggestion: Suggestion) -> Sequence[Element]:
    """Whose idea it is: a mention, or that nobody knows."""
    if suggestion.author:
        return rich.somebody(tongue, suggestion.author)
    return rich.words(tongue.t("a colleague") if suggestion.named else tongue.t("somebody without a name"))


def line(tongue: Tongue, suggestion: Suggestion) -> Block:
    """One idea in a line of a list."""
    told = tongue.t("{title} · {state} · from {author}")
    return paragraph(told, title=title(suggestion), state=state(tongue, suggestion), author=author(tongue, suggestion))


def backers(tongue: Tongue, count: int) -> str:
    """How many back it, or nothing."""
    return tongue.n("{count} colleague backs it.", "{count} colleagues back it.", count) if count else ""


def whole(tongue: Tongue, suggestion: Suggestion) -> list[Block]:
    """An idea in its author's words, and what else it says."""
    facts = [
        tongue.t("Who gains: {gains}", gains=_named(tongue, GAINS, suggestion.gains)),
        tongue.t("The wall it breaks: {wall}", wall=_named(tongue, WALLS, suggestion.wall)) if suggestion.wall else "",
        tongue.t("Sent on {day}", day=tongue.day(suggestion.sent_on)),
    ]
    origin = tongue.t("A customer said this, beside words of praise.")
    return [
        line(tongue, suggestion),
        *([section(origin)] if suggestion.praise_id else []),
        quotation(suggestion.what),
        *([section(tongue.t("Why:")), quotation(suggestion.why)] if suggestion.why else []),
        context(*facts, backers(tongue, suggestion.backers)),
    ]


def _named(tongue: Tongue, names: Mapping[Gains, str] | Mapping[Wall, str], name: str) -> str:
    said = {str(key): words for key, words in names.items()}.get(name)
    return tongue.t(said) if said else name
