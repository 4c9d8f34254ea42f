"""The health of thanking, for everybody, and for a lead privately who of their team was not thanked for long
(product.md 2). No figure names anybody, and of fewer than five people there is none."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import economy as rules
from bot.rules import periods
from bot.rules.company import Company
from bot.rules.periods import Period
from bot.rules.points import Board
from bot.services import past, people
from storage import economy as storage
from storage import people as roster
from storage.leaderboards import Span
from storage.people import Member

DONE_WELL = ("accepted", "doing", "done")
"""States of an idea of which a lead can speak to its author."""
NAMED = 20
"""Of a very large team so many are told, each with something true."""


@dataclass(frozen=True)
class Health:
    """How thanks go round among all `people`. `thanked` were thanked this month, `never` of a hundred were never
    thanked here, and the most active tenth gave `tenth` of a hundred kudos this month, None while too few give."""

    people: int
    thanked: int
    thanked_share: int
    never: int
    tenth: int | None


@dataclass(frozen=True)
class Forgotten:
    """Somebody who was not thanked for long, and one true thing to speak of: a customer's `words` and their day, else
    the title of an `idea`, else nothing."""

    person: Member
    words: str = ""
    said_on: date | None = None
    idea: str = ""


@dataclass(frozen=True)
class Overview:
    """What one person sees: `health` None if there are too few people; for leads `forgotten` of their team, `more` of
    whom are not told, and `team` "" if they are in none."""

    viewer: Member
    health: Health | None
    forgotten: tuple[Forgotten, ...] = ()
    more: int = 0


def overview(session: Session, company: Company, viewer_slack_id: str, *, now: datetime) -> Overview:
    """The health of thanking, with what leads are told beside it."""
    viewer = people.actor(session, company, viewer_slack_id)
    found = health(session, company, now=now)
    if not (viewer.leads and viewer.team):
        return Overview(viewer, found)
    missed = _forgotten(session, company, viewer, periods.local_day(now, company.zone))
    told = tuple(_with_something(session, one) for one in missed[:NAMED])
    return Overview(viewer, found, told, len(missed) - len(told))


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> Health | None:
    """What Home shows of it, to everybody the same."""
    return health(session, company, now=now)


def health(session: Session, company: Company, *, now: datetime) -> Health | None:
    """The figures; None if fewer than five people take part."""
    count = storage.present(session, company.workspace_id)
    if count < rules.LEAST_PEOPLE:
        return None
    today = periods.local_day(now, company.zone)

    def span(board: Board, period: Period) -> Span:
        return Span(company.workspace_id, board, period, periods.start(period, today))

    thanked, _ = storage.having(session, span("kudos", "month"))
    ever, _ = storage.having(session, span("kudos", "all"))
    givers, given = storage.having(session, span("given", "month"))
    most = storage.of_most(session, span("given", "month"), rules.tenth(count))
    return Health(
        people=count,
        thanked=thanked,
        thanked_share=rules.share(thanked, count) or 0,
        never=rules.share(max(0, count - ever), count) or 0,
        tenth=rules.share(most, given) if givers >= rules.LEAST_PEOPLE else None,
    )


def _forgotten(session: Session, company: Company, lead: Member, today: date) -> list[Member]:
    """The others of the lead's team whom nobody thanked since the day that the rule names, by name."""
    spelt = roster.spellings(session, company.workspace_id, lead.team)
    others = [one for one in roster.of_team(session, company.workspace_id, spelt) if one.id != lead.id]
    since = rules.forgotten_since(today)
    ids = [one.id for one in others]
    weeks = periods.weeks(since, today)  # of the first one some days may be too early
    lately = storage.thanked(session, company.workspace_id, ids, "week", [week for week in weeks if week >= since])
    rest = [one for one in ids if one not in lately]
    perhaps = storage.thanked(session, company.workspace_id, rest, "week", [week for week in weeks if week < since])

    def forgotten(person: Member) -> bool:
        if person.id in lately:
            return False
        if person.id not in perhaps:
            return True
        return past.between(session, company, person.id, "kudos", since, today).times <= 0

    return [one for one in others if forgotten(one)]


def _with_something(session: Session, person: Member) -> Forgotten:
    """With the newest praise, unless that person keeps theirs private, or with an idea of theirs."""
    praise = None if person.keeps_private else storage.praise_of(session, person.id)
    if praise:
        return Forgotten(person, words=praise[0], said_on=praise[1])
    return Forgotten(person, idea=storage.idea_of(session, person.id, DONE_WELL) or "")
