"""The forms of rewards: asking for one, giving to a project, and those of admins."""

from bot.rules.points import Account
from bot.rules.rewards import MAX_ABOUT, MAX_NAME, MAX_NOTE, MAX_REASON
from bot.services import catalogue, fund
from bot.services.catalogue import NEW
from bot.views import forms, phrases, reward_words, rich
from bot.views.blocks import Block, metadata, paragraph, section
from bot.views.forms import View
from bot.views.reward_words import KINDS
from bot.views.tongue import Tongue, speak
from storage.corrections import Leaver
from storage.fund import Project
from storage.people import Member
from storage.rewards import Request, Reward

ASK_FORM = "reward_ask_form"
GIVE_FORM = "reward_give_form"
REFUSE_FORM = "reward_refuse_form"
EDIT_FORM = "reward_edit_form"
PROJECT_FORM = "reward_project_form"
CLOSE_FORM = "reward_close_form"
SETTLE_FORM = "reward_settle_form"
NOTE, AMOUNT, REASON, HOW = "note", "amount", "reason", "how"
KIND, NAME, ABOUT, PRICE, STOCK, BUDGET, OFFERED = "kind", "name", "about", "price", "stock", "budget", "offered"
GOAL = "goal"
"""The fields of the forms."""
YES, NO = "yes", "no"
_DIGITS = 9


def ask_form(person: Member, reward: Reward, account: Account, *, nonce: str) -> View:
    """The form that asks for a reward."""
    tongue = speak(person.language)
    after = phrases.points(tongue, account.spendable - reward.price)
    said = tongue.t(
        "The points are put by until an admin answers, and come back if they refuse or nobody answers within 30 days. "
        "You have {points} to spend then.",
        points=after,
    )
    hint = tongue.t("Which day, which course? The admins read it.")
    return forms.modal(
        tongue.t("Ask for a reward"),
        [
            reward_words.reward(tongue, reward),
            section(said),
            forms.text(NOTE, tongue.t("A word to the admins"), most=MAX_NOTE, long=True, optional=True, hint=hint),
        ],
        submit=tongue.t("Ask for it"),
        close=tongue.t("Back"),
        callback_id=ASK_FORM,
        private_metadata=metadata(nonce=nonce, reward=reward.id, price=str(reward.price)),
    )


def give_form(person: Member, project: Project, account: Account, *, nonce: str) -> View:
    """The form that gives points to a project."""
    tongue = speak(person.language)
    most = phrases.points(tongue, min(project.left, account.spendable))
    said = tongue.t("You can give up to {points}. If the project is closed without its goal, they come back.",
                    points=most)  # fmt: skip
    return forms.modal(
        tongue.t("Give to a project"),
        [
            reward_words.project(tongue, project),
            section(said),
            forms.text(AMOUNT, tongue.t("How many points?"), most=_DIGITS),
        ],
        submit=tongue.t("Give"),
        close=tongue.t("Back"),
        callback_id=GIVE_FORM,
        private_metadata=metadata(nonce=nonce, project=project.id),
    )


def refuse_form(request: Request, language: str, *, nonce: str) -> View:
    """The form that asks why a request is refused, or one that was granted called off."""
    tongue = speak(language)
    asked = tongue.t("{person} asked for this. The points are returned.")
    return forms.modal(
        tongue.t("Refuse a request"),
        [
            reward_words.request(tongue, request),
            paragraph(asked, person=rich.person(request.person)),
            _reason(tongue, tongue.t("The one who asked will read this.")),
        ],
        submit=tongue.t("Refuse"),
        close=tongue.t("Back"),
        callback_id=REFUSE_FORM,
        private_metadata=metadata(nonce=nonce, request=request.id, was=request.state),
    )


def _reason(tongue: Tongue, hint: str) -> Block:
    return forms.text(REASON, tongue.t("Why?"), most=MAX_REASON, long=True, hint=hint)


