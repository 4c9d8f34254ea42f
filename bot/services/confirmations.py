"""Praise that waits is settled by a lead who has no part in it (product.md 1, Self-recorded)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules import praise as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.praise import Recorded, award, confirmers, existing, may_confirm, post_at
from storage import audit, praise_pages
from storage import people as roster
from storage import praise as storage
from storage.people import Member
from storage.praise import Praise


@dataclass(frozen=True)
class Decided:
    """A waiting praise that a lead accepted or refused."""

    praise: Praise
    post_at: datetime

    @property
    def accepted(self) -> bool:
        return self.praise.state == "accepted"


LOOKED_AT, SHOWN = 30, 2
"""Waiting praise that is looked through for Home, and shown there."""


@dataclass(frozen=True)
class Waiting:
    """The praise that waits for one lead or admin: the oldest, and how many there are beside."""

    person: Member
    praises: tuple[Praise, ...]
    more: int


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> Waiting:
    """What waits for somebody, as far as they were asked: leads before admins."""
    found = praise_pages.waiting(session, company.workspace_id, most=LOOKED_AT) if member.leads else ()
    mine = [praise for praise in found if may_confirm(member, praise)]
    if mine and member.role == "admin":
        leads = roster.leaders(session, company.workspace_id, "lead")
        mine = [praise for praise in mine if not any(may_confirm(lead, praise) for lead in leads)]
    return Waiting(member, tuple(mine[:SHOWN]), max(0, len(mine) - SHOWN))


def decide(
    session: Session,
    company: Company,
    decider_slack_id: str,
    praise_id: str,
    *,
    accepted: bool,
    reason: str = "",
    now: datetime,
) -> Decided:
    """A lead accepts or refuses a waiting praise; the first decision stands.

    Raises Refusal if the person may not decide it, somebody did before, or a refusal has no reason.
    """
    decider = people.actor(session, company, decider_slack_id)
    praise = waiting(session, decider, praise_id)
    reason = rules.clean(reason)
    if not accepted and not reason:
        raise Refusal("reason_missing", field="reason")
    if len(reason) > rules.MAX_REASON:
        raise Refusal("reason_too_long", field="reason", most=rules.MAX_REASON)
    if not storage.decide(session, praise.id, accepted=accepted, by=decider.id, reason=reason, now=now):
        raise Refusal("already_decided", by="")
    became, here = "accepted" if accepted else "refused", company.workspace_id
    audit.note(session, here, by=decider.id, act="praise_decided", subject=praise.id, after=became, now=now)
    decided = existing(session, praise_id)
    if accepted:
        award(session, company, decided, now=now)
    return Decided(decided, post_at(session, company, now))


def waiting(session: Session, decider: Member, praise_id: str) -> Praise:
    """The praise that this person may settle now. Raises Refusal if they may not, or somebody did before."""
    praise = existing(session, praise_id)
    if not may_confirm(decider, praise):
        raise Refusal("may_not_confirm")
    if praise.state != "waiting":
        raise Refusal("already_decided", by=praise.decider.slack_id if praise.decider else "")
    return praise


def remind(session: Session, company: Company, *, now: datetime) -> tuple[Recorded, ...]:
    """The praises that wait for a week without an answer, each reminded of once, as soon as somebody can be asked; they
    hear of it when it is not quiet."""
    before = now - timedelta(days=rules.REMIND_AFTER_DAYS)
    late = []
    for praise_id in storage.waiting_unreminded(session, company.workspace_id, before):
        praise = existing(session, praise_id)
        if asked := confirmers(session, company, praise):
            storage.reminded(session, praise_id, now=now)
            late.append(Recorded(praise, (), asked, post_at(session, company, now)))
    return tuple(late)
