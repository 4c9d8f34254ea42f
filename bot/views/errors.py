"""What a person sees when something broke on our side."""

from bot.views import forms
from bot.views.blocks import paragraph, say, section
from bot.views.fitting import fitted
from bot.views.forms import View
from bot.views.rich import code
from bot.views.tongue import speak
from storage.outbox import Message


def failed(reference: str, language: str) -> Message:
    """An apology with the reference under which an admin finds the trouble in the log."""
    tongue = speak(language)
    return say(
        tongue,
        section(tongue.t("Something went wrong on our side. Nothing was changed. Please try again in a minute.")),
        paragraph(
            tongue.t("If it happens again, give your admin this reference: {reference}"), reference=code(reference)
        ),
    )


def instead(message: Message, language: str) -> View:
    """A message as a view: in place of a form that has no field below which it could stand, or after a press in one."""
    tongue = speak(language)
    return forms.told(tongue, fitted(tongue, message["blocks"]))
