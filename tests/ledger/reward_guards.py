"""Each guard of rewards, of the fund and of points by hand, to be taken out: the shop must find that it is gone."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from bot.rules import points as points_rules
from bot.rules import rewards as rules
from bot.rules.company import Company
from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services import fund, grants, people, reward_decisions, rewards
from storage import corrections, models, points
from storage import fund as fund_storage
from storage import rewards as storage
from storage.corrections import Correction
from storage.database import Database
from storage.fund import Project
from storage.people import Member
from storage.rewards import Request, Reward
from storage.select import table
from tests.ledger.replacing import Without, instead

_REWARDS, _REQUESTS, _ACCOUNTS = table(models.Reward), table(models.RewardRequest), table(models.Account)
_PROJECTS, _GIFTS, _CORRECTIONS = table(models.Project), table(models.Contribution), table(models.Correction)


def both(*outs: Without) -> Without:
    """Guards of which each stands behind the other."""

    @contextmanager
    def without(database: Database) -> Iterator[None]:
        with ExitStack() as stack:
            for out in outs:
                stack.enter_context(out(database))
            yield

    return without


def _any(*_: Any, **__: Any) -> None:
    return None


def _hold(session: Session, person_id: str, amount: int) -> None:
    """Points are put by, whether they are free or not."""
    account = points.account(session, person_id)
    told = {"spendable": account.spendable - amount, "held": account.held + amount}
    session.execute(update(_ACCOUNTS).where(_ACCOUNTS.c.person_id == person_id).values(**told))


def _take_one(session: Session, reward: Reward) -> bool:
    """One is taken from the stock, whether there is one or not."""
    told = {"stock": _REWARDS.c.stock - 1, "budget": _REWARDS.c.budget - reward.price}
    session.execute(update(_REWARDS).where(_REWARDS.c.id == reward.id).values(**told))
    return True


def _move(session: Session, request_id: str, was: str, becomes: str, **_: Any) -> bool:
    """An answer that does not look whether there was one."""
    session.execute(update(_REQUESTS).where(_REQUESTS.c.id == request_id).values(state=becomes))
    return True


def _decide(session: Session, correction_id: str, decider: Member, state: str, **_: Any) -> bool:
    session.execute(update(_CORRECTIONS).where(_CORRECTIONS.c.id == correction_id).values(state=state))
    return True


def _settle(session: Session, gift_id: str, state: str) -> bool:
    """A contribution that is settled as often as somebody comes by."""
    return True


def _by_anybody(session: Session, company: Company, slack_id: str, request_id: str) -> tuple[Member, Request]:
    """Anybody answers a request that is not theirs."""
    person, found = people.actor(session, company, slack_id), rewards.request(session, company, request_id)
    if person.id == found.person.id:
        raise Refusal("reward_own")
    return person, found


def _even_ones_own(session: Session, company: Company, slack_id: str, correction_id: str) -> tuple[Member, Correction]:
    """An admin confirms points, whoever asked for them and gets them."""
    return people.admin(session, company, slack_id), grants.existing(session, company, correction_id)


def _whatever_state(session: Session, company: Company, project_id: str) -> Project:
    return fund.existing(session, company, project_id)


def _close(session: Session, project_id: str, closer: Member, reason: str, *, now: Any) -> bool:
    """A project is closed, also one that has its goal."""
    session.execute(update(_PROJECTS).where(_PROJECTS.c.id == project_id).values(state="closed", ended_at=now))
    return True


def _no_debt(account: Account, amount: int) -> Account:
    """What comes back is free, whatever somebody owes."""
    return Account(account.spendable + amount, account.held - amount, account.debt)


GUARDS: Mapping[str, Without] = {
    "what is not free is not put by": both(instead(rewards, _check=_any), instead(points, hold=_hold)),
    "what is not there is not taken": both(instead(rewards, _check=_any), instead(storage, take_one=_take_one)),
    "the first answer to a request stands": instead(storage, move=_move),
    "nobody answers their own request": instead(rules, may_decide=lambda *_, admin: admin),
    "admins alone answer requests": instead(reward_decisions, decidable=_by_anybody),
    "a request waits for thirty days": instead(rules, ANSWERED_WITHIN=timedelta(hours=12)),
    "what comes back settles debts first": instead(points_rules, release=_no_debt),
    "a stock gets back what it gave": instead(storage, put_back=_any),
    "a project that is over takes nothing": both(
        instead(fund, opened=_whatever_state), instead(fund_storage, close=_close)
    ),
    "a contribution is settled once": instead(fund_storage, settle=_settle),
    "many points need a second admin": instead(rules, needs_second=lambda _: False),
    "many points in parts of a day need one too": instead(corrections, alone=lambda *_, **__: 0),
    "points wait thirty days for a second admin": instead(rules, CONFIRMED_WITHIN=timedelta(hours=12)),
    "nobody confirms what they asked for, or get": instead(grants, confirmable=_even_ones_own),
    "the first decision on points by hand stands": instead(corrections, decide=_decide),
}
"""By what each of them promises."""
