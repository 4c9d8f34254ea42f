"""A lead's pick for tomorrow: what could open the next morning, each with a button.

The buttons stand in this answer, which only the lead who asked for it sees, and not below the post in the channel:
there everybody would see a button that few may press.
"""

from bot.services.picks import Choice, Choices
from bot.views import phrases, rituals
from bot.views.blocks import Block, actions, bullets, button, context, say, section
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

PICK = "praise_pick"
ON, OFF = "on", "off"


def offer(choices: Choices) -> Message:
    """What a lead chooses from, in their language."""
    tongue = speak(choices.lead.language)
    if not choices.choices:
        none = tongue.t("There is no praise that could open the next morning. `/praise` brings some.")
        return say(tongue, section(none))
    intro = tongue.t(
        "Which praise shall open the next morning? Of several picks the latest does; without one, the praise that "
        "moves people most."
    )
    return say(tongue, section(intro), *(block for choice in choices.choices for block in _choice(tongue, choice)))


def _choice(tongue: Tongue, choice: Choice) -> list[Block]:
    return [
        bullets([rituals.line(tongue, choice.praise)]),
        context(*_notes(tongue, choice)),
        actions(_button(tongue, choice)),
    ]


def _notes(tongue: Tongue, choice: Choice) -> list[str]:
    state = tongue.t("New") if choice.is_new else tongue.t("Older, never opened a morning")
    repeats = tongue.t("Somebody in it opened the last morning too, so another goes first if there is one.")
    picked = tongue.t("*Picked for the next morning*")
    applause = phrases.applause(tongue, choice.praise.applause)
    return [picked if choice.is_picked else state, applause, repeats if choice.repeats else ""]


def _button(tongue: Tongue, choice: Choice) -> Block:
    words = choice.praise.words
    if choice.is_picked:
        label = tongue.t("Take the pick back: {words}", words=words)
        return button(tongue.t("Take the pick back"), PICK, f"{OFF}:{choice.praise.id}", label=label)
    label = tongue.t("Open the next morning with this: {words}", words=words)
    return button(tongue.t("Open the next morning with this"), PICK, f"{ON}:{choice.praise.id}", label=label)
