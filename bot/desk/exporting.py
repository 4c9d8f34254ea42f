"""Files that are owed to whoever asked for them."""

from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import people
from bot.views.lists import File
from storage import audit, outbox


def to_admin(
    session: Session, company: Company, slack_id: str, file: File, *, what: str, key: str, now: datetime
) -> None:
    """Owe an admin a file in the direct message, and write down who had `what`. Raises Refusal for anybody else."""
    admin = people.admin(session, company, slack_id)
    audit.note(session, company.workspace_id, by=admin.id, act="exported", after=what, now=now)
    outbox.file(
        session,
        workspace_id=company.workspace_id,
        key=key,
        channel=admin.slack_id,
        name=file.name,
        content=file.content,
        comment=file.comment,
        about=file.about,
        now=now,
    )
