"""Points that admins enter by hand, always with a reason: given, taken back, or settled with somebody who left.

More than a few hundred need a second admin; nobody enters any for themselves (product.md, Points; 5).
"""

from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import Session

from bot.rules import periods
from bot.rules import rewards as rules
from bot.rules.company import Company
from bot.rules.grants import GrantLine
from bot.rules.points import Deed
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.praise import post_at
from bot.services.rewards import deciders
from storage import audit
from storage import corrections as storage
from storage import people as roster
from storage import points as ledger
from storage.corrections import Correction, Kind, Leaver, State
from storage.people import Member
from storage.points import Line

AT_ONCE = 20
"""Corrections that expire in one transaction."""


@dataclass(frozen=True)
class Granted:
    """A correction that was entered, waits for one of `admins`, or was refused; when people may hear of it."""

    correction: Correction
    admins: tuple[Member, ...]
    post_at: datetime


def grant(session: Session, company: Company, slack_id: str, line: GrantLine, *, now: datetime) -> Granted:
    """An admin gives somebody points, or takes some back; many wait for a second admin, be it in parts of one day.

    Raises Refusal for whoever is no admin, for oneself and for who takes no part, without a reason, and if there is no
    second admin who could confirm.
    """
    admin = people.admin(session, company, slack_id)
    (person,) = people.named(session, company, [line.person])
    if person.id == admin.id:
        raise Refusal("grant_self")
    if person.absence:
        raise Refusal("grant_absent")
    amount = rules.by_hand(line.amount)
    reason = rules.text(line.reason, field="reason", most=rules.MAX_REASON)
    roster.lock(session, admin.id)  # who gives twice at once
    second = rules.needs_second(amount + _today(session, company, admin, person, amount, now))
    others = deciders(session, company, admin, person) if second else ()
    if second and not others:
        code = "grant_alone" if rules.needs_second(amount) else "grant_alone_today"
        raise Refusal(code, most=rules.ALONE_UP_TO)
    return _store(session, company, admin, person, "grant", amount, reason, others, now)


def _today(session: Session, company: Company, admin: Member, person: Member, amount: int, now: datetime) -> int:
    """What this admin alone gave this person today already, or took back from them."""
    since = datetime.combine(periods.local_day(now, company.zone), time(), company.zone)
    return storage.alone(session, admin.id, person.id, since, gives=amount > 0)


def is_due(session: Session, company: Company, *, now: datetime) -> bool:
    """Whether points have waited too long for a second admin."""
    return bool(storage.unconfirmed(session, company.workspace_id, now - rules.CONFIRMED_WITHIN, most=1))


def tend(session: Session, company: Company, *, now: datetime) -> tuple[Granted, ...]:
    """Points that waited thirty days for a second admin are not entered any more."""
    ended = []
    for correction_id in storage.unconfirmed(session, company.workspace_id, now - rules.CONFIRMED_WITHIN, most=AT_ONCE):
        found = existing(session, company, correction_id)
        if storage.decide(session, found.id, None, "expired", now=now):
            told = {"subject": found.person.id, "after": str(found.amount)}
            audit.note(session, company.workspace_id, by="", act="grant_expired", **told, now=now)
            ended.append(Granted(existing(session, company, found.id), (), post_at(session, company, now)))
    return tuple(ended)


def confirmable(session: Session, company: Company, slack_id: str, correction_id: str) -> tuple[Member, Correction]:
    """The admin who may confirm or refuse this correction, and the correction.

    Raises Refusal for whoever is no admin, asked for it, or would get the points.
    """
    admin, found = people.admin(session, company, slack_id), existing(session, company, correction_id)
    if admin.id in (found.asker.id, found.person.id):
        raise Refusal("grant_own")
    return admin, found


def existing(session: Session, company: Company, correction_id: str) -> Correction:
    """The correction with this id. Raises Refusal if there is none."""
    found = storage.get(session, company.workspace_id, correction_id)
    if found is None:
        raise Refusal("no_such_request")
    return found


