"""What people see who did something about rewards: in place of the form, or below the button."""

from bot.services.fund import Given
from bot.services.reward_decisions import Decided
from bot.services.rewards import Asked
from bot.views import forms, phrases, reward_words, rich
from bot.views.blocks import Block, paragraph, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.fund import Project
from storage.outbox import Message
from storage.rewards import Request, Reward


def _told(language: str, *blocks: Block) -> View:
    """A view that ends with what points are not: each of these shows some."""
    tongue = speak(language)
    return {**forms.told(tongue, [*blocks, phrases.thanks_not_pay(tongue)]), "clear_on_close": True}


def asked(asked: Asked) -> View:
    """What whoever asked for a reward sees."""
    tongue, language = speak(asked.request.person.language), asked.request.person.language
    held = tongue.t("{points} are put by for it.", points=phrases.points(tongue, asked.request.price))
    if asked.admins:
        then = tongue.t("Asked: {people}. You hear as soon as one of them answers.")
        who = paragraph(then, people=rich.people(tongue, asked.admins, most=3))
    else:
        nobody = tongue.t("No admin but you could answer it yet. Without an answer the points come back in 30 days.")
        who = section(nobody)
    return _told(language, reward_words.request(tongue, asked.request), section(held), who)


def withdrawn(request: Request, language: str) -> Message:
    """What whoever withdrew a request sees, where no view can be drawn anew."""
    tongue = speak(language)
    said = section(tongue.t("You withdrew it, and your points are free again."))
    return say(tongue, reward_words.request(tongue, request), said, phrases.thanks_not_pay(tongue))


def given(gift: Given) -> View:
    """What whoever gave to a project sees."""
    tongue = speak(gift.person.language)
    thanks = tongue.t("Thank you! You gave {points}.", points=phrases.points(tongue, gift.amount))
    full = tongue.t("With this the project has its goal.") if gift.project.state == "reached" else ""
    blocks = [section(phrases.lines(thanks, full)), reward_words.project(tongue, gift.project)]
    return _told(gift.person.language, *blocks)


def decided(change: Decided, language: str) -> Message:
    """What an admin who answered or delivered sees."""
    tongue = speak(language)
    return say(tongue, *_decision(tongue, change), phrases.thanks_not_pay(tongue))


def noted(change: Decided, language: str) -> View:
    """The same in place of a form."""
    return _told(language, *_decision(speak(language), change))


def _decision(tongue: Tongue, change: Decided) -> list[Block]:
    person = change.request.person
    told = tongue.t("Noted. {person} hears of it.") if person.absence is None else tongue.t("Noted.")
    return [paragraph(told, person=rich.person(person)), reward_words.request(tongue, change.request)]


def catalogued(reward: Reward, language: str) -> View:
    """What an admin who edited the catalogue sees."""
    tongue = speak(language)
    return _told(language, section(tongue.t("So it stands in the catalogue now:")), reward_words.reward(tongue, reward))


def opened(project: Project, language: str) -> View:
    """What an admin who opened or changed a project sees."""
    tongue = speak(language)
    said = section(tongue.t("So the project stands now; everybody can give to it with `/rewards`."))
    return _told(language, said, reward_words.project(tongue, project))


def closed(project: Project, givers: int, language: str) -> View:
    """What an admin who closed a project sees."""
    tongue = speak(language)
    said = tongue.n(
        "It is closed. {count} colleague gets their points back within minutes.",
        "It is closed. {count} colleagues get their points back within minutes.",
        givers,
    )
    return _told(language, section(said), reward_words.project(tongue, project))