def edit_form(reward: Reward | None, language: str, *, nonce: str) -> View:
    """The form in which an admin adds a reward, changes or retires one."""
    tongue, known = speak(language), reward is not None
    kinds = [(kind, tongue.t(words)) for kind, words in KINDS.items()]
    offered = [(YES, tongue.t("On offer")), (NO, tongue.t("Retired"))]
    none = tongue.t("Leave it empty for no limit.")
    stock, budget = ("" if one is None else str(one) for one in ((reward.stock, reward.budget) if reward else ("", "")))
    return forms.modal(
        tongue.t("Change a reward") if known else tongue.t("Add a reward"),
        [
            forms.choice(KIND, tongue.t("Kind"), kinds, initial=reward.kind if reward else "timeoff"),
            forms.text(NAME, tongue.t("Name"), most=MAX_NAME, initial=reward.name if reward else ""),
            forms.text(
                ABOUT, tongue.t("What it is"), most=MAX_ABOUT, initial=reward.about if reward else "", optional=True
            ),
            forms.text(
                PRICE, tongue.t("Price in points"), most=_DIGITS, initial=str(reward.price) if reward else ""
            ),
            forms.text(STOCK, tongue.t("How many are left?"), most=_DIGITS, initial=stock, optional=True, hint=none),
            forms.text(
                BUDGET, tongue.t("How many points may be spent on it?"), most=_DIGITS, initial=budget, optional=True,
                hint=none,
            ),
            *(
                [forms.choice(OFFERED, tongue.t("Is it on offer?"), offered, initial=YES if reward.offered else NO)]
                if reward
                else []
            ),
        ],
        submit=tongue.t("Save"),
        close=tongue.t("Back"),
        callback_id=EDIT_FORM,
        private_metadata=metadata(
            nonce=nonce, reward=reward.id if reward else NEW, seen=catalogue.state(reward)
        ),
    )  # fmt: skip


def project_form(project: Project | None, language: str, *, nonce: str) -> View:
    """The form in which an admin opens a project of the innovation fund, or changes one."""
    tongue = speak(language)
    return forms.modal(
        tongue.t("Change a project") if project else tongue.t("A new project"),
        [
            forms.text(NAME, tongue.t("Name"), most=MAX_NAME, initial=project.name if project else ""),
            forms.text(
                ABOUT, tongue.t("What it is"), most=MAX_ABOUT, initial=project.about if project else "", optional=True
            ),
            forms.text(GOAL, tongue.t("Goal in points"), most=_DIGITS, initial=str(project.goal) if project else ""),
        ],
        submit=tongue.t("Save"),
        close=tongue.t("Back"),
        callback_id=PROJECT_FORM,
        private_metadata=metadata(nonce=nonce, project=project.id if project else NEW, seen=fund.state(project)),
    )


def close_form(project: Project, language: str, *, nonce: str) -> View:
    """The form in which an admin closes a project without its goal."""
    tongue = speak(language)
    back = tongue.t("It has not got its goal, so everybody who gave to it gets their points back.")
    return forms.modal(
        tongue.t("Close a project"),
        [
            reward_words.project(tongue, project),
            section(back),
            _reason(tongue, tongue.t("Those who gave to it will read this.")),
        ],
        submit=tongue.t("Close it"),
        close=tongue.t("Back"),
        callback_id=CLOSE_FORM,
        private_metadata=metadata(nonce=nonce, project=project.id),
    )


def settle_form(leaver: Leaver, language: str, *, nonce: str) -> View:
    """The form in which an admin settles the account of somebody who left."""
    tongue = speak(language)
    free = leaver.account.spendable - leaver.account.debt
    paid = [("paid", tongue.t("Paid out"))] if free > 0 else []
    said = (
        tongue.t("{person} left with {points}. Golden Ear pays nothing out: it notes what you did.")
        if free > 0
        else tongue.t("{person} left owing {points}.")
    )
    return forms.modal(
        tongue.t("Settle an account"),
        [
            paragraph(said, person=rich.person(leaver.person), points=phrases.points(tongue, abs(free))),
            forms.choice(HOW, tongue.t("How is it settled?"), [*paid, ("void", tongue.t("The points are void"))]),
            _reason(tongue, tongue.t("It is kept with the entry.")),
        ],
        submit=tongue.t("Settle"),
        close=tongue.t("Back"),
        callback_id=SETTLE_FORM,
        private_metadata=metadata(nonce=nonce, person=leaver.person.id, seen=str(free)),
    )
