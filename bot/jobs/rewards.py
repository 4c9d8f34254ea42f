"""Requests and points that nobody answers, requests of people who left, and projects of the fund that ended."""

from sqlmodel import Session

from bot.desk import Desk, rewarding
from bot.services import fund, grants, reward_decisions


async def tend(desk: Desk) -> None:
    """Return the points of requests that waited for thirty days or whose person left; settle projects that ended; let
    points expire that waited as long for a second admin."""
    company = desk.company

    def story(session: Session) -> None:
        now = desk.clock.now()
        for ended in reward_decisions.tend(session, company, now=now):
            rewarding.decided(session, company, ended, now=now)
        for settled in fund.settle(session, company, now=now):
            rewarding.settled(session, company, settled, now=now)
        for expired in grants.tend(session, company, now=now):
            rewarding.confirmed(session, company, expired, now=now)

    def is_due(session: Session) -> bool:
        now = desk.clock.now()
        return reward_decisions.is_due(session, company, now=now) or grants.is_due(session, company, now=now)

    while await desk.database.read(is_due):
        await desk.database.write(story)
