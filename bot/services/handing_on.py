"""*It was not me*: a praised person hands the praise on to the right colleague, points and all (product.md 1)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.rules import handing_on as rules
from bot.rules import praise as praise_rules
from bot.rules.company import Company
from bot.rules.handing_on import Handover
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.praise import existing, post_at
from storage import applause
from storage import handing_on as storage
from storage import people as roster
from storage import points as ledger
from storage import praise as praises
from storage.people import Member
from storage.praise import Praise


@dataclass(frozen=True)
class HandedOn:
    """A praise as it is now, who handed it on to whom and when, the earliest time for words that leave, and the points
    that went with it."""

    praise: Praise
    giver: Member
    receiver: Member
    handed_at: datetime
    post_at: datetime
    points: int


def own(session: Session, company: Company, slack_id: str, praise_id: str) -> tuple[Member, Praise]:
    """A person and the praise that they earned. Raises Refusal if it is not theirs, or not theirs any more."""
    member = people.actor(session, company, slack_id)
    praise = existing(session, praise_id)
    if praise.state != "accepted":
        raise Refusal("out_of_date")  # a lead has not let it stand: nobody got a button for it
    if member.id not in {person.id for person in praise.people}:
        raise Refusal("not_praised")
    return member, praise


def offered(
    session: Session, company: Company, slack_id: str, praise_id: str, *, now: datetime
) -> tuple[Member, Praise]:
    """A person and the praise that they may hand on now. Raises Refusal if they may not."""
    member, praise = own(session, company, slack_id, praise_id)
    _in_time(session, praise_id, now)
    _turn(session, praise_id, member)
    return member, praise


def hand_on(
    session: Session, company: Company, giver_slack_id: str, praise_id: str, receiver_slack_id: str, *, now: datetime
) -> HandedOn:
    """Put the right colleague in the place of the one who was praised: name, points and post follow.

    Raises Refusal if this praise cannot be handed on, or not to this person.
    """
    if not receiver_slack_id:
        raise Refusal("people_missing", field="person")
    giver, (receiver,) = people.actor_and_named(session, company, giver_slack_id, [receiver_slack_id])
    praises.lock(session, praise_id)
    for person_id in sorted({giver.id, receiver.id}):
        roster.lock(session, person_id)
    giver, praise = own(session, company, giver_slack_id, praise_id)
    _in_time(session, praise_id, now)
    handover = Handover(giver.id, receiver.id, _turn(session, praise_id, giver))
    _fits(session, praise, giver, receiver)
    storage.move(session, company.workspace_id, praise_id, handover, now=now)
    points = _move_points(session, company, praise_id, handover, now)
    applause.recount(session, praise_id)
    handed = existing(session, praise_id)
    now_praised = {person.id: person for person in handed.people}
    return HandedOn(handed, giver, now_praised[receiver.id], now, post_at(session, company, now), points)


def _in_time(session: Session, praise_id: str, now: datetime) -> None:
    terms = storage.terms(session, praise_id)
    if terms.imported:
        raise Refusal("out_of_date")  # history was never sent to anybody, so nobody has a button for it
    if terms.accepted_at and rules.is_late(terms.accepted_at, now):
        raise Refusal("handing_on_late", most=rules.WINDOW.days)


def _turn(session: Session, praise_id: str, giver: Member) -> int:
    turn = rules.turn(storage.of(session, praise_id), giver.id)
    if turn > rules.TURNS:
        raise Refusal("handing_on_spent")
    return turn


def _fits(session: Session, praise: Praise, giver: Member, receiver: Member) -> None:
    code = rules.obstacle(
        receiver.id,
        giver=giver.id,
        praised={person.id for person in praise.people},
        recorder=praise.recorder.id if praise.recorder else "",
        handovers=storage.of(session, praise.id),
    )
    if code:
        raise Refusal(code, field="person")
    if receiver.absence:
        raise Refusal(f"praised_{receiver.absence}", field="person", person=receiver.slack_id)
    fingerprint = praise_rules.fingerprint(praise.words)
    days = praise_rules.DUPLICATE_DAYS
    whole = storage.whole(session, praise.id)
    if praises.duplicates(session, [receiver.id], fingerprint, praise.happened_on, days, whole=whole):
        raise Refusal("handing_on_known", field="person")


def _move_points(session: Session, company: Company, praise_id: str, handover: Handover, now: datetime) -> int:
    """Reverse what the one got and give it to the other, on the day on which it counted, so that boards follow; gives
    how much that is.

    Who was a helper and is the one praised now keeps the greater thanks alone. Accounts are locked in the order of
    people, as everywhere.
    """
    here, to = company.workspace_id, handover.to_id
    given, _ = ledger.turn(session, here, f"praise:{praise_id}:{handover.from_id}")
    helped, _ = ledger.turn(session, here, f"help:{praise_id}:{to}")
    lines = [ledger.reversal(helped, now=now)] if helped else []
    if given:
        _, key = ledger.turn(session, here, f"praise:{praise_id}:{to}")
        lines += [ledger.reversal(given, now=now), replace(given, key=key, person_id=to, entered_at=now)]
    for line in sorted(lines, key=lambda line: line.person_id):
        ledger.enter(session, company.workspace_id, line)
    return given.amount if given else 0
