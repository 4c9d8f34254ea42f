"""Boards of teams, by what they have a head, and the board of the people of one's own team (product.md 5).

A team is who is in it today: so the line of a team is what its people have, as they can see it, over as many heads as
there are, and a list of teams that comes late counts for what was earned before.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import points
from bot.rules import teams as rules
from bot.rules.company import Company
from bot.rules.periods import Period
from bot.rules.points import Board
from bot.rules.refusal import Refusal
from bot.rules.teams import Ranked, Share
from bot.services import leaderboards, people
from bot.services import past as own_past
from bot.services.leaderboards import TOP, Standing
from storage import people as roster
from storage import teams as storage
from storage.people import Member


@dataclass(frozen=True)
class TeamStanding:
    """The board of teams that was asked for. `own` is the viewer's team, None if they are in none that is counted."""

    board: Board
    period: Period
    starts_on: date
    places: tuple[Ranked, ...]
    own: Ranked | None
    viewer: Member
    least_events: int


def standing(
    session: Session, company: Company, viewer_slack_id: str, board: Board, period: Period, *, now: datetime
) -> TeamStanding:
    """The first ten teams of a board, and the viewer's own."""
    viewer = people.actor(session, company, viewer_slack_id)
    span, least = leaderboards.span(company, board, period, now), leaderboards.least(period)
    shares = [Share(**one.__dict__) for one in storage.sums(session, span)]
    ranked = rules.rank(shares, least_events=least, least_amount=points.least(board))
    mine = [one for one in ranked if viewer.team and one.team.casefold() == viewer.team.casefold()]
    places = [one for one in ranked if one.rank][:TOP]
    return TeamStanding(board, period, span.starts_on, tuple(places), mine[0] if mine else None, viewer, least)


def names(session: Session, company: Company) -> frozenset[str]:
    """The names of all teams, casefolded."""
    return frozenset(one.casefold() for one in roster.teams(session, company.workspace_id))


def colleagues(
    session: Session,
    company: Company,
    viewer_slack_id: str,
    board: Board,
    period: Period,
    *,
    team: str = "",
    now: datetime,
) -> Standing:
    """The first ten of the viewer's own team, and their own place in it; for an admin also those of another `team`.

    Raises Refusal for whoever is in no team, or in one of too few people, and for a team that there is not.
    """
    viewer = people.actor(session, company, viewer_slack_id)
    asked = team or viewer.team
    is_own = asked.casefold() == viewer.team.casefold()
    if not is_own and viewer.role != "admin":
        raise Refusal("admins_only")
    spelt = roster.spellings(session, company.workspace_id, asked) if asked else ()
    if not spelt:
        raise Refusal("no_team" if is_own else "unknown_team")
    if storage.heads(session, company.workspace_id, spelt) < rules.LEAST_PEOPLE:
        raise Refusal("team_too_small" if is_own else "other_team_small", least=rules.LEAST_PEOPLE)
    span, least = leaderboards.span(company, board, period, now), leaderboards.least(period)
    scores = storage.top(session, span, spelt, least_events=least, limit=TOP)
    own = leaderboards.own(session, span, viewer, least) if is_own else None
    if own and own.rank:
        better = storage.better(session, span, spelt, least_events=least, amount=own.amount, events=own.events)
        own = replace(own, rank=better + 1)
    places = leaderboards.placed(session, scores)
    past = own_past.of(session, company, viewer, board, now=now) if is_own else None
    return Standing(board, period, span.starts_on, places, own, viewer, least, past, spelt[0], is_own)
