"""What waits for admins: requests to answer and to deliver, points to confirm, accounts of people who left."""

from bot.services.reward_decisions import Queue
from bot.views import forms, grants, phrases, reward_words, rich
from bot.views.blocks import Block, actions, button, paragraph, quotation, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.corrections import Leaver
from storage.rewards import Request

APPROVE = "reward_approve"
REFUSE = "reward_refuse"
DELIVER = "reward_deliver"
SETTLE = "reward_settle"


def queue(found: Queue) -> View:
    """All that waits, each with its buttons."""
    tongue = speak(found.viewer.language)
    more = found.total - len(found.requests)
    blocks = [
        *(block for one in found.requests for block in _request(tongue, found, one)),
        *([section(tongue.t("And {count} more.", count=tongue.number(more)))] if more > 0 else []),
        *(block for one in found.corrections for block in grants.waiting(tongue, one, found.viewer)),
        *(block for one in found.leavers for block in _leaver(tongue, one)),
    ]
    told = [phrases.thanks_not_pay(tongue), *blocks] if blocks else [section(tongue.t("Nothing waits."))]
    return forms.modal(tongue.t("What waits"), told, close=tongue.t("Back"))


def _request(tongue: Tongue, found: Queue, one: Request) -> list[Block]:
    asked = paragraph("{person}", person=rich.person(one.person))
    own = section(tongue.t("Nobody answers their own request."))
    note = [quotation(one.note)] if one.note else []
    below = own if one.person.id == found.viewer.id else deeds(tongue, one)
    return [asked, reward_words.request(tongue, one), *note, below]


def deeds(tongue: Tongue, one: Request) -> Block:
    """The buttons for a request that waits for an answer, or to be delivered."""
    refuse = f"{one.id}:{one.state}"
    if one.state == "held":
        return actions(
            button(tongue.t("Grant it"), APPROVE, one.id, style="primary",
                   label=tongue.t("Grant {name}", name=one.reward.name)),
            button(tongue.t("Refuse, with a reason"), REFUSE, refuse,
                   label=tongue.t("Refuse {name}, with a reason", name=one.reward.name)),
        )  # fmt: skip
    return actions(
        button(tongue.t("It is delivered"), DELIVER, one.id, style="primary",
               label=tongue.t("{name} is delivered", name=one.reward.name)),
        button(tongue.t("Call it off, with a reason"), REFUSE, refuse,
               label=tongue.t("Call off {name}, with a reason", name=one.reward.name)),
    )  # fmt: skip


def _leaver(tongue: Tongue, one: Leaver) -> list[Block]:
    free = one.account.spendable - one.account.debt
    said = tongue.t("{person} left with {points}.") if free > 0 else tongue.t("{person} left owing {points}.")
    line = paragraph(said, person=rich.person(one.person), points=phrases.points(tongue, abs(free)))
    label = tongue.t("Settle the account of {name}", name=rich.name(one.person))
    return [line, actions(button(tongue.t("Settle"), SETTLE, one.person.id, label=label))]
