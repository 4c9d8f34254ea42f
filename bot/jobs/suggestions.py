"""Ideas that wait for an answer, and what was set aside of customers' words before there were ideas."""

from sqlmodel import Session

from bot.desk import Desk, suggesting
from bot.services import aside, suggestions


async def remind(desk: Desk) -> None:
    """Remind those who are to answer of ideas that have waited five working days."""
    if not await desk.database.read(lambda session: suggestions.overdue(session, desk.company, now=desk.clock.now())):
        return

    def story(session: Session) -> None:
        now = desk.clock.now()
        for late in suggestions.remind(session, desk.company, now=now):
            suggesting.late(session, desk.company, late, now=now)

    await desk.database.write(story)


async def bring(desk: Desk) -> None:
    """Let what was set aside become ideas, where a version without them left it waiting."""
    now = desk.clock.now()

    def story(session: Session) -> None:
        for sent in aside.bring(session, desk.company, now=now):
            suggesting.arrived(session, desk.company, sent, now=now)

    await desk.database.write(story)
