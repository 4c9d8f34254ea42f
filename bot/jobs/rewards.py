"""Requests that nobody answers, those of people who left, and projects of the innovation fund that ended."""

from sqlmodel import Session

from bot.desk import Desk, rewarding
from bot.services import fund, reward_decisions


async def tend(desk: Desk) -> None:
    """Return the points of requests that waited for thirty days or whose person left; settle projects that ended."""
    company = desk.company

    def story(session: Session) -> None:
        now = desk.clock.now()
        for ended in reward_decisions.tend(session, company, now=now):
            rewarding.decided(session, company, ended, now=now)
        for settled in fund.settle(session, company, now=now):
            rewarding.settled(session, company, settled, now=now)

    while await desk.database.read(lambda session: reward_decisions.is_due(session, company, now=desk.clock.now())):
        await desk.database.write(story)
