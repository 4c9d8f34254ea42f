"""The innovation fund: many give points to one project; without its goal each gets them back (product.md 5)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules import rewards as rules
from bot.rules.company import Company
from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.catalogue import NEW
from bot.services.praise import post_at
from bot.services.rewards import deciders
from storage import audit
from storage import fund as storage
from storage import points as ledger
from storage.fund import Project, Share
from storage.people import Member
from storage.points import Line

AT_ONCE = 25
"""People with whom an ended project is settled in one transaction: whoever else writes waits for a moment only."""


@dataclass(frozen=True)
class ProjectDraft:
    """A project as an admin typed it, nothing of it checked."""

    name: str
    about: str
    goal: str


@dataclass(frozen=True)
class Given:
    """Points that somebody gave to a project. Who is to hear that it has its goal now; nobody if it has not."""

    project: Project
    person: Member
    amount: int
    admins: tuple[Member, ...]
    post_at: datetime


@dataclass(frozen=True)
class Settled:
    """What became of one person's part of a project that ended."""

    project: Project
    share: Share
    post_at: datetime


def existing(session: Session, company: Company, project_id: str) -> Project:
    """The project with this id. Raises Refusal if there is none."""
    project = storage.get(session, company.workspace_id, project_id)
    if project is None:
        raise Refusal("no_such_project")
    return project


def opened(session: Session, company: Company, project_id: str) -> Project:
    """As `existing`, one to which people can give."""
    project = existing(session, company, project_id)
    if project.state != "open":
        raise Refusal("project_over")
    return project


def giving(session: Session, company: Company, slack_id: str, project_id: str) -> tuple[Member, Project, Account]:
    """Who wants to give to a project, the project, and their account."""
    person, project = people.actor(session, company, slack_id), opened(session, company, project_id)
    return person, project, ledger.account(session, person.id)


def give(session: Session, company: Company, slack_id: str, project_id: str, amount: str, *, now: datetime) -> Given:
    """Somebody gives points to a project: they are put by until it has its goal or is closed.

    Raises Refusal for more than it needs or they have free, and for a project that is over.
    """
    person, project = people.actor(session, company, slack_id), opened(session, company, project_id)
    points = rules.number(amount, field="amount", most=project.left)
    if not storage.give(session, company.workspace_id, project, person, points, now=now):
        raise Refusal("project_moved", field="amount")
    ledger.hold(session, person.id, points)
    after = existing(session, company, project_id)
    admins = deciders(session, company) if after.state == "reached" else ()
    return Given(after, person, points, admins, post_at(session, company, now))


def edited(session: Session, company: Company, slack_id: str, project_id: str) -> tuple[Member, Project | None]:
    """The admin who edits, and the open project; None for a new one. Raises Refusal for whoever is no admin."""
    admin = people.admin(session, company, slack_id)
    return admin, None if project_id == NEW else opened(session, company, project_id)


def edit(
    session: Session, company: Company, slack_id: str, project_id: str, draft: ProjectDraft, *, seen: str, now: datetime
) -> Project:
    """An admin opens a project, or changes one; its goal stays above what was given. `seen` is how it stood in the form
    (`state`).

    Raises Refusal for whoever is no admin, for what the rules do not allow, and if it changed meanwhile.
    """
    admin, project = edited(session, company, slack_id, project_id)
    about = rules.text(draft.about, field="about", most=rules.MAX_ABOUT, needed=False)
    least = project.given + 1 if project else 1
    told = {"name": rules.name(draft.name), "about": about, "goal": rules.number(draft.goal, field="goal", least=least)}
    if project is None:
        project_id = storage.open_(session, company.workspace_id, admin, told, now=now)
    elif seen != state(project) or not storage.change(session, project, told):
        raise Refusal("project_changed")
    if len(storage.open_ones(session, company.workspace_id)) > rules.MAX_PROJECTS:
        raise Refusal("projects_many", most=rules.MAX_PROJECTS)
    act = "project_edited" if project else "project_opened"
    audit.note(session, company.workspace_id, by=admin.id, act=act, subject=project_id, now=now)
    return existing(session, company, project_id)


def state(project: Project | None) -> str:
    """How what can be changed of a project stands, in a few letters that a form can keep."""
    return rules.seen((project.name, project.about, project.goal)) if project else ""


def close(
    session: Session, company: Company, slack_id: str, project_id: str, *, reason: str, now: datetime
) -> tuple[Project, int]:
    """An admin closes a project that has not got its goal; gives it, and how many get their points back (`settle`).

    Raises Refusal for whoever is no admin, without a reason, and for a project that is over.
    """
    admin, project = people.admin(session, company, slack_id), opened(session, company, project_id)
    said = rules.text(reason, field="reason", most=rules.MAX_REASON)
    if not storage.close(session, project.id, admin, said, now=now):
        raise Refusal("project_over")
    audit.note(session, company.workspace_id, by=admin.id, act="project_closed", subject=project.id, now=now)
    return existing(session, company, project_id), storage.givers(session, project_id)


def settle(session: Session, company: Company, *, now: datetime) -> tuple[Settled, ...]:
    """Settle with some of those who gave to projects that ended: with its goal their points are spent, without it they
    are free again."""
    day, settled = periods.local_day(now, company.zone), []
    for share in storage.unsettled(session, company.workspace_id, most=AT_ONCE):
        project = existing(session, company, share.project_id)
        reached = project.state == "reached"
        for gift_id, amount in share.gifts.items():
            if not storage.settle(session, gift_id, "taken" if reached else "returned"):
                continue
            if reached:
                line = Line(f"fund:{gift_id}", share.person.id, "fund", -amount, day, now)
                ledger.spend(session, company.workspace_id, line)
            else:
                ledger.release(session, share.person.id, amount)
        settled.append(Settled(project, share, post_at(session, company, now)))
    return tuple(settled)
