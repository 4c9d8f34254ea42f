"""What is owed to Slack of a round: its question to each, its results to leads and admins, and that it is void."""

from collections.abc import Collection
from datetime import datetime
from functools import cache, partial

from sqlmodel import Session

from bot import views
from bot.rules import quiet
from bot.rules.company import Company
from bot.services import asking, results
from bot.services.asking import Asked
from bot.services.closing import asked_key
from storage import outbox
from storage.people import Member
from storage.surveys import Survey

ROUND, AGAIN, VOID = "round", "again", "void"


def ask(session: Session, company: Company, *, room: int, rate: float, now: datetime) -> int:
    """Owe the next people what is due to them, at most so many messages, of which `rate` leave a second; gives how
    many."""
    owed = 0
    first = partial(asking.ask, rate=rate)
    for take, kind in ((first, ROUND), (asking.ask_again, AGAIN), (asking.tell_void, VOID)):
        found = take(session, company, limit=room - owed, now=now) if room > owed else None
        if found:
            _owe(session, company, found, kind, now)
            owed += len(found.people)
    return owed


def _owe(session: Session, company: Company, found: Asked, kind: str, now: datetime) -> None:
    """One message each, the same for everybody of a language."""
    survey = found.survey

    @cache
    def message(language: str) -> outbox.Message:
        if kind == VOID:
            return views.pulse.void(survey, language)
        if kind == AGAIN:
            return views.pulse.reminder(survey, company, language)
        return views.pulse.question(survey, company, language)

    for person in found.people:
        key = asked_key(survey.id, person.id, again=kind == AGAIN)
        outbox.post(
            session,
            workspace_id=company.workspace_id,
            key=f"pulse_void:{survey.id}#{person.id}" if kind == VOID else key,
            channel=person.slack_id,
            message=message(person.language),
            now=now,
            not_before=quiet.earliest(now, company.quiet, company.zone_of(person.zone), None) if kind == VOID else now,
            not_after=None if kind == VOID else survey.closes_at,
        )


def tell_results(
    session: Session, company: Company, survey: Survey, viewers: Collection[Member], *, now: datetime
) -> None:
    """Owe these leads and admins what they see of a round that closed; each part once, whatever is repeated."""
    owe = partial(outbox.post, session, workspace_id=company.workspace_id, now=now)
    for viewer in viewers:
        told = results.shown_to(session, company, viewer, survey)
        not_before = quiet.earliest(now, company.quiet, company.zone_of(viewer.zone), None)
        for place, message in enumerate(views.pulse_results.results(told)):
            key = f"pulse_result:{survey.id}:{viewer.id}:{place}"
            owe(key=key, channel=viewer.slack_id, message=message, not_before=not_before)
