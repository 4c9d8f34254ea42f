"""The catalogue of rewards and what people ask for; stock and budget never fall below nothing.

A request takes one from the stock, and its price from the budget, in the very statement that asks whether they are
there. `storage.points` holds the points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, update
from sqlmodel import Session

from bot.rules.rewards import MAX_REWARDS, Kind, State
from storage import models, people
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

_REWARDS, _REQUESTS = table(models.Reward), table(models.RewardRequest)
_PEOPLE = table(models.Person)


@dataclass(frozen=True)
class NewReward:
    """A reward as an admin describes it; None without a limit."""

    kind: Kind
    name: str
    about: str
    price: int
    stock: int | None
    budget: int | None
    offered: bool = True


@dataclass(frozen=True)
class Reward(NewReward):
    """A reward of the catalogue."""

    id: str = ""

    @property
    def left(self) -> bool:
        """Whether another one can be asked for."""
        enough = self.budget is None or self.budget >= self.price
        return self.offered and enough and self.stock != 0


@dataclass(frozen=True)
class Request:
    """That somebody asked for a reward. `price` is that of the time."""

    id: str
    reward: Reward
    person: Member
    price: int
    note: str
    state: State
    asked_at: datetime
    decider: Member | None
    reason: str


_FIELDS = ("kind", "name", "about", "price", "stock", "budget", "offered", "id")


def add(session: Session, workspace_id: str, new: NewReward, *, now: datetime) -> str:
    """Put a reward into the catalogue; gives its id."""
    reward_id = models.new_id()
    told = {name: getattr(new, name) for name in _FIELDS if name != "id"}
    insert(session, models.Reward, {"id": reward_id, "workspace_id": workspace_id, "made_at": now, **told})
    return reward_id


def change(session: Session, reward: Reward, new: NewReward) -> bool:
    """Change a reward; False, and nothing changes, if it is no longer as `reward` has it."""
    same = [_REWARDS.c[name].is_not_distinct_from(getattr(reward, name)) for name in _FIELDS]
    told = {name: getattr(new, name) for name in _FIELDS if name != "id"}
    result: Any = session.execute(update(_REWARDS).where(*same).values(**told))
    return bool(result.rowcount)


def get(session: Session, workspace_id: str, reward_id: str) -> Reward | None:
    """The reward with this id."""
    return next(iter(_rewards(session, _REWARDS.c.id == reward_id, _REWARDS.c.workspace_id == workspace_id)), None)


def catalogue(session: Session, workspace_id: str, *, every: bool = False) -> tuple[Reward, ...]:
    """The rewards on offer by kind and price, as many as a view shows; `every`: also the retired ones, behind them."""
    here = [_REWARDS.c.workspace_id == workspace_id, *([] if every else [_REWARDS.c.offered.is_(True)])]
    return _rewards(session, *here)


def _rewards(session: Session, *here: Any) -> tuple[Reward, ...]:
    order = (_REWARDS.c.offered.desc(), _REWARDS.c.kind, _REWARDS.c.price, _REWARDS.c.name, _REWARDS.c.id)
    asked = columns(*(_REWARDS.c[name] for name in _FIELDS)).where(*here).order_by(*order).limit(4 * MAX_REWARDS)
    return tuple(Reward(*row) for row in session.execute(asked))


def offered(session: Session, workspace_id: str) -> int:
    """How many rewards are on offer."""
    here = _REWARDS.c.workspace_id == workspace_id, _REWARDS.c.offered.is_(True)
    return int(session.execute(columns(func.count()).select_from(_REWARDS).where(*here)).scalar_one())


def take_one(session: Session, reward: Reward) -> bool:
    """Take one from the stock and its price from the budget; False if none is left, or the reward changed meanwhile."""
    stock, budget = _REWARDS.c.stock, _REWARDS.c.budget
    there = _REWARDS.c.id == reward.id, _REWARDS.c.offered.is_(True), _REWARDS.c.price == reward.price
    enough = or_(stock.is_(None), stock > 0), or_(budget.is_(None), budget >= reward.price)
    fewer = {"stock": stock - 1, "budget": budget - reward.price}  # nothing less a number is nothing
    result: Any = session.execute(update(_REWARDS).where(*there, *enough).values(**fewer))
    return bool(result.rowcount)


def put_back(session: Session, request: Request) -> None:
    """Put one back into the stock, and its price into the budget."""
    more = {"stock": _REWARDS.c.stock + 1, "budget": _REWARDS.c.budget + request.price}
    session.execute(update(_REWARDS).where(_REWARDS.c.id == request.reward.id).values(**more))


def ask(session: Session, workspace_id: str, reward: Reward, person: Member, note: str, *, now: datetime) -> str:
    """Store a request that waits; gives its id."""
    row = {"id": models.new_id(), "workspace_id": workspace_id, "reward_id": reward.id, "person_id": person.id}
    told = {"price": reward.price, "note": note, "state": "held", "asked_at": now}
    insert(session, models.RewardRequest, {**row, **told})
    return row["id"]


def request(session: Session, workspace_id: str, request_id: str) -> Request | None:
    """The request with this id."""
    here = _REQUESTS.c.id == request_id, _REQUESTS.c.workspace_id == workspace_id
    return next(iter(_requests(session, 1, False, *here)), None)


def requests_of(session: Session, person_id: str, *, most: int) -> tuple[Request, ...]:
    """A person's newest requests, first those that they can take back, then those on their way."""
    return _requests(session, most, True, _REQUESTS.c.person_id == person_id)


