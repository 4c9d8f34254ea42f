"""Colleagues thank one another: by command, by form, by a reaction, or by joining in (product.md 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import kudos as rules
from bot.rules import periods
from bot.rules.company import Company
from bot.rules.praise import clean
from bot.rules.refusal import Refusal
from bot.services import people
from storage import kudos as storage
from storage import people as roster
from storage import points as ledger
from storage.kudos import Days, Kudos, NewGift
from storage.people import Member
from storage.points import Line


@dataclass(frozen=True)
class Left:
    """What a giver may still give: kudos today, and for leads kudos this week of so many points `each`, which is None
    where leads have none of their own."""

    daily: int
    weekly: int
    each: int | None = rules.Terms.lead_points


@dataclass(frozen=True)
class Gifted:
    """A receiver and the points they got."""

    person: Member
    points: int


@dataclass(frozen=True)
class NotGifted:
    """A person who got nothing, which cost nothing, and the code that says why."""

    person: Member
    code: str


@dataclass(frozen=True)
class Given:
    """A kudos that was given. `joined` is the kudos that it joins, and `joiners` are all who joined that one."""

    id: str
    giver: Member
    gifts: tuple[Gifted, ...]
    refused: tuple[NotGifted, ...]
    reason: str
    value: str
    left: Left
    joined: "Thanks | None" = None


@dataclass(frozen=True)
class Thanks:
    """A kudos as its line in the channel tells it, with those who joined in."""

    id: str
    giver: Member
    receivers: tuple[Member, ...]
    reason: str
    value: str
    channel: str
    joiners: tuple[Member, ...]


class NobodyThanked(Refusal):
    """None of the named people could be thanked; `refused` says why of each."""

    def __init__(self, refused: tuple[NotGifted, ...], left: Left) -> None:
        super().__init__("nobody_thanked", field="people")
        self.refused = refused
        self.left = left


def give(
    session: Session,
    company: Company,
    giver_slack_id: str,
    receiver_slack_ids: Sequence[str],
    *,
    reason: str,
    value: str = "",
    channel: str,
    now: datetime,
) -> Given:
    """Thank people for a reason; those who may get it get it. Raises Refusal if the reason or everybody is missing."""
    giver = people.actor(session, company, giver_slack_id)
    if not receiver_slack_ids:
        raise Refusal("people_missing", field="people")
    reason = clean(reason)
    if not reason:
        raise Refusal("reason_missing", field="reason")
    if len(reason) > rules.MAX_REASON:
        raise Refusal("reason_too_long", field="reason", most=rules.MAX_REASON)
    if value and value not in company.values:
        raise Refusal("unknown_value", field="value")
    receivers = people.named(session, company, receiver_slack_ids)
    act = Act(giver, reason, value, "command", channel)
    return thank(session, company, act, receivers, now=now)


def join(session: Session, company: Company, giver_slack_id: str, kudos_id: str, *, now: datetime) -> Given:
    """Thank the same people as a kudos in the channel does. Raises Refusal if the kudos is gone or was joined."""
    giver = people.actor(session, company, giver_slack_id)
    joined = storage.get(session, kudos_id)
    if joined is None or not storage.stands(session, kudos_id):
        raise Refusal("no_such_kudos")
    if giver.id == joined.giver_id or giver.id in storage.joiners(session, kudos_id):
        raise Refusal("joined_already")
    known = roster.by_id(session, joined.receiver_ids)
    receivers = tuple(known[id_] for id_ in joined.receiver_ids if id_ != giver.id)
    if not receivers:
        raise Refusal("join_self")
    act = Act(giver, joined.reason, joined.value, "joined", joined.channel, joined=joined)
    return thank(session, company, act, receivers, now=now)


def left(session: Session, company: Company, giver: Member, *, now: datetime) -> Left:
    """What this person may still give today and this week."""
    daily, weekly = storage.used(session, giver.id, _days(company, giver, now))
    terms = company.kudos
    weekly_left = terms.weekly - weekly if giver.leads else 0
    return Left(max(0, terms.daily - daily), max(0, weekly_left), terms.lead_points if terms.weekly else None)


@dataclass(frozen=True)
class Act:
    """An act of thanking before anybody was thanked; `key` begins the ledger's keys if the kudos' id must not."""

    giver: Member
    reason: str
    value: str
    origin: str
    channel: str
    joined: Kudos | None = None
    key: str = ""


def thank(session: Session, company: Company, act: Act, receivers: tuple[Member, ...], *, now: datetime) -> Given:
    """Give what the allowances and the pair limit allow. Raises NobodyThanked if that is nothing."""
    giver = act.giver
    roster.lock(session, giver.id)
    days = _days(company, giver, now)
    gifts, refused = _entitled(session, company, giver, receivers, days)
    known = {person.id: person for person in receivers}
    not_gifted = tuple(NotGifted(known[one.receiver], one.code) for one in refused)
    if not gifts:
        raise NobodyThanked(not_gifted, left(session, company, giver, now=now))
    kudos_id = storage.fresh_id(now)
    _store(session, company, act, kudos_id, gifts, days, now)
    return Given(
        id=kudos_id,
        giver=giver,
        gifts=tuple(Gifted(known[gift.receiver], gift.points) for gift in gifts),
        refused=not_gifted,
        reason=act.reason,
        value=act.value,
        left=left(session, company, giver, now=now),
        joined=thanks(session, act.joined) if act.joined else None,
    )


def _entitled(
    session: Session, company: Company, giver: Member, receivers: tuple[Member, ...], days: Days
) -> tuple[tuple[rules.Gift, ...], tuple[rules.Refused, ...]]:
    daily, weekly = storage.used(session, giver.id, days)
    return rules.entitle(
        [person.id for person in receivers],
        giver=giver.id,
        lead=giver.leads,
        terms=company.kudos,
        daily_used=daily,
        weekly_used=weekly,
        pair_counts=storage.pairs(session, giver.id, days.week),
        ineligible={person.id: person.absence for person in receivers if person.absence},
    )


def _store(
    session: Session,
    company: Company,
    act: Act,
    kudos_id: str,
    gifts: tuple[rules.Gift, ...],
    days: Days,
    now: datetime,
) -> None:
    """Write the kudos, its points, and what the giver gave."""
    key = act.key or f"kudos:{kudos_id}"
    new = [NewGift(gift.receiver, gift.points, gift.allowance, f"{key}:{gift.receiver}") for gift in gifts]
    kudos = Kudos(
        id=kudos_id,
        giver_id=act.giver.id,
        reason=act.reason,
        value=act.value,
        origin=act.origin,
        channel=act.channel,
        joined_id=act.joined.id if act.joined else None,
        receiver_ids=tuple(gift.receiver_id for gift in new),
    )
    storage.add(session, company.workspace_id, kudos, new, days, now=now)
    for gift in new:
        line = Line(gift.entry_key, gift.receiver_id, "kudos", gift.points, days.counts_on, now)
        ledger.enter(session, company.workspace_id, line)
    ledger.count(session, company.workspace_id, act.giver.id, ("given",), days.counts_on, len(new), len(new))


def told(session: Session, given: Given) -> Thanks:
    """The line that a new kudos makes or changes: its own, or that of the kudos which it joins."""
    kudos = storage.get(session, given.joined.id if given.joined else given.id)
    if kudos is None:
        raise Refusal("no_such_kudos")
    return thanks(session, kudos)


def thanks(session: Session, kudos: Kudos) -> Thanks:
    """A kudos as its line in the channel tells it."""
    joiners = storage.joiners(session, kudos.id)
    known = roster.by_id(session, {kudos.giver_id, *kudos.receiver_ids, *joiners})
    return Thanks(
        id=kudos.id,
        giver=known[kudos.giver_id],
        receivers=tuple(known[id_] for id_ in kudos.receiver_ids),
        reason=kudos.reason,
        value=kudos.value,
        channel=kudos.channel,
        joiners=tuple(known[id_] for id_ in joiners),
    )


def _days(company: Company, giver: Member, now: datetime) -> Days:
    """The allowance's day is the giver's own; weeks and boards go by the workspace's zone."""
    own = company.zone_of(giver.zone)
    today = periods.local_day(now, company.zone)
    return Days(periods.local_day(now, own), periods.start("week", today), today)
