"""What people are told of ideas: those who answer, those whose idea it is or who back it, and the channel."""

from bot.rules.suggestions import REMIND_AFTER
from bot.services.credits import Credited, Solved
from bot.services.suggestions import MovedOn
from bot.views import idea_words, phrases, rich
from bot.views.blocks import Block, actions, button, header, paragraph, quotation, say, section
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message
from storage.people import Member
from storage.suggestions import Suggestion

OPEN = "idea_open"
_NEWS = {
    "review": mark("{mover} looks at the idea {title} now."),
    "accepted": mark("{mover} accepted the idea {title}."),
    "doing": mark("The idea {title} is being put into practice, says {mover}."),
    "done": mark("The idea {title} is done, says {mover}."),
    "declined": mark("{mover} declined the idea {title}."),
}


def open_button(tongue: Tongue, suggestion: Suggestion) -> Block:
    """The button that opens an idea with all that became of it."""
    label = tongue.t("Open the idea {title}", title=suggestion.title)
    return button(tongue.t("Open"), OPEN, suggestion.id, label=label)


def request(suggestion: Suggestion, reviewer: Member) -> Message:
    """For a lead or an admin: an idea waits for their answer."""
    tongue = speak(reviewer.language)
    asked = tongue.t("A new idea waits for an answer. Whoever answers first does it for all.")
    return say(tongue, section(asked), *_waiting(tongue, suggestion))


def reminder(suggestion: Suggestion, reviewer: Member) -> Message:
    """The same after days without an answer."""
    tongue = speak(reviewer.language)
    waited = tongue.n(
        "This idea has waited for {count} working day. Can you answer it?",
        "This idea has waited for {count} working days. Can you answer it?",
        REMIND_AFTER,
    )
    return say(tongue, section(waited), *_waiting(tongue, suggestion))


def _waiting(tongue: Tongue, suggestion: Suggestion) -> list[Block]:
    queue = tongue.t("`/ideas review` shows all that wait.")
    return [*idea_words.whole(tongue, suggestion), actions(open_button(tongue, suggestion)), section(queue)]


def settled(change: MovedOn, reviewer: Member) -> Message:
    """What stands in a reviewer's message once somebody moved the idea."""
    tongue = speak(reviewer.language)
    button_below = actions(open_button(tongue, change.suggestion))
    return say(tongue, _moved(tongue, change), *idea_words.whole(tongue, change.suggestion), button_below)


def news(change: MovedOn, person: Member) -> Message:
    """A change of state, for the author or one who backs it, in their language."""
    tongue, suggestion = speak(person.language), change.suggestion
    mine = suggestion.author_id == person.id
    whose = tongue.t("*This idea was yours.*") if mine else tongue.t("You back this idea.")
    counted = mine and (change.awarded or change.taken)
    return say(
        tongue,
        _moved(tongue, change),
        *_reason(tongue, change),
        section(phrases.lines(whose, _points(tongue, change) if mine else "")),
        actions(open_button(tongue, suggestion)),
        *([phrases.thanks_not_pay(tongue)] if counted else []),
    )


def _points(tongue: Tongue, change: MovedOn) -> str:
    if change.taken:
        points = phrases.points(tongue, change.taken)
        return tongue.t("This takes back {points} that you got for it.", points=points)
    return phrases.got(tongue, change.awarded)


def _moved(tongue: Tongue, change: MovedOn) -> Block:
    mover, title = phrases.somebody(tongue, change.step.mover), idea_words.title(change.suggestion)
    return paragraph(tongue.t(_NEWS[change.step.became]), mover=mover, title=title)


def _reason(tongue: Tongue, change: MovedOn) -> list[Block]:
    if not change.step.reason:
        return []
    said = tongue.t("The reason:") if change.step.became == "declined" else tongue.t("They add:")
    return [section(said), quotation(change.step.reason)]


def echo(suggestion: Suggestion, language: str) -> Message:
    """The channel hears that an idea was done, and whose it was if they are to be named."""
    tongue, author = speak(language), suggestion.author
    named = author if author and not author.keeps_private else None
    told = tongue.t("{person}, this idea was yours. Thank you!")
    nobody = section(tongue.t("Thank you to whose idea it was!"))
    return say(
        tongue,
        header(tongue.t("An idea was put into practice")),
        paragraph("{title}", title=idea_words.title(suggestion)),
        quotation(suggestion.what),
        paragraph(told, person=rich.somebody(tongue, named)) if named else nobody,
        *([section(counted)] if (counted := idea_words.backers(tongue, suggestion.backers)) else []),
    )


def credit(suggestion: Suggestion, language: str) -> Message:
    """Below the post of a praise: whose idea is behind it."""
    tongue, author = speak(language), suggestion.author
    if author and not author.keeps_private:
        told = tongue.t("Behind this praise is an idea: {title}. It was {author}'s. Thank you!")
        return say(tongue, paragraph(told, title=idea_words.title(suggestion), author=rich.somebody(tongue, author)))
    told = tongue.t("Behind this praise is an idea of a colleague: {title}. Thank you!")
    return say(tongue, paragraph(told, title=idea_words.title(suggestion)))


def credit_dm(credit: Credited, author: Member) -> Message:
    """What the author of an idea gets when a praise came because of it."""
    tongue = speak(author.language)
    told = tongue.t("A customer's praise came because of your idea {title}, says {linker}:")
    return say(
        tongue,
        paragraph(told, title=idea_words.title(credit.suggestion), linker=rich.somebody(tongue, credit.linker)),
        *phrases.words_of(tongue, credit.praise),
    )


def solved_dm(found: Solved, person: Member) -> Message:
    """What somebody gets who solved a major problem."""
    tongue = speak(person.language)
    told = tongue.t("{confirmer} confirms that you solved a major problem: {title}.")
    return say(
        tongue,
        paragraph(told, confirmer=rich.somebody(tongue, found.confirmer), title=idea_words.title(found.suggestion)),
        *phrases.reward(tongue, found.points),
    )
