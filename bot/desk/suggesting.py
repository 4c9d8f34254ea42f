"""What is owed to Slack of ideas: to those who answer them, to their authors and backers, and to the channel."""

from datetime import datetime

from sqlmodel import Session

from bot import views
from bot.desk import gathering
from bot.rules.company import Company
from bot.services import channels
from bot.services.credits import Credited, Solved
from bot.services.suggestions import Late, MovedOn, Sent
from storage import outbox, people
from storage.people import Member
from storage.suggestions import Suggestion


def arrived(session: Session, company: Company, sent: Sent, *, now: datetime) -> None:
    """Ask those who are to answer an idea."""
    for reviewer in sent.reviewers:
        subject = f"{_asked(sent.suggestion)}{reviewer.id}"
        outbox.post(
            session,
            workspace_id=company.workspace_id,
            key=subject,
            subject=subject,
            channel=reviewer.slack_id,
            message=views.suggestions.request(sent.suggestion, reviewer),
            now=now,
            not_before=sent.post_at,
        )


def _asked(suggestion: Suggestion) -> str:
    """How the subjects begin of the messages that ask somebody to answer an idea."""
    return f"idea:{suggestion.id}:to:"


def late(session: Session, company: Company, waiting: Late, *, now: datetime) -> None:
    """Remind those who are to answer an idea."""
    suggestion = waiting.suggestion
    for reviewer in waiting.reviewers:
        key = f"idea:{suggestion.id}:late:{suggestion.state}:{suggestion.moved_on}:{reviewer.id}"
        outbox.post(
            session,
            workspace_id=company.workspace_id,
            key=key,
            subject=key,
            channel=reviewer.slack_id,
            message=views.suggestions.reminder(suggestion, reviewer),
            now=now,
            not_before=waiting.post_at,
        )


def moved(session: Session, company: Company, change: MovedOn, *, now: datetime) -> None:
    """Tell the author and the backers of a change, let the requests say so, and echo what was done in the channel."""
    suggestion = change.suggestion
    for person in (*_author(suggestion), *change.backers):
        key, message = f"idea:{suggestion.id}:{change.place}:{person.id}", views.suggestions.news(change, person)
        _tell(session, company, person, key=key, message=message, now=now, not_before=change.post_at)
    _settle(session, company, change, now)
    if suggestion.state == "done":
        _echo(session, company, change, now)


def _tell(
    session: Session,
    company: Company,
    person: Member,
    *,
    key: str,
    message: outbox.Message,
    now: datetime,
    not_before: datetime,
) -> None:
    """Owe somebody a decision, if it can reach them."""
    if person.absence is None:
        gathering.tell(session, company, person, key=key, message=message, now=now, not_before=not_before)


def _author(suggestion: Suggestion) -> tuple[Member, ...]:
    return (suggestion.author,) if suggestion.author else ()


def _settle(session: Session, company: Company, change: MovedOn, now: datetime) -> None:
    """The messages that asked for an answer show who gave which."""
    prefix = _asked(change.suggestion)
    subjects = sorted(outbox.subjects(session, workspace_id=company.workspace_id, prefix=prefix))
    known = people.by_id(session, [subject.removeprefix(prefix) for subject in subjects])
    for subject in subjects:
        message = views.suggestions.settled(change, known[subject.removeprefix(prefix)])
        outbox.update(session, workspace_id=company.workspace_id, subject=subject, message=message, now=now)


def _echo(session: Session, company: Company, change: MovedOn, now: datetime) -> None:
    subject = f"idea:{change.suggestion.id}:echo"
    outbox.post(
        session,
        workspace_id=company.workspace_id,
        key=subject,
        subject=subject,
        channel=company.praise_channel,
        message=views.suggestions.echo(change.suggestion, channels.language(session, company, company.praise_channel)),
        now=now,
        not_before=change.post_at,
    )


def credited(session: Session, company: Company, credit: Credited, *, now: datetime) -> None:
    """The post of the praise is answered by whose idea is behind it, and its author hears of the praise."""
    praise, suggestion, key = credit.praise, credit.suggestion, f"credit:{credit.praise.id}:{credit.suggestion.id}"
    subject = f"praise:{praise.id}"
    if outbox.alive(session, company.workspace_id, subject):
        outbox.post(
            session,
            workspace_id=company.workspace_id,
            key=key,
            subject=key,
            channel=company.praise_channel,
            thread=subject,
            message=views.suggestions.credit(suggestion, channels.language(session, company, company.praise_channel)),
            now=now,
            not_before=credit.post_at,
        )
    for person in _author(suggestion):
        message = views.suggestions.credit_dm(credit, person)
        _tell(session, company, person, key=f"{key}:dm", message=message, now=now, not_before=credit.post_at)


def solved(session: Session, company: Company, found: Solved, *, now: datetime) -> None:
    """Each solver of a major problem hears of it."""
    for person in found.solvers:
        key, message = f"solved:{found.suggestion.id}:{person.id}", views.suggestions.solved_dm(found, person)
        _tell(session, company, person, key=key, message=message, now=now, not_before=found.post_at)
