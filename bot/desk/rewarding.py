"""What is owed to Slack of rewards: tasks for admins, and what people hear of their requests, gifts and points."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot import views
from bot.desk import gathering
from bot.rules.company import Company
from bot.services.fund import Given, Settled
from bot.services.grants import Granted
from bot.services.reward_decisions import Decided
from bot.services.rewards import Asked
from storage import outbox, people
from storage.outbox import Message
from storage.people import Member
from storage.rewards import Request


def asked(session: Session, company: Company, request: Asked, *, now: datetime) -> None:
    """Ask the admins to answer a request."""
    for admin in request.admins:
        message = views.rewards.task(request.request, admin)
        _task(session, company, _asked(request.request), admin, message, now=now, not_before=request.post_at)


def _asked(request: Request) -> str:
    """How the subjects begin of the messages that ask admins to answer a request."""
    return f"reward:{request.id}:to:"


def _task(
    session: Session,
    company: Company,
    prefix: str,
    admin: Member,
    message: Message,
    *,
    now: datetime,
    not_before: datetime,
) -> None:
    outbox.post(
        session,
        workspace_id=company.workspace_id,
        key=f"{prefix}{admin.id}",
        subject=f"{prefix}{admin.id}",
        channel=admin.slack_id,
        message=message,
        now=now,
        not_before=not_before,
    )


def _redraw(
    session: Session, company: Company, prefix: str, draw: Callable[[Member], Message], *, now: datetime
) -> None:
    """Let the messages that asked admins show how the matter stands."""
    subjects = sorted(outbox.subjects(session, workspace_id=company.workspace_id, prefix=prefix))
    known = people.by_id(session, [subject.removeprefix(prefix) for subject in subjects])
    for subject in subjects:
        message = draw(known[subject.removeprefix(prefix)])
        outbox.update(session, workspace_id=company.workspace_id, subject=subject, message=message, now=now)


def withdrawn(session: Session, company: Company, request: Request, *, now: datetime) -> None:
    """The admins' messages say that nothing is to be answered any more."""
    _redraw(session, company, _asked(request), lambda admin: views.rewards.task(request, admin), now=now)


def decided(session: Session, company: Company, change: Decided, *, now: datetime) -> None:
    """Tell who asked for the reward, and let the admins' messages say what became of it."""
    request = change.request
    if request.person.absence is None:
        _tell(
            session,
            company,
            request.person,
            key=f"reward:{request.id}:{request.state}",
            message=views.rewards.news(request),
            now=now,
            not_before=change.post_at,
        )
    _redraw(session, company, _asked(request), lambda admin: views.rewards.task(request, admin), now=now)


def _tell(
    session: Session,
    company: Company,
    person: Member,
    *,
    key: str,
    message: Message,
    now: datetime,
    not_before: datetime,
) -> None:
    if person.absence is None:
        gathering.tell(session, company, person, key=key, message=message, now=now, not_before=not_before)


def given(session: Session, company: Company, gift: Given, *, now: datetime) -> None:
    """The admins hear that a project has its goal; those who gave to it are told with the settlement."""
    for admin in gift.admins:
        key, message = f"project:{gift.project.id}:reached:{admin.id}", views.rewards.reached(gift.project, admin)
        _tell(session, company, admin, key=key, message=message, now=now, not_before=gift.post_at)


def settled(session: Session, company: Company, end: Settled, *, now: datetime) -> None:
    """Somebody who gave to a project hears that it has its goal, or that they have their points back."""
    person = end.share.person
    key = f"project:{end.project.id}:settled:{person.id}"
    message = views.rewards.settled(end, person)
    _tell(session, company, person, key=key, message=message, now=now, not_before=end.post_at)


def granted(session: Session, company: Company, act: Granted, *, now: datetime) -> None:
    """Tell who got points or lost some; if a second admin must confirm, ask the others first."""
    correction = act.correction
    for admin in act.admins:
        message = views.grants.task(correction, admin)
        _task(session, company, f"grant:{correction.id}:to:", admin, message, now=now, not_before=act.post_at)
    if correction.state == "entered" and correction.kind == "grant":
        key, message = f"grant:{correction.id}", views.grants.news(correction)
        _tell(session, company, correction.person, key=key, message=message, now=now, not_before=act.post_at)


def confirmed(session: Session, company: Company, act: Granted, *, now: datetime) -> None:
    """The other admins' buttons say who decided, and both sides hear of it."""
    correction, prefix = act.correction, f"grant:{act.correction.id}:to:"
    _redraw(session, company, prefix, lambda admin: views.grants.task(correction, admin), now=now)
    key, message = f"grant:{correction.id}:asker", views.grants.answered(correction)
    _tell(session, company, correction.asker, key=key, message=message, now=now, not_before=act.post_at)
    granted(session, company, act, now=now)
