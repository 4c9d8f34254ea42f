"""What is owed to Slack when a praise is handed on."""

from functools import partial

from sqlmodel import Session

from bot import views
from bot.desk import announcing, mornings
from bot.rules.company import Company
from bot.services import mornings as service
from bot.services.handing_on import HandedOn
from storage import outbox
from storage.people import Member


def handed_on(session: Session, company: Company, handed: HandedOn) -> None:
    """Every post names the right colleague, who gets the words; the other's buttons go; the recorder is told."""
    told, giver, receiver, now = handed.praise, handed.giver, handed.receiver, handed.handed_at
    owe = partial(outbox.post, session, workspace_id=company.workspace_id, now=now)
    announcing.show(session, company, told, not_before=handed.post_at, now=now)
    mornings.redraw(session, company, service.showing(session, company, told.id, now=now), now=now)
    outbox.update(
        session,
        workspace_id=company.workspace_id,
        subject=announcing.told_to(told, giver),
        message=views.handing_on.settled(handed),
        now=now,
    )
    if receiver.slack_id:
        owe(
            key=f"praise:{told.id}:dm:{receiver.id}",
            subject=announcing.told_to(told, receiver),
            channel=receiver.slack_id,
            message=views.praise.dm(told, receiver, handed_by=giver),
            not_before=handed.post_at,
        )
    if recorder := _to_tell(handed):
        message = views.handing_on.notice(handed, recorder.language)
        owe(key=f"handed:{told.id}:{giver.id}", channel=recorder.slack_id, message=message, not_before=handed.post_at)


def _to_tell(handed: HandedOn) -> Member | None:
    """The recorder, unless it was they who handed it on or there is nobody to tell."""
    recorder = handed.praise.recorder
    if recorder is None or recorder.id == handed.giver.id or not recorder.slack_id or recorder.absence:
        return None
    return recorder
