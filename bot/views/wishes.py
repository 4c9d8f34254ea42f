"""How somebody wants to be asked: what is set, and the buttons that change it."""

from bot.views.blocks import Block, actions, button, context, say, section
from bot.views.phrases import lines
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.wishes import Wish

PULSE_OUT = "pulse_out"
PULSE_IN = "pulse_in"
PULSE_REMIND = "pulse_remind"


def changed(wish: Wish, language: str) -> Message:
    """What is set now."""
    tongue = speak(language)
    return say(tongue, section(tongue.t("Noted.")), *settings(tongue, wish))


def settings(tongue: Tongue, wish: Wish) -> list[Block]:
    """What is set, what changes it, and that nobody else is told."""
    return [
        section(lines(_asked(tongue, wish), _reminded(tongue, wish))),
        actions(_ask_button(tongue, wish), _remind_button(tongue, wish)),
        context(
            lines(
                tongue.t("`/pulse away 2026-12-24` lets you rest until that day; `/pulse on` ends it."),
                tongue.t("Nobody else is told how you want to be asked."),
            )
        ),
    ]


def _asked(tongue: Tongue, wish: Wish) -> str:
    if wish.opted_out:
        return tongue.t("I do not ask you, as you wished.")
    if wish.away_until:
        return tongue.t("I do not ask you before {day}, as you wished.", day=tongue.weekday(wish.away_until))
    return tongue.t("I ask you in every round.")


def _reminded(tongue: Tongue, wish: Wish) -> str:
    if wish.reminds:
        return tongue.t("If you have not answered, I remind you once, on the next working day.")
    return tongue.t("I do not remind you.")


def _ask_button(tongue: Tongue, wish: Wish) -> Block:
    if wish.opted_out or wish.away_until:
        return button(tongue.t("Ask me again"), PULSE_IN, "on")
    return button(tongue.t("Do not ask me"), PULSE_OUT, "off", label=tongue.t("Do not ask me any pulse question"))


def _remind_button(tongue: Tongue, wish: Wish) -> Block:
    if wish.reminds:
        return button(tongue.t("Do not remind me"), PULSE_REMIND, "off")
    return button(tongue.t("Remind me once"), PULSE_REMIND, "on")
