"""How rewards are called: their kinds, the states of requests, and one reward, request or project in a line."""

from collections.abc import Mapping
from datetime import UTC

from bot.rules import zones
from bot.rules.rewards import Kind, State
from bot.views import phrases, rich
from bot.views.blocks import Block, paragraph
from bot.views.strings import one_line
from bot.views.tongue import Tongue, mark
from storage.fund import Project
from storage.rewards import Request, Reward

KINDS: Mapping[Kind, str] = {
    "timeoff": mark("Time off"),
    "training": mark("Training"),
    "fund": mark("Innovation fund"),
}
STATES: Mapping[State, str] = {
    "held": mark("waits for an answer"),
    "approved": mark("granted, on its way"),
    "delivered": mark("delivered"),
    "refused": mark("refused, points returned"),
    "withdrawn": mark("withdrawn, points returned"),
    "expired": mark("not answered in time, points returned"),
    "returned": mark("ended, points returned"),
}
_LINE = "{name} · {facts}"


def reward(tongue: Tongue, one: Reward) -> Block:
    """A reward with its price, how many are left, and what it is."""
    return _line(one.name, phrases.points(tongue, one.price), left(tongue, one), one.about)


def left(tongue: Tongue, one: Reward) -> str:
    """How many are left, if there is a limit."""
    if not one.offered:
        return tongue.t("retired")
    if not one.left:
        return tongue.t("none left just now")
    return "" if one.stock is None else tongue.n("{count} left", "{count} left", one.stock)


def request(tongue: Tongue, one: Request) -> Block:
    """A request with its price and how it stands; its day is that of whoever asked, as Slack names their zone."""
    asked_at = one.asked_at.astimezone(zones.known(one.person.zone) or UTC)
    day, state = tongue.short_day(asked_at.date()), tongue.t(STATES[one.state])
    return _line(one.reward.name, phrases.points(tongue, one.price), day, state, one.reason)


def project(tongue: Tongue, one: Project, given: int = 0) -> Block:
    """A project, how far it is, and what this person gave to it."""
    so_far = tongue.t("{given} of {goal}", given=tongue.number(one.given), goal=phrases.points(tongue, one.goal))
    own = tongue.t("of which {points} from you", points=phrases.points(tongue, given)) if given else ""
    return _line(one.name, so_far, own, one.about)


def _line(name: str, *facts: str) -> Block:
    return paragraph(_LINE, name=rich.bold(one_line(name)), facts=" · ".join(fact for fact in facts if fact))
