"""People without a Slack account in forms: Slack cannot offer them, so the bot does."""

from collections.abc import Sequence

from bot.rules.praise import MAX_PEOPLE
from bot.services.people import OURS
from bot.views import forms, limits, rich
from bot.views.blocks import Block
from bot.views.strings import cut
from bot.views.tongue import Tongue
from storage.people import Member

OTHERS = "others"


def field(tongue: Tongue, *, most: int = MAX_PEOPLE) -> Block:
    """A field for some of them, whom `options` offers while one types."""
    hint = tongue.t("Colleagues who stand on the list of people by name.")
    return forms.asked(OTHERS, tongue.t("People without Slack"), most=most, hint=hint)


def options(members: Sequence[Member]) -> list[Block]:
    """What the field offers: names, with the team where it is known."""
    shown = [f"{rich.name(member)} · {member.team}" if member.team else rich.name(member) for member in members]
    return [
        {"text": forms.plain(cut(text, limits.OPTION_TEXT)), "value": OURS + member.id}
        for text, member in zip(shown[: limits.OPTIONS], members, strict=False)
    ]
