"""Before words are replaced for good: what a limit would take, and the second look."""

from collections.abc import Mapping

from bot.services.retention import Due
from bot.views import forms, rich
from bot.views.blocks import bullets, metadata, section
from bot.views.forms import View
from bot.views.tongue import mark, speak

SETTINGS_KEEP_FORM = "settings_keep_form"
_NOUNS: Mapping[str, str] = {
    "praise": mark("praise"),
    "kudos": mark("kudos with a reason"),
    "idea": mark("settled ideas"),
    "comment": mark("comments of the pulse"),
    "publicanswer": mark("public answers"),
    "reward": mark("notes and reasons beside rewards and points"),
}


def form(due: Due, months: int, language: str, *, nonce: str, shown: str) -> View:
    """What a limit of so many months would replace, in place of the form in which it was written; `shown` is what that
    form remembered of the limit."""
    tongue = speak(language)
    lines = [
        rich.fill("{what}: {count}", what=tongue.t(_NOUNS[noun]), count=tongue.number(due.counts.get(noun, 0)))
        for noun in _NOUNS
    ]
    return forms.modal(
        tongue.t("How long words are kept"),
        [
            section(tongue.t("Words from before {day} would be replaced for good:", day=tongue.day(due.day))),
            bullets(lines),
            section(tongue.t("It begins within a day and goes on every day, a thousand at a time. Points stay.")),
            section(tongue.t("*Nobody can bring these words back*, but from backups of yours.")),
        ],
        submit=tongue.t("Replace them for good"),
        close=tongue.t("Cancel"),
        callback_id=SETTINGS_KEEP_FORM,
        private_metadata=metadata(nonce=nonce, months=str(months), KEEP_MONTHS=shown),
    )
