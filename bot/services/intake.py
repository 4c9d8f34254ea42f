"""Praise that no colleague tells: another program sends it signed, or a file brings history (product.md 1).

It is checked at its source, so it waits for nobody and has no recorder.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.rules import praise as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services import praise as service
from bot.services import telling as checks
from bot.services.telling import Telling
from storage import intake as keys
from storage import people as roster
from storage import praise as storage
from storage.people import Member
from storage.praise import NewPraise, Praise


class KeyUsed(Exception):
    """The idempotency key came before, with another body."""


class Unfit(Exception):
    """What is told breaks rules: each part by its refusal, and the names that mean nobody who can be praised.

    `unknown` are names of nobody; `absent` are names with the reason why they take no part ("bot", "guest" …).
    """

    def __init__(
        self,
        refusals: Sequence[Refusal] = (),
        unknown: Sequence[str] = (),
        absent: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self.refusals, self.unknown, self.absent = refusals, unknown, absent


@dataclass(frozen=True)
class Fit:
    """What is told, each part as it may be stored."""

    people: tuple[Member, ...]
    words: str
    fingerprint: str
    customer: str
    source: str
    happened_on: date
    link: str


@dataclass(frozen=True)
class Taken:
    """The praise that was sent is stored under this id; `praise` is None if it, or these words, were there before.

    `post_at` is the earliest time for its post and its DMs, if there are any.
    """

    praise_id: str
    praise: Praise | None = None
    post_at: datetime | None = None


def fit(company: Company, known: Mapping[str, Member], telling: Telling, *, now: datetime) -> Fit:
    """Check every part of a telling; `known` are people by the names that it may use. Raises Unfit with all that is
    wrong."""
    refusals: list[Refusal] = []

    def part(check: Callable[..., Any], *given: object) -> Any:
        try:
            return check(*given)
        except Refusal as refusal:
            return refusals.append(refusal)

    part(_count, telling.people)
    parts = {
        "words": part(checks.words, telling.words),
        "customer": part(checks.customer, telling.customer),
        "source": part(checks.source, telling.source),
        "happened_on": part(checks.day, telling.happened_on, company.zone, now),
        "link": part(checks.link, telling.link),
    }
    unknown = tuple(name for name in telling.people[: rules.MAX_PEOPLE] if name not in known)  # no more are looked up
    named = {name: known[name] for name in telling.people if name in known}
    absent = tuple((name, person.absence) for name, person in named.items() if person.absence)
    if refusals or unknown or absent:
        raise Unfit(tuple(refusals), unknown, absent)
    people = {person.id: person for person in named.values()}
    return Fit(people=tuple(people.values()), fingerprint=rules.fingerprint(parts["words"]), **parts)


def _count(names: Sequence[str]) -> None:
    if not names:
        raise Refusal("people_missing", field="people")
    if len(names) > rules.MAX_PEOPLE:
        raise Refusal("too_many_people", field="people", most=rules.MAX_PEOPLE)


def check(session: Session, company: Company, telling: Telling, *, now: datetime) -> Fit:
    """As `fit`, for whomever the roster knows by the names in the telling."""
    return fit(company, people.find(session, company, telling.people[: rules.MAX_PEOPLE]), telling, now=now)


def seen(session: Session, company: Company, key: str, digest: str) -> Taken | None:
    """What this very request brought when it came before."""
    before = keys.get(session, company.workspace_id, key)
    return Taken(before.praise_id) if before and before.digest == digest else None


def take_in(session: Session, company: Company, key: str, digest: str, telling: Telling, *, now: datetime) -> Taken:
    """Store praise that another program sent under an idempotency key, with its points.

    Raises Unfit for what the rules do not allow, KeyUsed if the key came with another body.
    """
    told = check(session, company, telling, now=now)
    if not keys.claim(session, company.workspace_id, key, digest, now=now):
        before = seen(session, company, key, digest)
        if before is None:
            raise KeyUsed
        return before
    ids = [person.id for person in told.people]
    roster.hold(session, ids)
    known = storage.duplicates(session, ids, told.fingerprint, told.happened_on, rules.DUPLICATE_DAYS)
    fresh = tuple(person for person in told.people if person.id not in known)
    if not fresh:
        keys.settle(session, company.workspace_id, key, known[ids[0]])
        return Taken(known[ids[0]])
    praise = storage.add(session, company.workspace_id, new(told, fresh), now=now)
    service.award(session, company, praise, now=now)
    keys.settle(session, company.workspace_id, key, praise.id)
    return Taken(praise.id, praise, service.post_at(session, company, now))


def new(told: Fit, fresh: tuple[Member, ...], *, imported: bool = False) -> NewPraise:
    """The praise of those for whom these words are new."""
    return NewPraise(
        words=told.words,
        fingerprint=told.fingerprint,
        customer=told.customer,
        source=told.source,
        happened_on=told.happened_on,
        link=told.link,
        recorder=None,
        people=fresh,
        checked=True,
        state="accepted",
        imported=imported,
    )
