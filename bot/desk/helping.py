"""What is owed to Slack when helpers are named."""

from sqlmodel import Session

from bot import views
from bot.desk import announcing, gathering
from bot.rules.company import Company
from bot.services.helping import Helped


def helped(session: Session, company: Company, act: Helped) -> None:
    """One message in the post's thread thanks the helpers, and each hears of it."""
    announcing.helpers(session, company, act.praise, act.helpers, not_before=act.post_at, now=act.named_at)
    for person in act.helpers:
        gathering.tell(
            session,
            company,
            person,
            key=f"helped:{act.praise.id}:dm:{person.id}:{act.named_at.timestamp():.0f}",  # and may be named again
            message=views.helping.dm(act, person),
            now=act.named_at,
            not_before=act.post_at,
        )
