"""What is owed to Slack of a round: its question to each, its results to leads and admins, that it is void, or that it
cannot open."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import partial

from sqlmodel import Session

from bot import views
from bot.rules import pulse, quiet
from bot.rules.company import Company
from bot.services import asking, results
from bot.services.asking import Asked
from bot.services.closing import asked_key
from storage import circulars, expiry, outbox
from storage import people as roster
from storage.circulars import Addressee
from storage.outbox import Message
from storage.people import Member
from storage.surveys import Survey

ROUND, AGAIN, VOID = "round", "again", "void"


def ask(session: Session, company: Company, *, room: int, rate: float, now: datetime) -> int:
    """Owe the next people what is due to them, at most so many messages, of which `rate` leave a second; gives how
    many. What was owed and is late is taken back before."""
    asking.take_back(session, company, now=now)
    owed = 0
    first = partial(asking.ask, rate=rate)
    for take, kind in ((first, ROUND), (asking.ask_again, AGAIN), (asking.tell_void, VOID)):
        found = take(session, company, limit=room - owed, now=now) if room > owed else None
        if found:
            _owe(session, company, found, kind, now)
            owed += len(found.people)
    return owed


def _owe(session: Session, company: Company, found: Asked, kind: str, now: datetime) -> None:
    """One message each, the same for everybody of a language. People are asked at their hour, or at another day's; that
    a round is void is nothing to be woken for. Who puts a question off again is asked again."""
    survey = found.survey

    def addressed(person: Member) -> Addressee:
        key = asked_key(survey.id, person.id, again=kind == AGAIN)
        if kind != VOID:
            return Addressee(key, person.slack_id, person.language, now)
        awake = quiet.earliest(now, company.quiet, company.zone_of(person.zone), None)
        return Addressee(f"pulse_void:{survey.id}#{person.id}", person.slack_id, person.language, awake)

    to = [addressed(person) for person in found.people]
    if kind == AGAIN:
        expiry.forget_sent(session, workspace_id=company.workspace_id, keys=[one.key for one in to])
    circulars.post(
        session,
        workspace_id=company.workspace_id,
        to=to,
        said=partial(_message, survey, company, kind),
        now=now,
        not_after=None if kind == VOID else min(survey.closes_at, now + pulse.CATCH_UP),
    )


def _message(survey: Survey, company: Company, kind: str, language: str) -> Message:
    if kind == VOID:
        return views.pulse.void(survey, language)
    if kind == AGAIN:
        return views.pulse.reminder(survey, company, language)
    return views.pulse.question(survey, company, language)


def results_of(
    session: Session, company: Company, survey: Survey, viewers: Collection[Member]
) -> tuple[tuple[Member, tuple[Message, ...]], ...]:
    """What these leads and admins hear of a round that closed: read and put into words while nobody waits to write."""
    told = ((viewer, results.shown_to(session, company, viewer, survey)) for viewer in viewers)
    return tuple((viewer, views.pulse_results.results(seen)) for viewer, seen in told)


def tell_results(
    session: Session,
    company: Company,
    survey: Survey,
    told: Iterable[tuple[Member, Sequence[Message]]],
    *,
    now: datetime,
) -> None:
    """Owe leads and admins what they see of a round that closed; each part once, whatever is repeated."""
    owe = partial(outbox.post, session, workspace_id=company.workspace_id, now=now)
    for viewer, messages in told:
        not_before = quiet.earliest(now, company.quiet, company.zone_of(viewer.zone), None)
        for place, message in enumerate(messages):
            key = f"pulse_result:{survey.id}:{viewer.id}:{place}"
            owe(key=key, channel=viewer.slack_id, message=message, not_before=not_before)


def tell_no_keys(session: Session, company: Company, day: date, *, now: datetime) -> bool:
    """Owe the admins, once, that the round of a date cannot open because its key cannot be kept; False if they knew.
    Where nobody is an admin, nobody ever knows."""
    admins = roster.leaders(session, company.workspace_id, "admin")
    owed = [
        outbox.post(
            session,
            workspace_id=company.workspace_id,
            key=f"pulse_keys:{day}:{admin.id}",
            channel=admin.slack_id,
            message=views.alarms.no_keys(admin),
            now=now,
        )
        for admin in admins
    ]
    return any(owed) or not admins
