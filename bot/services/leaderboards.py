"""Boards count what was earned net of reversals, never what was spent (product.md 5)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.periods import PERIODS, Period
from bot.rules.points import Board
from bot.services import people
from storage import leaderboards as storage
from storage import people as roster
from storage.leaderboards import Span
from storage.people import Member

TOP = 10
LEAST_EVENTS: dict[Period, int] = {"quarter": 3, "year": 3, "all": 3}
"""Events before anyone is ranked over a long period, so that one lucky day does not lead it."""


@dataclass(frozen=True)
class Place:
    """A person's line on a board; rank 0 means not ranked."""

    rank: int
    person: Member
    amount: int
    events: int


@dataclass(frozen=True)
class Standing:
    """The board that was asked for. `own` is the viewer's place, None if nothing counts yet."""

    board: Board
    period: Period
    starts_on: date
    places: tuple[Place, ...]
    own: Place | None
    viewer: Member
    least_events: int


@dataclass(frozen=True)
class Record:
    """One person on the points board of every period, for admins."""

    person: Member
    places: tuple[tuple[Period, Place | None], ...]


def standing(
    session: Session, company: Company, viewer_slack_id: str, board: Board, period: Period, *, now: datetime
) -> Standing:
    """The first ten of a board and the viewer's own place."""
    viewer = people.actor(session, company, viewer_slack_id)
    span = _span(company, board, period, now)
    least = LEAST_EVENTS.get(period, 1)
    scores = storage.top(session, span, least_events=least, limit=TOP)
    known = roster.by_id(session, [score.person_id for score in scores])
    places = [Place(score.rank, known[score.person_id], score.amount, score.events) for score in scores]
    places.sort(key=lambda place: (place.rank, place.person.name))  # equals in an order that stays
    own = _own(session, span, viewer, least)
    return Standing(board, period, span.starts_on, tuple(places), own, viewer, least)


def record(session: Session, company: Company, viewer_slack_id: str, slack_id: str, *, now: datetime) -> Record:
    """One person's points over every period. Raises Refusal unless an admin asks, or the person themselves."""
    viewer = people.actor(session, company, viewer_slack_id)
    if viewer.slack_id != slack_id:
        people.admin(session, company, viewer_slack_id)
    (person,) = people.named(session, company, [slack_id])
    places = tuple(
        (period, _own(session, _span(company, "points", period, now), person, LEAST_EVENTS.get(period, 1)))
        for period in PERIODS
    )
    return Record(person, places)


def _own(session: Session, span: Span, person: Member, least: int) -> Place | None:
    score = storage.own(session, span, person.id, least_events=least)
    return Place(score.rank, person, score.amount, score.events) if score else None


def _span(company: Company, board: Board, period: Period, now: datetime) -> Span:
    starts_on = periods.start(period, periods.local_day(now, company.zone))
    return Span(company.workspace_id, board, period, starts_on)
