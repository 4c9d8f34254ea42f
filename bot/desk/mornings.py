"""What is owed to Slack when a praise changes that a morning post shows."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot import views
from bot.rules.company import Company
from bot.services import channels, mornings, rituals
from bot.services.rituals import Morning
from storage import outbox


def redraw(
    session: Session,
    company: Company,
    changed: Sequence[Morning],
    *,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Draw these posts anew, at once or not before a moment. One that has certainly not left is chosen anew by the next
    tick: what opens the day may be shown no longer."""
    for morning in changed:
        name, channel = rituals.subject(morning.ritual, morning.local_date), morning.ritual.channel
        if outbox.cancel(session, workspace_id=company.workspace_id, subject=name):
            mornings.reopen(session, morning)
            continue
        message = views.rituals.morning(morning, channels.language(session, company, channel))
        here = company.workspace_id
        outbox.update(session, workspace_id=here, subject=name, message=message, now=now, not_before=not_before)
