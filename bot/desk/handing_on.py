"""What is owed to Slack when a praise is handed on."""

from functools import partial

from sqlmodel import Session

from bot import views
from bot.desk import announcing, gathering, mornings
from bot.rules.company import Company
from bot.services import mornings as service
from bot.services.handing_on import HandedOn
from storage.people import Member


def handed_on(session: Session, company: Company, handed: HandedOn) -> None:
    """Every post names the right colleague, who gets the words; the other's buttons go; the recorder is told."""
    told, giver, receiver, now = handed.praise, handed.giver, handed.receiver, handed.handed_at
    tell = partial(gathering.tell, session, company, now=now, not_before=handed.post_at)
    announcing.show(session, company, told, not_before=handed.post_at, now=now)
    mornings.redraw(session, company, service.showing(session, company, told.id, now=now), now=now)
    settled = views.handing_on.settled(handed)
    gathering.reword(session, company, subject=announcing.told_to(told, giver), message=settled, now=now)
    message = views.praise.dm(told, receiver, handed.points, handed_by=giver)
    key = f"praise:{told.id}:dm:{receiver.id}"
    tell(receiver, key=key, subject=announcing.told_to(told, receiver), message=message)
    if recorder := _to_tell(handed):
        message = views.handing_on.notice(handed, recorder.language)
        tell(recorder, key=f"handed:{told.id}:{giver.id}", message=message)


def _to_tell(handed: HandedOn) -> Member | None:
    """The recorder, unless it was they who handed it on or there is nobody to tell."""
    recorder = handed.praise.recorder
    if recorder is None or recorder.id == handed.giver.id or not recorder.slack_id or recorder.absence:
        return None
    return recorder
