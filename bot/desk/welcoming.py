"""Greets whoever installed the bot."""

from sqlmodel import Session

from bot import views
from bot.desk import Desk
from bot.services import welcome
from storage import outbox


async def greet(desk: Desk, slack_id: str) -> None:
    """Greet this person, if they are the admin whose turn it is: who asks costs a short look and nothing else."""
    if not await desk.database.read(lambda session: welcome.is_due(session, desk.company)):
        return

    def story(session: Session) -> None:
        now = desk.clock.now()
        member = welcome.greet(session, desk.company, slack_id, now=now)
        if member:
            outbox.post(
                session,
                workspace_id=desk.company.workspace_id,
                key="welcome",
                channel=member.slack_id,
                message=views.welcome.first(desk.company, member.language),
                now=now,
            )

    await desk.database.write(story)
