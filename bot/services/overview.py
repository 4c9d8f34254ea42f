"""What `/pulse` tells somebody: the open question, how they want to be asked, the last results of the company."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.pulse import is_open
from bot.rules.showing import Figures
from bot.services import asking, people, results
from bot.services.asking import Progress
from storage import invitations, surveys, wishes
from storage.people import Member
from storage.surveys import Survey
from storage.wishes import Wish


@dataclass(frozen=True)
class Overview:
    """What one person sees: the open `survey` if it asks them, else `why` not ("off", "few", "not_asked", "none")."""

    viewer: Member
    wish: Wish
    survey: Survey | None
    why: str
    progress: Progress | None
    last: tuple[Survey, Figures | None] | None
    drivers: tuple[tuple[Survey, Figures], ...]


def overview(session: Session, company: Company, slack_id: str, *, rate: float, now: datetime) -> Overview:
    """What this person sees; so many messages leave a second. Raises Refusal for whoever takes no part."""
    viewer = people.actor(session, company, slack_id)
    survey = surveys.current(session, company.workspace_id)
    is_there = survey is not None and is_open(survey.state, survey.closes_at, now)
    asked = survey is not None and invitations.segment_of(session, survey.id, viewer.id) is not None
    return Overview(
        viewer=viewer,
        wish=wishes.of(session, viewer.id),
        survey=survey if is_there and asked else None,
        why="not_asked" if is_there else _why_none(session, company),
        progress=asking.progress(session, company, survey, rate=rate, now=now) if survey and is_there else None,
        last=results.last(session, company),
        drivers=results.by_driver(session, company),
    )


@dataclass(frozen=True)
class AtHome:
    """What Home shows of the pulse: the open `survey` if it asks this person, else `why` not; of a round on its way
    how far it is; of the last one the figures of the group that a lead or an admin sees, if they are shown.
    """

    viewer: Member
    company: Company
    survey: Survey | None
    why: str
    progress: Progress | None
    last: tuple[Survey, Figures | None] | None


def at_home(session: Session, company: Company, member: Member, *, rate: float, now: datetime) -> AtHome:
    """As `overview`, in few words."""
    survey = surveys.current(session, company.workspace_id)
    there = survey if survey is not None and is_open(survey.state, survey.closes_at, now) else None
    asked = there is not None and invitations.segment_of(session, there.id, member.id) is not None
    return AtHome(
        viewer=member,
        company=company,
        survey=there if asked else None,
        why="not_asked" if there else _why_none(session, company),
        progress=asking.progress(session, company, there, rate=rate, now=now) if there else None,
        last=results.of_group(session, company, member) if member.leads else None,
    )


def _why_none(session: Session, company: Company) -> str:
    if not company.pulse:
        return "off"
    last = surveys.latest(session, company.workspace_id)
    return "few" if last and last[0].state == "few" else "none"
