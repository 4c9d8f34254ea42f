"""How often the bot may come to somebody by itself, and when words leave that come too often (product.md 4).

A nudge is what nobody waits for: a question, a reminder, an invitation, a hint. What is said of somebody's work is
none, nor is a task that only they can do, nor the answer to an act of their own; but praise, kudos and decisions come
together from the sixth of a day on.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules import periods
from bot.rules.rituals import due

A_WEEK = 3
"""Nudges that one person gets from the whole bot in a week, which begins on Monday; more are dropped."""

AT_ONCE = 5
"""Praise, kudos and decisions that leave at once on one day of one person."""
GATHERED_AT = time(17)
LATER_ONES_AT = time(9)
"""What comes after `GATHERED_AT` leaves the next day at this time."""


def week_of(day: date) -> date:
    """The Monday under which a nudge of this day is counted."""
    return periods.start("week", day)


def is_welcome(had: int) -> bool:
    """Whether there is room for one more nudge in a week that had so many."""
    return had < A_WEEK


def leaves(moment: datetime, zone: ZoneInfo, *, before: int) -> datetime:
    """When words leave that may leave at `moment`, in the zone of whoever gets them: at once, or gathered with others.

    `before` is how many praises, kudos and decisions came to them on that day earlier, gathered ones too. All moments
    are aware.
    """
    if before < AT_ONCE:
        return moment
    today = periods.local_day(moment, zone)
    today_at, next_day_at = due(today, GATHERED_AT, zone), due(today + timedelta(days=1), LATER_ONES_AT, zone)
    return today_at if moment < today_at else next_day_at


def moved(leaves_at: datetime, was: ZoneInfo, zone: ZoneInfo, *, now: datetime) -> datetime:
    """When gathered words leave that were to leave at `leaves_at`, after `now`, and whose person went to another zone:
    at the same wall time there, or, where that is over, with what comes now. All moments are aware."""
    wall = leaves_at.astimezone(was)
    there = due(wall.date(), wall.time(), zone)
    return there if there > now else leaves(now, zone, before=AT_ONCE)
