"""Requests that nobody answers, those of people who left, and projects of the innovation fund that ended."""

from sqlmodel import Session

from bot.desk import Desk, rewarding
from bot.services import fund, reward_decisions


async def tend(desk: Desk) -> None:
    """Return the points of requests that waited for thirty days or whose person left; settle projects that ended."""
    now = desk.clock.now()

    def story(session: Session) -> None:
        for ended in reward_decisions.tend(session, desk.company, now=now):
            rewarding.decided(session, desk.company, ended, now=now)
        for settled in fund.settle(session, desk.company, now=now):
            rewarding.settled(session, desk.company, settled, now=now)

    await desk.database.write(story)