def confirm(
    session: Session, company: Company, slack_id: str, correction_id: str, *, accepted: bool, now: datetime
) -> Granted:
    """A second admin lets points be entered, or refuses; the first decision stands.

    Raises Refusal if there was one, and for points of somebody who takes no part by now, or for which nobody asks any
    more who might: those can only be refused.
    """
    admin, found = confirmable(session, company, slack_id, correction_id)
    if accepted and found.state == "waiting":
        _check(found)
    state: State = "entered" if accepted else "refused"
    if not storage.decide(session, found.id, admin, state, now=now):
        raise Refusal("request_answered", by=found.decider.slack_id if found.decider else "")
    _note(session, company, found, admin, "grant_confirmed" if accepted else "grant_refused", now)
    if accepted:
        _enter(session, company, found, now)
    return Granted(existing(session, company, found.id), (), post_at(session, company, now))


def _check(found: Correction) -> None:
    """Two admins stand for these points: the one who asked must be one yet."""
    if found.person.absence:
        raise Refusal("grant_absent")
    if found.asker.absence or found.asker.role != "admin":
        raise Refusal("grant_unasked")


def leaver(session: Session, company: Company, slack_id: str, person_id: str) -> tuple[Member, Leaver]:
    """The admin who settles, and the account of somebody who left. Raises Refusal for whoever is no admin, and if there
    is nothing to settle."""
    admin = people.admin(session, company, slack_id)
    found = storage.leavers(session, company.workspace_id, most=1, person_id=person_id)
    if not found:
        raise Refusal("nothing_to_settle")
    return admin, found[0]


def settle(
    session: Session,
    company: Company,
    slack_id: str,
    person_id: str,
    *,
    kind: str,
    reason: str,
    seen: str,
    now: datetime,
) -> Granted:
    """An admin settles the account of somebody who left: what is free was paid out or is void, a debt is void.

    `seen` is the balance that they saw. Raises Refusal for whoever is no admin, without a reason, and if the balance is
    another one by now.
    """
    roster.lock(session, person_id)  # two who settle at once
    admin, found = leaver(session, company, slack_id, person_id)
    free = found.account.spendable - found.account.debt
    if kind not in ("paid", "void") or (kind == "paid" and free < 0):
        raise Refusal("settle_how", field="how")
    if seen != str(free):
        raise Refusal("settle_changed")
    said = rules.text(reason, field="reason", most=rules.MAX_REASON)
    how: Kind = "paid" if kind == "paid" else "void"
    return _store(session, company, admin, found.person, how, -free, said, (), now)


def _store(
    session: Session,
    company: Company,
    admin: Member,
    person: Member,
    kind: Kind,
    amount: int,
    reason: str,
    others: tuple[Member, ...],
    now: datetime,
) -> Granted:
    told = {"kind": kind, "amount": amount, "reason": reason, "state": "waiting" if others else "entered"}
    correction_id = storage.add(session, company.workspace_id, admin, person, told, now=now)
    found = existing(session, company, correction_id)
    act = "grant_asked" if others else "grant_entered"
    _note(session, company, found, admin, act if kind == "grant" else "settled", now)
    if not others:
        _enter(session, company, found, now)
    return Granted(found, others, post_at(session, company, now))


def _note(session: Session, company: Company, found: Correction, by: Member, act: str, now: datetime) -> None:
    """Write down whom it was about and how many; of a settled account what was free, and what became of it."""
    told = {"after": str(found.amount)}
    if act == "settled":
        told = {"before": str(-found.amount), "after": found.kind}
    audit.note(session, company.workspace_id, by=by.id, act=act, subject=found.person.id, now=now, **told)


def _enter(session: Session, company: Company, found: Correction, now: datetime) -> None:
    deed: Deed = "correction" if found.kind == "grant" else "settle"
    day, key = periods.local_day(now, company.zone), f"{found.kind}:{found.id}"
    ledger.enter(session, company.workspace_id, Line(key, found.person.id, deed, found.amount, day, now))
