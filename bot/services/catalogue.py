"""Admins edit the catalogue of rewards in Slack (product.md 5)."""

from dataclasses import astuple, dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import rewards as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.rewards import existing
from storage import audit
from storage import rewards as storage
from storage.people import Member
from storage.rewards import NewReward, Reward

NEW = "new"
"""Stands for the id of a reward that is not there yet."""


@dataclass(frozen=True)
class Draft:
    """A reward as an admin typed it, nothing of it checked."""

    kind: str
    name: str
    about: str
    price: str
    stock: str
    budget: str
    offered: bool = True


def checked(draft: Draft) -> NewReward:
    """What is stored of a draft. Raises Refusal with the field of the form for what the rules do not allow."""
    return NewReward(
        kind=rules.kind(draft.kind),
        name=rules.name(draft.name),
        about=rules.text(draft.about, field="about", most=rules.MAX_ABOUT, needed=False),
        price=rules.number(draft.price, field="price"),
        stock=rules.limit(draft.stock, field="stock"),
        budget=rules.limit(draft.budget, field="budget"),
        offered=draft.offered,
    )


def edited(session: Session, company: Company, slack_id: str, reward_id: str) -> tuple[Member, Reward | None]:
    """The admin who edits, and the reward; None for a new one. Raises Refusal for whoever is no admin."""
    admin = people.admin(session, company, slack_id)
    return admin, None if reward_id == NEW else existing(session, company, reward_id)


def edit(
    session: Session, company: Company, slack_id: str, reward_id: str, draft: Draft, *, seen: str, now: datetime
) -> Reward:
    """An admin adds a reward, changes or retires one. `seen` is how it stood in the form (`state`).

    Raises Refusal for whoever is no admin, for what the rules do not allow, and if it changed meanwhile: somebody asked
    for one, or another admin changed or retired it, and what was typed before that would undo it.
    """
    admin, reward = edited(session, company, slack_id, reward_id)
    new, here = checked(draft), company.workspace_id
    if reward is None:
        reward_id = storage.add(session, here, new, now=now)
    elif seen != state(reward) or not storage.change(session, reward, new):
        raise Refusal("reward_changed")
    if new.offered and storage.offered(session, here) > rules.MAX_REWARDS:
        raise Refusal("rewards_many", most=rules.MAX_REWARDS)
    act = "reward_edited" if reward else "reward_added"
    audit.note(session, here, by=admin.id, act=act, subject=reward_id, now=now)
    return existing(session, company, reward_id)


def state(reward: Reward | None) -> str:
    """How all that can be changed of a reward stands, in a few letters that a form can keep."""
    return rules.seen(astuple(reward)) if reward else ""
