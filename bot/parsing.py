"""Text of a setting -> value. Every function takes stripped, non-empty text and raises `Wrong` with advice."""

import ipaddress
import math
import re
from collections.abc import Callable
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import holidays as holiday_calendars

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAX_VALUES, MAX_VALUE_LENGTH = 10, 75  # product.md 2; Slack refuses an option's text above 75 characters
MAX_POST_RATE = 100.0

T = TypeVar("T")


class Wrong(ValueError):
    """What is wrong with a setting's text, and what to write instead. Neither part may hold a secret."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(wrong, instead)
        self.wrong, self.instead = wrong, instead


def shown(text: str) -> str:
    """`text` for a message: quoted, short, and never a token pasted into the wrong line."""
    if re.search(r"xox|xapp|://[^/]*@", text):
        return "what stands there (not shown, it may be secret)"
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _matching(pattern: str, wrong: str, instead: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise Wrong(wrong.format(shown=shown(text)), instead)
        return text

    return parse


bot_token = _matching(
    r"xoxb-[!-~]+", "is not a bot token", "the token that begins with xoxb- (Slack app page, OAuth & Permissions)"
)
app_token = _matching(
    r"xapp-[!-~]+", "is not an app-level token", "the token that begins with xapp- (Slack app page, Basic Information)"
)
signing_secret = _matching(
    r"(?!xox|xapp)[!-~]+", "is not a signing secret", "the Signing Secret of the Slack app page, Basic Information"
)
channel_id = _matching(
    r"[CG][A-Z0-9]+", "{shown} is not a channel id", "the id at the foot of the channel's details, such as C0123ABCDEF"
)
host = _matching(r"[A-Za-z0-9.:_\-]+", "{shown} is not a host or address", "127.0.0.1, or 0.0.0.0 for every network")
user_id = _matching(
    r"[UW][A-Z0-9]+",
    "{shown} is not a Slack member id",
    "member ids from their profiles, such as U0123ABCDEF,U0456GHIJKL",
)
_emoji = _matching(  # its name: Slack never sends the sign itself
    r"[^\s:A-Z\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+",
    "{shown} is not an emoji name",
    "the name Slack shows between the colons, such as star",
)


def emoji(text: str) -> str:
    """An emoji's name; the colons around it are forgiven."""
    return _emoji(text[1:-1] if len(text) > 2 and text[0] == text[-1] == ":" else text)


def zone(text: str) -> ZoneInfo:
    """An IANA time zone by its exact name."""
    names = available_timezones()
    if text in names:
        return ZoneInfo(text)
    near = get_close_matches(text.lower(), {name.lower(): name for name in names}, n=1)
    guess = next((name for name in names if near and name.lower() == near[0]), "Asia/Taipei")
    raise Wrong(f"{shown(text)} is not a time zone", f"an IANA name such as {guess}")


def clock_time(text: str) -> time:
    """`HH:MM` on the 24-hour clock."""
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text, re.ASCII)
    if not match:
        raise Wrong(f"{shown(text)} is not a time of day", "HH:MM on the 24-hour clock, such as 09:00")
    return time(int(match[1]), int(match[2]))


def quiet_hours(text: str) -> tuple[time, time]:
    """`HH:MM-HH:MM`: beginning and end; an end before the beginning crosses midnight."""
    advice = "HH:MM-HH:MM, such as 21:00-08:00, or nothing after the equals sign for no quiet hours"
    try:
        begin, end = (clock_time(part.strip()) for part in text.split("-"))
    except ValueError as error:
        raise Wrong(f"{shown(text)} is not two times of day", advice) from error
    if begin == end:
        raise Wrong(f"{shown(text)} begins and ends at the same minute", advice)
    return begin, end


def items(text: str) -> list[str]:
    """The parts of a comma list, trimmed, empty ones left out."""
    return [part.strip() for part in text.split(",") if part.strip()]


