"""When a round of the micro pulse opens, asks and closes, and how many answers it takes (product.md 4).

A round belongs to a date. Each person is asked at that date's hour by the clocks of their own zone; the round closes at
one instant for all. Between the first zone that reaches an hour and the last there are 26 hours, so dates of rounds are
never neighbours: the last zone still has 21 hours to answer.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.periods import start
from bot.rules.rituals import due

LEAST = 5
"""Answers from which on figures are shown."""
LEAST_COMMENTS = 10
"""Answers from which on comments are shown."""
BATCH = 10
"""Answers of a segment are mixed so many at a time or more, and as many stay behind their tags."""
OFFERED_FROM = 5
"""Where fewer are asked, no answer would ever be shown."""
EVERY_DATE_FROM = 20
"""Where fewer are asked, one question a week is enough."""

CATCH_UP = timedelta(hours=4)
"""A question that is later than that in somebody's day comes the next day."""
CLOSES_BEFORE = timedelta(hours=1)
LONGEST = timedelta(days=7)
"""How long a round stays open that nobody can see the end of: no other date within a month."""
HORIZON_DAYS = 31
AHEAD = timedelta(days=2)
"""No zone's date is further ahead: what lies beyond was decided while the clock was wrong."""

Works = Callable[[date], bool]


def dates(first: date, days: Collection[int], works: Works, *, once_a_week: bool) -> Iterator[date]:
    """The dates of rounds from `first` on, a month ahead: working days among these days of the week (Monday is 0); with
    `once_a_week` only the first one of each week."""
    for ahead in range(HORIZON_DAYS + 1):
        day = first + timedelta(days=ahead)
        if _is_date(day, days, works) and not (once_a_week and _had_one(day, days, works)):
            yield day


def _is_date(day: date, days: Collection[int], works: Works) -> bool:
    return day.weekday() in days and works(day)


def _had_one(day: date, days: Collection[int], works: Works) -> bool:
    """Whether an earlier day of this week was a date already."""
    monday = start("week", day)
    return any(_is_date(monday + timedelta(days=ahead), days, works) for ahead in range((day - monday).days))


def left_in_quarter(day: date, days: Collection[int], works: Works, *, once_a_week: bool) -> int:
    """How many dates of rounds a quarter has from `day` on."""
    quarter, found = start("quarter", day), 0
    while start("quarter", day) == quarter:
        found += _is_date(day, days, works) and not (once_a_week and _had_one(day, days, works))
        day += timedelta(days=1)
    return found


def is_seldom(people: int) -> bool:
    """Whether so few people are asked once a week only."""
    return people < EVERY_DATE_FROM


def opening(day: date, at: time, zones: Iterable[ZoneInfo]) -> datetime:
    """When the first of these zones reaches the hour of a date."""
    return min(due(day, at, zone) for zone in zones)


def closing(day: date, following: date | None, at: time, zones: Collection[ZoneInfo]) -> datetime:
    """When the round of `day` closes: an hour before the first zone reaches the hour of the `following` date."""
    if following is None:
        return opening(day, at, zones) + LONGEST
    return opening(following, at, zones) - CLOSES_BEFORE


def hour(day: date, at: time, zone: ZoneInfo, works: Works, *, now: datetime, closes_at: datetime) -> datetime | None:
    """When somebody in this zone is asked in the round of `day`: at its hour; if that is long past, for the bot was
    away, at the next working day's; None if that leaves less than four hours to answer."""
    wanted: datetime | None = due(day, at, zone)
    if now - due(day, at, zone) > CATCH_UP:
        wanted = _next_hour(now, at, zone, works, 0)
    return wanted if wanted and closes_at - wanted >= CATCH_UP else None


def hour_now(
    wanted: datetime,
    day: date,
    at: time,
    zone: ZoneInfo,
    works: Works,
    *,
    now: datetime,
    closes_at: datetime,
    patience: timedelta = CATCH_UP,
) -> datetime | None:
    """When somebody is asked whose hour, settled as `wanted`, has come: at once, which is not after `now`.

    If that is longer ago than `patience`, for the bot was away, or no hour of the zone where they are by now, then as
    `hour` says; but who moved and would come too late is asked at once, for the bot was not late.
    """
    if _is_hour(wanted, at, zone, now, patience) and wanted.astimezone(zone).date() >= day:
        return wanted
    later = hour(day, at, zone, works, now=now, closes_at=closes_at)
    return wanted if later is None and now - wanted <= patience else later


def again_now(
    wanted: datetime, at: time, zone: ZoneInfo, works: Works, *, now: datetime, closes_at: datetime
) -> datetime | None:
    """When somebody is asked once more whose hour for it, settled as `wanted`, has come; as `hour_now`."""
    if _is_hour(wanted, at, zone, now, CATCH_UP):
        return wanted
    return again(now, at, zone, works, closes_at=closes_at, ahead=0)


def _is_hour(wanted: datetime, at: time, zone: ZoneInfo, now: datetime, patience: timedelta) -> bool:
    today = wanted.astimezone(zone).date()
    days = (today, today - timedelta(days=1))  # pushed past a gap at midnight, yesterday's hour is today's
    return now - wanted <= patience and any(due(day, at, zone) == wanted for day in days)


def again(
    now: datetime, at: time, zone: ZoneInfo, works: Works, *, closes_at: datetime, ahead: int = 1
) -> datetime | None:
    """When somebody is asked once more: at the hour of the next working day, `ahead` days from today or later; None if
    the round is over by then."""
    wanted = _next_hour(now, at, zone, works, ahead)
    return wanted if wanted and wanted < closes_at else None


def _next_hour(now: datetime, at: time, zone: ZoneInfo, works: Works, ahead: int) -> datetime | None:
    """The hour of the first working day that comes, `ahead` days from today or later."""
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=more) for more in range(ahead, HORIZON_DAYS))
    return next((due(day, at, zone) for day in days if works(day) and due(day, at, zone) >= now), None)


def is_over(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Whether a round that is open is to close: also if a clock that was wrong opened it far in the future."""
    return now >= closes_at or opens_at - now > LONGEST


def is_open(state: str, closes_at: datetime, now: datetime) -> bool:
    """Whether an answer is still taken: by the clock, however late the closing itself comes."""
    return state == "open" and now < closes_at
