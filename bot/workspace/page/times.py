"""Days and times as the reader writes them, in the reader's zone."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json


def clock(reader: Reader, ts: str | float) -> str:
    """The time of day, such as 15:42."""
    return _clock(_written(reader.moment(ts)), reader.locale)


def whole(reader: Reader, ts: str | float) -> str:
    """The day in full and the time to the second, for whoever wants to know exactly."""
    return _whole(_written(reader.moment(ts)), reader.locale)


def iso(reader: Reader, ts: str | float) -> str:
    """The moment for programs, as <time datetime> has it."""
    return reader.moment(ts).isoformat(timespec="seconds")


def today(reader: Reader) -> date:
    """Which day it is for the reader, by the workspace's clock."""
    return reader.moment(reader.workspace.clock.now()).date()


def day(reader: Reader, which: date) -> str:
    """A day as one says it: today, yesterday, else its weekday and date, with the year if it is another one."""
    now = today(reader)
    if which == now:
        return reader.t("Today")
    if which == now - timedelta(days=1):
        return reader.t("Yesterday")
    return _day(which, "MMMMEEEEd" if which.year == now.year else "yMMMMEEEEd", reader.locale)


def iso_day(which: date) -> str:
    """A day for programs and ids."""
    return which.isoformat()


def begins(reader: Reader, which: date) -> str:
    """The ts just before everything of a day."""
    return f"{datetime.combine(which, datetime.min.time(), reader.zone).timestamp() - 0.0000005:.7f}"


def there(reader: Reader, user: Json) -> str:
    """What time it is for somebody else."""
    now = datetime.fromtimestamp(reader.workspace.clock.now(), ZoneInfo(str(user["tz"])))
    return reader.t("{time} local time", time=_clock(_written(now).replace(second=0, microsecond=0), reader.locale))


def ago(reader: Reader, ts: str | float) -> str:
    """When something was: the time alone if it was today, else the day before it."""
    which = reader.moment(ts).date()
    time = clock(reader, ts)
    return time if which == today(reader) else reader.t("{day}, {time}", day=day(reader, which), time=time)


def _written(moment: datetime) -> datetime:
    """What clock and calendar say: moments of two zones may be the same moment, and are not written alike."""
    return moment.replace(tzinfo=None)


@lru_cache(4_096)
def _clock(moment: datetime, locale: str) -> str:
    return format_time(moment, "short", locale=locale)


@lru_cache(4_096)
def _whole(moment: datetime, locale: str) -> str:
    return f"{format_date(moment, 'full', locale=locale)} {format_time(moment, 'medium', locale=locale)}"


@lru_cache(512)
def _day(which: date, skeleton: str, locale: str) -> str:
    return format_skeleton(skeleton, datetime.combine(which, datetime.min.time()), locale=locale)
