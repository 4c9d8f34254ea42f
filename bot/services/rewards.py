"""Rewards: what is on offer, and what people ask for; the points are put by until an admin answers (product.md 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import rewards as rules
from bot.rules.company import Company
from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.praise import post_at
from storage import corrections, fund
from storage import people as roster
from storage import points as ledger
from storage import rewards as storage
from storage.fund import Project
from storage.people import Member
from storage.rewards import Request, Reward

OWN = 12
"""Requests of one's own: with a full catalogue a view has room for no more."""
AT_HOME = 3
MOST = 100
"""Rows that are looked at for a number: beyond that it is many."""


@dataclass(frozen=True)
class Shelf:
    """What `/rewards` shows: the balance, one's own requests, what is on offer. `given` is what this person gave
    to projects, by their ids; `every` is the catalogue with what was retired, and `tasks` what waits, for admins."""

    viewer: Member
    account: Account
    own: tuple[Request, ...]
    rewards: tuple[Reward, ...]
    projects: tuple[Project, ...]
    given: Mapping[str, int]
    every: tuple[Reward, ...] = ()
    tasks: int = 0


@dataclass(frozen=True)
class AtHome:
    """What Home shows of rewards; `tasks` is for admins."""

    account: Account
    own: tuple[Request, ...]
    tasks: int = 0


@dataclass(frozen=True)
class Asked:
    """A request that waits, who is to answer it, and when they may hear of it."""

    request: Request
    admins: tuple[Member, ...]
    post_at: datetime


def shelf(session: Session, company: Company, slack_id: str) -> Shelf:
    """What this person sees of rewards."""
    viewer, here = people.actor(session, company, slack_id), company.workspace_id
    admin = viewer.role == "admin"
    return Shelf(
        viewer=viewer,
        account=ledger.account(session, viewer.id),
        own=storage.requests_of(session, viewer.id, most=OWN),
        rewards=storage.catalogue(session, here),
        projects=fund.open_ones(session, here),
        given=fund.given_by(session, viewer.id),
        every=storage.catalogue(session, here, every=True) if admin else (),
        tasks=_tasks(session, company) if admin else 0,
    )


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> AtHome:
    """What Home shows this person: the requests that may still change, and for admins how much waits for them."""
    newest = storage.requests_of(session, member.id, most=OWN)
    going = tuple(one for one in newest if one.state in (rules.WAITING, rules.UNDELIVERED))
    tasks = _tasks(session, company) if member.role == "admin" else 0
    return AtHome(ledger.account(session, member.id), going[:AT_HOME], tasks)


def _tasks(session: Session, company: Company) -> int:
    here = company.workspace_id
    waiting = storage.count_in(session, here, (rules.WAITING, rules.UNDELIVERED))
    by_hand = len(corrections.waiting(session, here, most=MOST))
    return waiting + by_hand + len(corrections.leavers(session, here, most=MOST))


def offer(session: Session, company: Company, slack_id: str, reward_id: str) -> tuple[Member, Reward, Account]:
    """Who wants a reward, the reward, and their account. Raises Refusal if it is not on offer, or too dear for them."""
    person, reward = people.actor(session, company, slack_id), existing(session, company, reward_id)
    account = ledger.account(session, person.id)
    _check(reward, account)
    return person, reward, account


def existing(session: Session, company: Company, reward_id: str) -> Reward:
    """The reward with this id. Raises Refusal if there is none."""
    reward = storage.get(session, company.workspace_id, reward_id)
    if reward is None:
        raise Refusal("no_such_reward")
    return reward


def _check(reward: Reward, account: Account) -> None:
    if not reward.offered:
        raise Refusal("no_such_reward")
    if not reward.left:
        raise Refusal("reward_sold_out")
    if account.spendable < reward.price:
        raise Refusal("points_short", have=account.spendable, need=reward.price)


def ask(
    session: Session, company: Company, slack_id: str, reward_id: str, *, price: str, note: str = "", now: datetime
) -> Asked:
    """Somebody asks for a reward at the price that they saw: one is taken from the stock, and the points are put by.

    Raises Refusal if none is left, if it costs another price by now, and if the points are not free.
    """
    person, reward = people.actor(session, company, slack_id), existing(session, company, reward_id)
    words = rules.text(note, field="note", most=rules.MAX_NOTE, needed=False)
    if price != str(reward.price):
        raise Refusal("reward_changed")
    _check(reward, ledger.account(session, person.id))
    if not storage.take_one(session, reward):
        raise Refusal("reward_sold_out")
    ledger.hold(session, person.id, reward.price)
    request_id = storage.ask(session, company.workspace_id, reward, person, words, now=now)
    asked = request(session, company, request_id)
    return Asked(asked, deciders(session, company, person), post_at(session, company, now))


def request(session: Session, company: Company, request_id: str) -> Request:
    """The request with this id. Raises Refusal if there is none."""
    found = storage.request(session, company.workspace_id, request_id)
    if found is None:
        raise Refusal("no_such_request")
    return found


def deciders(session: Session, company: Company, *but: Member) -> tuple[Member, ...]:
    """The admins, without these people."""
    left_out = {person.id for person in but}
    return tuple(one for one in roster.leaders(session, company.workspace_id, "admin") if one.id not in left_out)


def withdraw(session: Session, company: Company, slack_id: str, request_id: str, *, now: datetime) -> Request:
    """Somebody takes back a request of theirs that nobody answered; the points are free again."""
    person, found = people.actor(session, company, slack_id), request(session, company, request_id)
    if found.person.id != person.id:
        raise Refusal("request_not_yours")
    if not storage.move(session, request_id, rules.WAITING, "withdrawn", by=None, reason="", now=now):
        raise Refusal("request_answered", by=found.decider.slack_id if found.decider else "")
    give_back(session, found)
    return request(session, company, request_id)


def give_back(session: Session, waiting: Request) -> None:
    """Put what a request held back: into the stock and the budget, and into the person's account."""
    storage.put_back(session, waiting)
    ledger.release(session, waiting.person.id, waiting.price)
