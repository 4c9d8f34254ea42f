"""What is owed to Slack of letters that were opened: ideas without a name, and words of their authors."""

from datetime import datetime

from sqlmodel import Session

from bot import views
from bot.desk import suggesting
from bot.rules.company import Company
from bot.services.letters import Brought
from storage import outbox


def brought(session: Session, company: Company, morning: Brought, *, now: datetime) -> None:
    """Ask those who are to answer the ideas, and let them read the words; all from one minute on, in random order."""
    for sent in morning.ideas:
        suggesting.arrived(session, company, sent, now=now)
    for heard in morning.words:
        for reader in heard.readers:
            key = f"idea:{heard.suggestion.id}:word:{heard.place}:{reader.id}"
            outbox.post(
                session,
                workspace_id=company.workspace_id,
                key=key,
                subject=key,
                channel=reader.slack_id,
                message=views.remarks.word(heard, reader),
                now=now,
                not_before=morning.post_at,
            )
