"""Boards count what was earned net of reversals, never what was spent (product.md 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.periods import PERIODS, Period
from bot.rules.points import Board
from bot.services import past, people
from bot.services.past import Past
from storage import leaderboards as storage
from storage import people as roster
from storage.leaderboards import Holding, Score, Span
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
    """The board that was asked for. `own` is the viewer's place, None if nothing counts yet, and `past` their own past.

    `team` is the team of which alone these people are, "" for the board of all; `is_own` unless it is another's.
    """

    board: Board
    period: Period
    starts_on: date
    places: tuple[Place, ...]
    own: Place | None
    viewer: Member
    least_events: int
    past: Past | None = None
    team: str = ""
    is_own: bool = True


@dataclass(frozen=True)
class List:
    """All that is on a board, for admins."""

    board: Board
    period: Period
    starts_on: date
    holdings: tuple[Holding, ...]
    viewer: Member | None


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
    asked, fewest = span(company, board, period, now), least(period)
    places = placed(session, storage.top(session, asked, least_events=fewest, limit=TOP))
    mine = own(session, asked, viewer, fewest)
    return Standing(
        board, period, asked.starts_on, places, mine, viewer, fewest, past.of(session, company, viewer, board, now=now)
    )


def least(period: Period) -> int:
    """Events that somebody needs for a place on the board of a period."""
    return LEAST_EVENTS.get(period, 1)


def placed(session: Session, scores: Iterable[Score]) -> tuple[Place, ...]:
    """These scores with whom they are of."""
    scores = tuple(scores)
    known = roster.by_id(session, [score.person_id for score in scores])
    places = [Place(score.rank, known[score.person_id], score.amount, score.events) for score in scores]
    return tuple(sorted(places, key=lambda place: (place.rank, place.person.name)))  # equals in an order that stays


def everybody(
    session: Session, company: Company, viewer_slack_id: str, board: Board, period: Period, *, now: datetime
) -> List:
    """All who have anything on a board, hidden from it or not. Raises Refusal unless an admin asks; an operator at
    the command line, who reads the database itself, is "" here."""
    viewer = people.admin(session, company, viewer_slack_id) if viewer_slack_id else None
    asked = span(company, board, period, now)
    return List(board, period, asked.starts_on, tuple(storage.everybody(session, asked)), viewer)


def record(session: Session, company: Company, viewer_slack_id: str, slack_id: str, *, now: datetime) -> Record:
    """One person's points over every period. Raises Refusal unless an admin asks, or the person themselves."""
    viewer = people.actor(session, company, viewer_slack_id)
    if viewer.slack_id != slack_id:
        people.admin(session, company, viewer_slack_id)
    (person,) = people.named(session, company, [slack_id])
    places = tuple(
        (period, own(session, span(company, "points", period, now), person, least(period))) for period in PERIODS
    )
    return Record(person, places)


def own(session: Session, span: Span, person: Member, least: int) -> Place | None:
    """Somebody's own place on a board, shown to others or not."""
    score = storage.own(session, span, person.id, least_events=least)
    return Place(score.rank, person, score.amount, score.events) if score else None


def span(company: Company, board: Board, period: Period, now: datetime) -> Span:
    """A board over the current one of these periods."""
    starts_on = periods.start(period, periods.local_day(now, company.zone))
    return Span(company.workspace_id, board, period, starts_on)
