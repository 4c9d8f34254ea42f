"""What was answered by a receipt code comes to those who asked, once a working day."""

from sqlmodel import Session

from bot.desk import Desk, replying
from bot.services import replies


async def bring(desk: Desk) -> None:
    """Owe the answers that came before this day, when it begins."""
    now, company = desk.clock.now(), desk.company
    if await desk.database.read(lambda session: replies.batch_day(session, company, now=now)) is None:
        return

    def story(session: Session) -> None:
        replying.bring(session, company, now=desk.clock.now())

    await desk.database.write(story)