def workdays(text: str) -> frozenset[int]:
    """Day names -> weekday numbers as `date.weekday()` counts them (Monday is 0)."""
    days = [day.lower() for day in items(text)]
    unknown = [day for day in days if day not in DAYS]
    if unknown or not days:
        wrong = f"{shown(', '.join(unknown))} is not a day" if unknown else "names no day"
        raise Wrong(wrong, "a comma list of mon, tue, wed, thu, fri, sat, sun")
    return frozenset(DAYS.index(day) for day in days)


def holiday_country(text: str) -> str:
    """A country of the holidays package (`TW`), or a region of one (`DE-BY`), as the package spells them."""
    country, dash, region = text.partition("-")
    country = country.upper()
    regions = {known.lower(): known for known in holiday_calendars.list_supported_countries().get(country, ())}
    if not holiday_calendars.list_supported_countries().keys() >= {country} or (dash and region.lower() not in regions):
        raise Wrong(
            f"{shown(text)} is not in the holidays package",
            "a two-letter country such as TW, a region of one such as DE-BY, or nothing for no holidays",
        )
    return f"{country}-{regions[region.lower()]}" if dash else country


def _one_of(choices: tuple[str, ...], what: str, instead: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        for choice in choices:
            if choice.lower() == text.lower():
                return choice
        raise Wrong(f"{shown(text)} is not {what}", instead)

    return parse


language = _one_of(LANGUAGES, "a language of Golden Ear", "en, zh-Hant or zh-Hans, or nothing for the channel's own")
log_level = _one_of(LOG_LEVELS, "a log level", ", ".join(LOG_LEVELS))


def member_ids(text: str) -> frozenset[str]:
    """A comma list of Slack member ids."""
    return frozenset(user_id(part) for part in items(text))


def values(text: str) -> tuple[str, ...]:
    """The company's value tags, in the order given."""
    tags = tuple(items(text))
    advice = f"up to {MAX_VALUES} different words without blanks or #, such as care,speed,courage"
    if len(tags) > MAX_VALUES:
        raise Wrong(f"names {len(tags)} tags", advice)
    if len({tag.casefold() for tag in tags}) < len(tags):
        raise Wrong("names a tag twice", advice)
    for tag in tags:
        if re.search(r"[\s#]", tag) or not tag.isprintable() or len(tag) > MAX_VALUE_LENGTH:
            raise Wrong(f"{shown(tag)} is not a tag", advice)
    return tags


def post_rate(text: str) -> float:
    """Messages a second, above 0 and at most `MAX_POST_RATE`."""
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 < rate <= MAX_POST_RATE:
        raise Wrong(f"{shown(text)} is not a number above 0", f"a number up to {MAX_POST_RATE:.0f}, such as 4")
    return rate


def port(text: str) -> int:
    """A TCP port."""
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or not 1 <= int(text) <= 65535:
        raise Wrong(f"{shown(text)} is not a port", "a number from 1 to 65535, such as 3000")
    return int(text)


def api_url(text: str) -> str:
    """The base of Slack's Web API, with its last slash."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or re.search(r"\s|@", text):
        raise Wrong(f"{shown(text)} is not a web address", "https://slack.com/api/ (or leave it out)")
    return text if text.endswith("/") else text + "/"


def is_loopback(url: str) -> bool:
    """Whether the host of `url` is this very machine by name or address."""
    name = urlsplit(url).hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def database_url(text: str) -> str:
    """SQLite in a file: the one engine of this version."""
    if re.match(r"postgres(ql)?(\+\w+)?://", text):
        raise Wrong("PostgreSQL is not supported in this version", "sqlite:///golden-ear.db")
    if not re.fullmatch(r"sqlite:///[^?#]+", text) or ":memory:" in text:
        raise Wrong(
            "is not a database Golden Ear knows", "sqlite:///golden-ear.db, or with a full path sqlite:////path/to.db"
        )
    return text


def path(text: str) -> Path:
    """A file's path."""
    return Path(text)
