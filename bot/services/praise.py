"""A customer's words are recorded, confirmed where that is due, and applauded (product.md 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules import periods, points, quiet, rituals
from bot.rules import praise as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people, working_days
from storage import people as roster
from storage import points as ledger
from storage import praise as storage
from storage.people import Member
from storage.points import Line
from storage.praise import NewPraise, Praise


class Duplicate(Refusal):
    """All the named people have these words already; `first` is the praise that brought them."""

    def __init__(self, first: Praise) -> None:
        super().__init__("duplicate", field="words", happened_on=first.happened_on)
        self.first = first


@dataclass(frozen=True)
class Telling:
    """What a person says that a customer said. `people` are Slack ids, `happened_on` None means today."""

    people: tuple[str, ...]
    words: str
    customer: str = ""
    source: str = rules.DEFAULT_SOURCE
    happened_on: date | None = None
    link: str = ""


@dataclass(frozen=True)
class Recorded:
    """A stored praise. `known` are those who had the words already; `confirmers` are asked if it waits.

    `post_at` is the earliest time for its post and its DMs: now, or the end of quiet hours.
    """

    praise: Praise
    known: tuple[Member, ...]
    confirmers: tuple[Member, ...]
    post_at: datetime

    @property
    def waits(self) -> bool:
        return self.praise.state == "waiting"

    @property
    def language(self) -> str:
        """The recorder's."""
        return self.praise.recorder.language if self.praise.recorder else "en"


def record(session: Session, company: Company, recorder_slack_id: str, telling: Telling, *, now: datetime) -> Recorded:
    """Store a praise told by a colleague and give its points, or let it wait for a lead.

    Raises Refusal (with the field of the form) for what the rules do not allow, Duplicate if it is known.
    """
    recorder, named = people.actor_and_named(session, company, recorder_slack_id, telling.people)
    _praisable(named)
    words, customer = _words(telling.words), _customer(telling.customer)
    happened_on = _day(telling.happened_on, recorder, company, now)
    fingerprint = rules.fingerprint(words)
    known = storage.duplicates(session, [person.id for person in named], fingerprint, happened_on, rules.DUPLICATE_DAYS)
    fresh = tuple(person for person in named if person.id not in known)
    if not fresh:
        raise Duplicate(existing(session, known[named[0].id]))
    reason = _why_it_waits(session, recorder, fresh, now)
    new = NewPraise(
        words=words,
        fingerprint=fingerprint,
        customer=customer,
        source=_source(telling.source),
        happened_on=happened_on,
        link=_link(telling.link),
        recorder=recorder,
        people=fresh,
        checked=recorder.leads and not reason,
        state="waiting" if reason else "accepted",
        reason=reason,
    )
    praise = storage.add(session, company.workspace_id, new, now=now)
    if not reason:
        award(session, company, praise, now=now)
    return Recorded(
        praise=praise,
        known=tuple(person for person in named if person.id in known),
        confirmers=confirmers(session, company, praise) if reason else (),
        post_at=post_at(company, now),
    )


def may_confirm(person: Member, praise: Praise) -> bool:
    """Whether this person may settle that praise: a lead or admin who neither recorded it nor is praised in it."""
    involved = {praised.id for praised in praise.people} | ({praise.recorder.id} if praise.recorder else set())
    return person.leads and person.absence is None and person.id not in involved


def confirmers(session: Session, company: Company, praise: Praise) -> tuple[Member, ...]:
    """Who is asked to settle a praise: every lead who may, else every admin who may."""
    for role in ("lead", "admin"):
        members = roster.leaders(session, company.workspace_id, role)
        if able := tuple(member for member in members if may_confirm(member, praise)):
            return able
    return ()


def award(session: Session, company: Company, praise: Praise, *, now: datetime) -> None:
    """Give each praised person the points of a praise, once."""
    for person in praise.people:
        key = f"praise:{praise.id}:{person.id}"
        day = periods.local_day(now, company.zone)
        ledger.enter(session, company.workspace_id, Line(key, person.id, "praise", points.PRAISE, day, now))


def post_at(company: Company, now: datetime) -> datetime:
    """When words may leave: now, or when quiet hours end, at the latest just before the ritual."""
    if company.quiet is None:
        return now
    working = working_days.calendar(company)
    next_ritual = rituals.next_due(now, company.ritual_at, company.zone, working)
    return quiet.earliest(now, company.quiet, company.zone, next_ritual)


def _praisable(named: Sequence[Member]) -> None:
    if not named:
        raise Refusal("people_missing", field="people")
    if len(named) > rules.MAX_PEOPLE:
        raise Refusal("too_many_people", field="people", most=rules.MAX_PEOPLE)
    for person in named:
        if person.absence:
            raise Refusal(f"praised_{person.absence}", field="people", person=person.slack_id)


def _words(text: str) -> str:
    words = rules.clean(text)
    if not words:
        raise Refusal("words_missing", field="words")
    if len(words) > rules.MAX_WORDS:
        raise Refusal("words_too_long", field="words", most=rules.MAX_WORDS, length=len(words))
    return words


def _customer(text: str) -> str:
    customer = rules.clean(text)
    if len(customer) > rules.MAX_CUSTOMER:
        raise Refusal("customer_too_long", field="customer", most=rules.MAX_CUSTOMER)
    return customer


def _source(source: str) -> str:
    if source not in rules.SOURCES:
        raise Refusal("unknown_source", field="source")
    return source


def _link(text: str) -> str:
    link = text.strip()
    if link and not rules.is_link(link):
        raise Refusal("bad_link", field="link")
    return link


def _day(happened_on: date | None, recorder: Member, company: Company, now: datetime) -> date:
    today = periods.local_day(now, ZoneInfo(recorder.zone) if recorder.zone else company.zone)
    if happened_on and happened_on > today:
        raise Refusal("day_in_future", field="happened_on")
    return happened_on or today


def _why_it_waits(session: Session, recorder: Member, fresh: tuple[Member, ...], now: datetime) -> str:
    if any(person.id == recorder.id for person in fresh):
        return "self"
    since = now - timedelta(days=rules.CONFIRM_WINDOW_DAYS)
    times = storage.times_recorded(session, recorder.id, [person.id for person in fresh], since)
    return "many" if any(count >= rules.CONFIRM_AFTER for count in times.values()) else ""


def existing(session: Session, praise_id: str) -> Praise:
    """The praise with this id. Raises Refusal if there is none."""
    praise = storage.get(session, praise_id)
    if praise is None:
        raise Refusal("no_such_praise")
    return praise