def requests_in(session: Session, workspace_id: str, states: Iterable[State], *, most: int) -> tuple[Request, ...]:
    """The oldest requests in these states."""
    here = _REQUESTS.c.workspace_id == workspace_id, _REQUESTS.c.state.in_(list(states))
    return _requests(session, most, False, *here)


def count_in(session: Session, workspace_id: str, states: Iterable[State]) -> int:
    """How many requests are in these states."""
    here = _REQUESTS.c.workspace_id == workspace_id, _REQUESTS.c.state.in_(list(states))
    return int(session.execute(columns(func.count()).select_from(_REQUESTS).where(*here)).scalar_one())


def unanswered(session: Session, workspace_id: str, before: datetime, *, most: int) -> list[str]:
    """Requests that wait since that moment or longer, and those of people who left."""
    waits = _REQUESTS.c.workspace_id == workspace_id, _REQUESTS.c.state == "held"
    late = or_(_REQUESTS.c.asked_at <= before, _PEOPLE.c.is_gone)
    asked = columns(_REQUESTS.c.id).join(_PEOPLE, _PEOPLE.c.id == _REQUESTS.c.person_id).where(*waits, late)
    return list(session.execute(asked.order_by(_REQUESTS.c.asked_at, _REQUESTS.c.id).limit(most)).scalars())


def move(
    session: Session, request_id: str, was: State, becomes: State, *, by: Member | None, reason: str, now: datetime
) -> bool:
    """Change a request's state; False, and nothing changes, if it is in another one by now. `by` is None if nobody
    decided."""
    who, when = ("delivered_by", "delivered_at") if becomes == "delivered" else ("decided_by", "decided_at")
    values = {"state": becomes, who: by.id if by else None, when: now, **({"reason": reason} if reason else {})}
    these = _REQUESTS.c.id == request_id, _REQUESTS.c.state == was
    result: Any = session.execute(update(_REQUESTS).where(*these).values(**values))
    return bool(result.rowcount)


_TOLD = ("id", "reward_id", "person_id", "price", "note", "state", "asked_at", "decided_by", "reason")
_OPEN = case((_REQUESTS.c.state == "held", 0), (_REQUESTS.c.state == "approved", 1), else_=2)


def _requests(session: Session, most: int, newest: bool, *here: Any) -> tuple[Request, ...]:
    order = (_OPEN, _REQUESTS.c.asked_at.desc()) if newest else (_REQUESTS.c.asked_at,)
    asked = columns(*(_REQUESTS.c[name] for name in _TOLD)).where(*here).order_by(*order, _REQUESTS.c.id).limit(most)
    rows = session.execute(asked).all()
    rewards = {one.id: one for one in _rewards(session, _REWARDS.c.id.in_({row.reward_id for row in rows}))}
    members = people.by_id(session, {one for row in rows for one in (row.person_id, row.decided_by) if one})
    return tuple(
        Request(
            row.id, rewards[row.reward_id], members[row.person_id], row.price, row.note, row.state, row.asked_at,
            members.get(row.decided_by or ""), row.reason,
        )
        for row in rows
    )  # fmt: skip
