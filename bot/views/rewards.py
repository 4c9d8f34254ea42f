"""Rewards: what `/rewards` opens, what Home shows of them, and answers to what people do; forms and news stand beside
it."""

from collections.abc import Sequence

from bot.rules.points import Account
from bot.rules.rewards import MAX_PROJECTS, MAX_REWARDS
from bot.services.catalogue import NEW
from bot.services.rewards import AtHome, Shelf
from bot.views import forms, phrases, reward_words
from bot.views.blocks import Block, actions, button, section
from bot.views.forms import View
from bot.views.reward_forms import ask_form, close_form, edit_form, give_form, project_form, refuse_form, settle_form
from bot.views.reward_news import news, reached, settled, task
from bot.views.reward_queue import queue
from bot.views.reward_told import asked, catalogued, closed, decided, given, noted, opened, withdrawn
from bot.views.reward_words import KINDS
from bot.views.tongue import Tongue, speak
from storage.fund import Project
from storage.rewards import Request, Reward

__all__ = [
    "ask_form",
    "asked",
    "catalogued",
    "close_form",
    "closed",
    "decided",
    "edit_form",
    "give_form",
    "given",
    "home_section",
    "news",
    "noted",
    "opened",
    "project_form",
    "queue",
    "reached",
    "refuse_form",
    "settle_form",
    "settled",
    "shelf",
    "task",
    "withdrawn",
]

OPEN = "reward_open"
ASK = "reward_ask"
WITHDRAW = "reward_withdraw"
GIVE = "reward_give"
QUEUE = "reward_queue"
EDIT = "reward_edit"
ADD = "reward_add"
PROJECT = "reward_project"
CLOSE = "reward_close"


def shelf(shelf: Shelf) -> View:
    """The balance, one's own requests, and the catalogue in its three kinds; for admins what they can do with it."""
    tongue = speak(shelf.viewer.language)
    return forms.modal(
        tongue.t("Rewards"),
        [
            section(_balance(tongue, shelf.account)),
            *_tools(tongue, shelf),
            *_own(tongue, shelf.own),
            *_catalogue(tongue, shelf),
            phrases.thanks_not_pay(tongue),
        ],
        close=tongue.t("Close"),
    )


def _balance(tongue: Tongue, account: Account) -> str:
    held = tongue.t("{points} more are put by.", points=phrases.points(tongue, account.held)) if account.held else ""
    free = tongue.t("You have {points} to spend.", points=phrases.points(tongue, account.spendable))
    return phrases.lines(free, held)


def _own(tongue: Tongue, own: Sequence[Request]) -> list[Block]:
    if not own:
        return []
    blocks = [section(tongue.t("*Your requests*"))]
    for one in own:
        blocks.append(reward_words.request(tongue, one))
        if one.state == "held":
            label = tongue.t("Withdraw the request for {name}", name=one.reward.name)
            blocks.append(actions(button(tongue.t("Withdraw"), WITHDRAW, one.id, label=label)))
    return blocks


def _catalogue(tongue: Tongue, shelf: Shelf) -> list[Block]:
    blocks = []
    for kind, words in KINDS.items():
        found = [block for one in shelf.rewards[:MAX_REWARDS] if one.kind == kind for block in _one(tongue, shelf, one)]
        if kind == "fund":
            found += [block for one in shelf.projects[:MAX_PROJECTS] for block in _project(tongue, shelf, one)]
        if found:
            blocks += [section(f"*{tongue.t(words)}*"), *found]
    nothing = tongue.t("Nothing is on offer yet. Admins put rewards and projects here.")
    return blocks or [section(nothing)]


def _one(tongue: Tongue, shelf: Shelf, one: Reward) -> list[Block]:
    line = reward_words.reward(tongue, one)
    if not one.left or one.price > shelf.account.spendable:
        return [line]
    label = tongue.t("Ask for the reward {name}", name=one.name)
    return [line, actions(button(tongue.t("Ask for it"), ASK, one.id, label=label))]


def _project(tongue: Tongue, shelf: Shelf, one: Project) -> list[Block]:
    buttons = []
    if shelf.account.spendable:
        label = tongue.t("Give points to the project {name}", name=one.name)
        buttons.append(button(tongue.t("Give points"), GIVE, one.id, label=label))
    if shelf.viewer.role == "admin":
        label = tongue.t("Close the project {name}", name=one.name)
        buttons.append(button(tongue.t("Close it"), CLOSE, one.id, label=label))
    line = reward_words.project(tongue, one, shelf.given.get(one.id, 0))
    return [line, *([actions(*buttons)] if buttons else [])]


def _tools(tongue: Tongue, shelf: Shelf) -> list[Block]:
    """What admins can do with the catalogue."""
    if shelf.viewer.role != "admin":
        return []
    waits = tongue.t("What waits ({count})", count=tongue.number(shelf.tasks))
    buttons = [
        button(waits, QUEUE, "all", style="primary" if shelf.tasks else ""),
        button(tongue.t("Add a reward"), ADD, NEW),
    ]
    if shelf.every:
        buttons.append(forms.menu(EDIT, tongue.t("Change a reward"), [(one.id, one.name) for one in shelf.every]))
    projects = [(NEW, tongue.t("A new project")), *((one.id, one.name) for one in shelf.projects)]
    return [actions(*buttons, forms.menu(PROJECT, tongue.t("Add or change a project"), projects))]


def home_section(tongue: Tongue, that: AtHome) -> list[Block]:
    """What Home shows of rewards: the balance, requests under way, the way to the catalogue."""
    waits = tongue.n("{count} thing about rewards waits for admins.", "{count} things about rewards wait for admins.",
                     that.tasks) if that.tasks else ""  # fmt: skip
    head = section(phrases.lines(tongue.t("*Rewards*"), _balance(tongue, that.account), waits))
    lines = [reward_words.request(tongue, one) for one in that.own[:2]]
    return [head, *lines, actions(button(tongue.t("Open the rewards"), OPEN, "home"))]
