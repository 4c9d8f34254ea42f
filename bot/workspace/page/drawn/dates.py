"""Dates as Slack shows them to each person: in their zone, by the customs of their language."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from bot.workspace.page.reader import Reader
from bot.workspace.page.words import Words, mark, preferred, words

LATEST = 99_999_999_999
TOKEN = re.compile(r"\{([a-z_]+)\}")
NEAR = {-1: mark("yesterday"), 0: mark("today"), 1: mark("tomorrow")}
HALF_YEAR = timedelta(days=183)
"""So near, Slack's documentation says, the year is left out."""


def shown(reader: Reader, ts: float, form: str) -> str | None:
    """A moment in Slack's format of tokens, as this person reads it; None if there is no such moment or token.

    Source: docs.slack.dev, "Formatting message text", Date formatting.
    """
    if not 0 <= ts <= LATEST:
        return None
    try:
        at = reader.moment(ts)
    except (ValueError, OverflowError, OSError):
        return None
    if not all(name in _TOKENS for name in TOKEN.findall(form)):
        return None
    now = reader.moment(reader.workspace.clock.now())
    return TOKEN.sub(lambda found: _TOKENS[found[1]](_Moment(at, now, reader, found.start() == 0)), form)


def locale_of(reader: Reader) -> Locale:
    """The customs of the person: those of their Slack language."""
    return Locale.parse(str(reader.user["locale"]), sep="-")


class _Moment:
    """One moment for one person; `first`: the format begins with it."""

    def __init__(self, at: datetime, now: datetime, reader: Reader, first: bool) -> None:
        self.at, self.now, self.first = at, now, first
        self.locale = locale_of(reader)
        self.words: Words = words(preferred(str(reader.user["locale"])))

    def date(self, *, short: bool = False, weekday: bool = False, year: bool | None = None) -> str:
        """The date; the year where it is asked for, or where it is not near."""
        if year is None:
            year = abs(self.at - self.now) > HALF_YEAR
        if self.locale.language == "en" and self.locale.territory == "US":
            day = f"{self.at.day}" if short else _ordinal(self.at.day)
            told = f"{format_date(self.at, 'MMM' if short else 'MMMM', self.locale)} {day}"
            told += f", {self.at.year}" if year else ""
        elif year:
            told = format_date(self.at, "medium" if short else "long", self.locale)
        else:
            told = format_skeleton("MMMd" if short else "MMMMd", self.at, locale=self.locale)
        if not weekday:
            return told
        name = format_date(self.at, "EEEE", self.locale)
        return f"{told} {name}" if self.locale.language == "zh" else f"{name}, {told}"

    def near(self) -> str | None:
        """Yesterday, today or tomorrow; with a capital where it begins the sentence."""
        msgid = NEAR.get((self.at.date() - self.now.date()).days)
        if msgid is None:
            return None
        told = self.words.t(msgid)
        return told[:1].upper() + told[1:] if self.first else told

    def time(self, length: str) -> str:
        """The time of day, with twelve or twenty-four hours; no names for the parts of a day."""
        pattern = self.locale.time_formats[length].pattern.replace("B", "a")
        return str(format_time(self.at, pattern, locale=self.locale)).replace("\u202f", " ")

    def ago(self) -> str:
        """How long ago, or in how long."""
        return str(format_timedelta(self.at - self.now, add_direction=True, locale=self.locale))


_TOKENS: dict[str, Callable[[_Moment], str]] = {
    "date_num": lambda m: f"{m.at:%Y-%m-%d}",
    "date_slash": lambda m: str(format_date(m.at, "short", m.locale)),
    "date": lambda m: m.date(),
    "date_pretty": lambda m: m.near() or m.date(),
    "date_short": lambda m: m.date(short=True),
    "date_short_pretty": lambda m: m.near() or m.date(short=True),
    "date_long": lambda m: m.date(weekday=True),
    "date_long_pretty": lambda m: m.near() or m.date(weekday=True),
    "date_long_full": lambda m: m.date(year=True),
    "day_divider_pretty": lambda m: m.near() or m.date(weekday=True, year=m.at.year != m.now.year),
    "time": lambda m: m.time("short"),
    "time_secs": lambda m: m.time("medium"),
    "ago": lambda m: m.ago(),
}


def _ordinal(day: int) -> str:
    if 10 < day % 100 < 14:
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"
