"""Admins answer requests for rewards, nobody their own; what nobody answers is returned (product.md 5)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules import rewards as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.rewards import State
from bot.services import people
from bot.services.praise import post_at
from bot.services.rewards import give_back, request
from storage import audit, corrections, fund
from storage import points as ledger
from storage import rewards as storage
from storage.corrections import Correction, Leaver
from storage.people import Member
from storage.points import Line
from storage.rewards import Request

SHOWN = 20
"""Requests in the queue; then those that wait for a second admin, and people who left."""
SHOWN_REST = 5
AT_ONCE = 5
"""Requests that are returned in one transaction: the messages of each that asked admins are looked up and drawn."""


@dataclass(frozen=True)
class Decided:
    """A request that was answered, delivered or returned, and when its person may hear of it."""

    request: Request
    post_at: datetime


@dataclass(frozen=True)
class Queue:
    """What waits for admins: requests to answer and to deliver, `total` in all, corrections to confirm, and accounts of
    people who left."""

    viewer: Member
    requests: tuple[Request, ...]
    total: int
    corrections: tuple[Correction, ...]
    leavers: tuple[Leaver, ...]


def queue(session: Session, company: Company, slack_id: str) -> Queue:
    """What waits for admins. Raises Refusal for whoever is none."""
    viewer, here = people.admin(session, company, slack_id), company.workspace_id
    states: tuple[State, ...] = (rules.WAITING, rules.UNDELIVERED)
    found = [storage.requests_in(session, here, [state], most=SHOWN) for state in states]
    return Queue(
        viewer,
        tuple([*found[0], *found[1]])[:SHOWN],
        storage.count_in(session, here, states),
        corrections.waiting(session, here, most=SHOWN_REST),
        corrections.leavers(session, here, most=SHOWN_REST),
    )


def decidable(session: Session, company: Company, slack_id: str, request_id: str) -> tuple[Member, Request]:
    """The admin who may answer this request, and the request. Raises Refusal for whoever is none, and for one's own."""
    admin, found = people.admin(session, company, slack_id), request(session, company, request_id)
    if not rules.may_decide(admin.id, found.person.id, admin=True):
        raise Refusal("reward_own")
    return admin, found


def approve(session: Session, company: Company, slack_id: str, request_id: str, *, now: datetime) -> Decided:
    """An admin grants a request: the points that were put by are spent. Raises Refusal if it was answered before."""
    admin, found = decidable(session, company, slack_id, request_id)
    _move(session, found, rules.WAITING, "approved", admin, "", now)
    audit.note(session, company.workspace_id, by=admin.id, act="reward_approved", subject=found.id, now=now)
    day = periods.local_day(now, company.zone)
    line = Line(f"redeem:{found.id}", found.person.id, "redeem", -found.price, day, now)
    ledger.spend(session, company.workspace_id, line)
    return _decided(session, company, found, now)


def refuse(
    session: Session, company: Company, slack_id: str, request_id: str, *, was: str, reason: str, now: datetime
) -> Decided:
    """An admin refuses a request in the state in which they saw it, or calls off one that was granted and cannot be
    delivered; the points are returned. Raises Refusal without a reason, and if it was answered meanwhile."""
    admin, found = decidable(session, company, slack_id, request_id)
    said = rules.text(reason, field="reason", most=rules.MAX_REASON)
    if found.state != was or was not in (rules.WAITING, rules.UNDELIVERED):
        raise _answered(found)
    _move(session, found, found.state, "refused", admin, said, now)
    act = "reward_refused" if found.state == rules.WAITING else "reward_called_off"
    audit.note(session, company.workspace_id, by=admin.id, act=act, subject=found.id, now=now)
    if found.state == rules.WAITING:
        give_back(session, found)
    else:
        storage.put_back(session, found)
        ledger.reverse(session, company.workspace_id, f"redeem:{found.id}", now=now)
    return _decided(session, company, found, now)


def deliver(session: Session, company: Company, slack_id: str, request_id: str, *, now: datetime) -> Decided:
    """An admin says that a granted reward was handed over. Raises Refusal if it is not granted, or was delivered."""
    admin, found = decidable(session, company, slack_id, request_id)
    _move(session, found, rules.UNDELIVERED, "delivered", admin, "", now)
    audit.note(session, company.workspace_id, by=admin.id, act="reward_delivered", subject=found.id, now=now)
    return _decided(session, company, found, now)


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether a request is to be returned, or a project that ended to be settled with somebody."""
    here, before = company.workspace_id, now - rules.ANSWERED_WITHIN
    return bool(storage.unanswered(session, here, before, most=1) or fund.unsettled(session, here, most=1))


def tend(session: Session, company: Company, *, now: datetime) -> tuple[Decided, ...]:
    """Return the points of requests that nobody answered for thirty days, and of those whose person left."""
    before, ended = now - rules.ANSWERED_WITHIN, []
    for request_id in storage.unanswered(session, company.workspace_id, before, most=AT_ONCE):
        found = request(session, company, request_id)
        becomes: State = "returned" if found.person.is_gone else "expired"
        if storage.move(session, found.id, rules.WAITING, becomes, by=None, reason="", now=now):
            give_back(session, found)
            ended.append(_decided(session, company, found, now))
    return tuple(ended)


def _move(
    session: Session, found: Request, was: State, becomes: State, admin: Member, reason: str, now: datetime
) -> None:
    if not storage.move(session, found.id, was, becomes, by=admin, reason=reason, now=now):
        raise _answered(found)


def _answered(found: Request) -> Refusal:
    return Refusal("request_answered", by=found.decider.slack_id if found.decider else "")


def _decided(session: Session, company: Company, found: Request, now: datetime) -> Decided:
    return Decided(request(session, company, found.id), post_at(session, company, now))
