"""A customer's words are recorded, confirmed where that is due, and applauded (product.md 1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.rules import periods, quiet
from bot.rules import praise as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people, timetable
from bot.services import telling as checks
from bot.services.telling import Telling
from storage import people as roster
from storage import points as ledger
from storage import praise as storage
from storage.people import Member
from storage.points import Line
from storage.praise import NewPraise, Praise


class Duplicate(Refusal):
    """All the named people have these words already; `first` is the praise that brought them.

    `people` are those in it who may be shown: of those who keep praise private, only whom the recorder named too.
    """

    def __init__(self, first: Praise, named: Collection[Member] = ()) -> None:
        super().__init__("duplicate", field="words", happened_on=first.happened_on)
        ids = {person.id for person in named}
        self.first = first
        self.people = tuple(person for person in first.people if person.id in ids or not person.keeps_private)


@dataclass(frozen=True)
class Recorded:
    """A stored praise. `known` are those who had the words already; `confirmers` are asked if it waits.

    `post_at` is the earliest time for its post and its DMs: now, or the end of quiet hours. `rest` is what the customer
    said beside the words; nobody but the recorder sees it. `unlinked` if a link to the whole message was left out.
    `gathered` are those who get the words together with others, `points` what each of the praised gets.
    """

    praise: Praise
    known: tuple[Member, ...]
    confirmers: tuple[Member, ...]
    post_at: datetime
    rest: str = ""
    unlinked: bool = False
    gathered: tuple[Member, ...] = ()
    points: int = 0

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
    checks.praisable(named)
    said, customer = checks.parts(telling.words, telling.part), checks.customer(telling.customer)
    happened_on, link = checks.day(telling.happened_on, company.zone_of(recorder.zone), now), checks.link(telling.link)
    unlinked = bool(said.rest) and rules.is_in_slack(link)  # behind it the rest can be read
    fingerprint, whole = rules.fingerprint(said.words), rules.fingerprint(said.whole) if said.rest else ""
    fresh = _fresh(session, named, fingerprint, whole, happened_on)
    reason = _why_it_waits(session, recorder, fresh, now)
    new = NewPraise(
        words=said.words,
        fingerprint=fingerprint,
        customer=customer,
        source=checks.source(telling.source),
        happened_on=happened_on,
        link="" if unlinked else link,
        recorder=recorder,
        people=fresh,
        checked=recorder.leads and not reason,
        state="waiting" if reason else "accepted",
        reason=reason,
        rest=said.rest,
        whole=whole,
    )
    praise = storage.add(session, company.workspace_id, new, now=now)
    if not reason:
        award(session, company, praise, now=now)
    return Recorded(
        praise=praise,
        known=tuple(person for person in named if person not in fresh),
        confirmers=confirmers(session, company, praise) if reason else (),
        post_at=post_at(session, company, now),
        rest=said.rest,
        unlinked=unlinked,
        points=company.praise_points,
    )


def _fresh(
    session: Session, named: tuple[Member, ...], fingerprint: str, whole: str, happened_on: date
) -> tuple[Member, ...]:
    """Those of these people for whom the words are new. Raises Duplicate if there are none."""
    ids = [person.id for person in named]
    known = storage.duplicates(session, ids, fingerprint, happened_on, rules.DUPLICATE_DAYS, whole=whole)
    fresh = tuple(person for person in named if person.id not in known)
    if not fresh:
        raise Duplicate(existing(session, known[ids[0]]), named)
    return fresh


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
        ledger.award(session, company.workspace_id, Line(key, person.id, "praise", company.praise_points, day, now))


def post_at(session: Session, company: Company, now: datetime) -> datetime:
    """When words may leave: now, or when quiet hours end, at the latest just before the next ritual of their channel.

    The rituals of other channels do not matter: the morning of another site may be the middle of the night here.
    """
    if company.quiet is None or not company.quiet.hold(now.astimezone(company.zone).time()):
        return now  # by day nothing need be looked up
    ritual = timetable.next_in(session, company, company.praise_channel, now=now)
    return quiet.earliest(now, company.quiet, company.zone, ritual)


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
