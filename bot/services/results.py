"""What one viewer sees of a round that closed: leads the figures of their team, admins all, everybody the company's.

Only what was stored as shown is there to be read; nothing here can be computed anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session

from bot.rules import showing
from bot.rules.atoms import COMPANY
from bot.rules.company import Company
from bot.rules.showing import Figures
from bot.services import bank
from bot.services.bank import Action
from storage import people as roster
from storage import results, surveys
from storage.people import Member
from storage.results import Comment
from storage.surveys import Survey

POINTS = 8
"""How many rounds a trend shows."""
ROUNDS = 150
"""How far back the last round of each driver is looked for: more than a year."""

Withheld = Literal["", "few", "subtractable", "no_team"]


@dataclass(frozen=True)
class Trend:
    """The same question, the same cut, oldest first, at most eight."""

    points: tuple[tuple[date, Figures], ...] = ()


@dataclass(frozen=True)
class Told:
    """What one viewer sees of a round: `mine` are the figures of a lead's team, or of the company; `withheld` says why
    there are none. `teams` are all teams with their figures, if they are shown: for admins alone. `fell` names the cuts
    whose figure fell (COMPANY the company's), `action` is what could be done about it."""

    viewer: Member
    survey: Survey
    mine: Figures | None
    trend: Trend = Trend()
    comments: tuple[Comment, ...] = ()
    withheld: Withheld = ""
    teams: tuple[tuple[str, Figures | None], ...] = ()
    fell: tuple[str, ...] = ()
    action: Action | None = None


def viewers(session: Session, company: Company) -> tuple[Member, ...]:
    """Who hears of results: leads and admins."""
    here = company.workspace_id
    return (*roster.leaders(session, here, "admin"), *roster.leaders(session, here, "lead"))


def shown_to(session: Session, company: Company, viewer: Member, survey: Survey) -> Told:
    """What a lead or an admin sees of a round that closed."""
    cut = own_cut(viewer, survey)
    all_of_them = viewer.role == "admin" or cut is None
    figures = results.figures(session, survey.id, None if all_of_them else {str(cut), COMPANY})
    if cut is None or cut not in figures:
        return Told(viewer, survey, None, withheld=_withheld(cut, figures))
    seen = figures if viewer.role == "admin" else {cut: figures[cut]}
    fell = _fallen(session, company, survey, seen)
    day, question = survey.local_date, survey.question
    trend = results.trend(session, company.workspace_id, question.id, cut, until=day, limit=POINTS)
    return Told(
        viewer,
        survey,
        figures[cut],
        trend=Trend(trend),
        comments=results.comments(session, survey.id, None if may_see(viewer, survey, COMPANY) else cut),
        teams=_teams(survey, figures) if viewer.role == "admin" else (),
        fell=fell,
        action=bank.suggested(question.driver, survey.id) if fell else None,
    )


def own_cut(viewer: Member, survey: Survey) -> str | None:
    """The group whose figures somebody sees: of an admin the company, of a lead their team, or the company where there
    are no teams; None if nobody knows which team is theirs."""
    teams = [cut.name for cut in survey.cuts if cut.name != COMPANY]
    if viewer.role == "admin" or not teams:
        return COMPANY
    if not viewer.team:
        return None
    return next((name for name in teams if name.casefold() == viewer.team.casefold()), viewer.team)


def may_see(viewer: Member, survey: Survey, cut: str) -> bool:
    """Whether this person sees what is shown of a group, its figures and its comments: a lead what is shown of their
    own, and of the company if that is the same people."""
    if viewer.role == "admin" or not viewer.leads:
        return viewer.role == "admin"
    own, people = own_cut(viewer, survey), {one.name: one.segments for one in survey.cuts}
    return own == cut or (own is not None and own in people and people[own] == people.get(cut))


def last(session: Session, company: Company) -> tuple[Survey, Figures | None] | None:
    """The last round that closed, and the company's figures, None if too few answered."""
    for survey in surveys.latest(session, company.workspace_id, "closed"):
        return survey, results.figures(session, survey.id).get(COMPANY)
    return None


def of_group(session: Session, company: Company, viewer: Member) -> tuple[Survey, Figures | None] | None:
    """The last round that closed, and what is shown of the group whose figures a lead or an admin sees."""
    for survey in surveys.latest(session, company.workspace_id, "closed"):
        cut = own_cut(viewer, survey)
        return survey, None if cut is None else results.figures(session, survey.id, {cut}).get(cut)
    return None


def by_driver(session: Session, company: Company) -> tuple[tuple[Survey, Figures], ...]:
    """The last round of each driver of which the company's figures are shown, the newest first."""
    closed = surveys.latest(session, company.workspace_id, "closed", limit=ROUNDS)
    figures = results.of_cut(session, [survey.id for survey in closed], COMPANY)
    found: dict[str, tuple[Survey, Figures]] = {}
    for survey in closed:
        if survey.id in figures:
            found.setdefault(survey.question.driver, (survey, figures[survey.id]))
    return tuple(found.values())


def _withheld(cut: str | None, figures: Mapping[str, Figures]) -> Withheld:
    if cut is None:
        return "no_team"
    return "subtractable" if COMPANY in figures else "few"


def _teams(survey: Survey, figures: Mapping[str, Figures]) -> tuple[tuple[str, Figures | None], ...]:
    names = sorted((cut.name for cut in survey.cuts if cut.name != COMPANY), key=str.casefold)
    return tuple((name, figures.get(name)) for name in names)


def _fallen(session: Session, company: Company, survey: Survey, seen: Mapping[str, Figures]) -> tuple[str, ...]:
    """Those of these groups whose figure fell since the same question was asked before."""
    question = survey.question
    before = results.before(session, company.workspace_id, question.id, survey.local_date, seen)
    return tuple(name for name, now in seen.items() if name in before and showing.falls(question, before[name], now))
