"""Text of a setting -> value. Every function takes stripped, non-empty text and raises `Wrong` with advice."""

import ipaddress
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import time
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAX_POST_RATE = 100.0
MIN_SECRET = 16  # characters: fewer can be guessed

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


def matching(pattern: str, wrong: str, instead: str) -> Callable[[str], str]:
    """A function that takes a text that matches `pattern` as it is, and raises Wrong for any other."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise Wrong(wrong.format(shown=shown(text)), instead)
        return text

    return parse


bot_token = matching(
    r"xoxb-[!-~]+", "is not a bot token", "the token that begins with xoxb- (Slack app page, OAuth & Permissions)"
)
app_token = matching(
    r"xapp-[!-~]+", "is not an app-level token", "the token that begins with xapp- (Slack app page, Basic Information)"
)
signing_secret = matching(
    r"(?!xox|xapp)[!-~]+", "is not a signing secret", "the Signing Secret of the Slack app page, Basic Information"
)
intake_secret = matching(
    rf"(?!xox|xapp)[!-~]{{{MIN_SECRET},}}",
    f"is not a secret of at least {MIN_SECRET} characters without blanks",
    "what `openssl rand -hex 32` prints, and give the same to the program that sends praise",
)
channel_id = matching(
    r"[CG][A-Z0-9]+", "{shown} is not a channel id", "the id at the foot of the channel's details, such as C0123ABCDEF"
)
group_id = matching(
    r"S[A-Z0-9]+",
    "{shown} is not the id of a user group",
    "the id in the address of the group's page, such as S0123ABCDEF",
)
host = matching(r"[A-Za-z0-9.:_\-]+", "{shown} is not a host or address", "127.0.0.1, or 0.0.0.0 for every network")
user_id = matching(
    r"[UW][A-Z0-9]+",
    "{shown} is not a Slack member id",
    "member ids from their profiles, such as U0123ABCDEF,U0456GHIJKL",
)


def zone(text: str) -> ZoneInfo:
    """An IANA time zone by its exact name."""
    names = available_timezones()
    if text in names:
        return ZoneInfo(text)
    if re.fullmatch(r"[A-Za-z]{2,4}", text):  # CST is a zone in America, in China and in Cuba; UCT is not what is meant
        raise Wrong(f"{shown(text)} is not a time zone", "the zone of a city, such as Asia/Taipei or America/Chicago")
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
    from holidays import list_supported_countries  # 3 MB, for whoever has a calendar

    country, dash, region = text.partition("-")
    country = country.upper()
    regions = {known.lower(): known for known in list_supported_countries().get(country, ())}
    if not list_supported_countries().keys() >= {country} or (dash and region.lower() not in regions):
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


_language = _one_of(LANGUAGES, "a language of Golden Ear", "en, zh-Hant or zh-Hans, or nothing for the channel's own")
SCRIPTS = {"zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans"}
log_level = _one_of(LOG_LEVELS, "a log level", ", ".join(LOG_LEVELS))


def language(text: str) -> str:
    """A language of Golden Ear. Of a Chinese locale of Slack, the advice names the script that is read there."""
    if script := SCRIPTS.get(text.lower().replace("_", "-")):
        raise Wrong(f"{shown(text)} is not a language of Golden Ear", script)
    return _language(text)


def member_ids(text: str) -> frozenset[str]:
    """A comma list of Slack member ids."""
    return frozenset(user_id(part) for part in items(text))


def group_ids(text: str) -> tuple[str, ...]:
    """A comma list of ids of user groups, in the order given."""
    return tuple(dict.fromkeys(group_id(part) for part in items(text)))


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
    """SQLite in a file, or PostgreSQL; the address that a provider gives for it is understood as it is."""
    if re.match(r"postgres(ql)?(\+\w+)?://", text):
        return _postgresql_url(text)
    if not re.fullmatch(r"sqlite:///[^?#]+", text) or ":memory:" in text:
        raise Wrong(
            "is not a database Golden Ear knows", "sqlite:///golden-ear.db, or with a full path sqlite:////path/to.db"
        )
    return text


def _postgresql_url(text: str) -> str:
    advice = "postgresql+psycopg://user:password@host/database"
    scheme, _, rest = text.partition("://")
    who, where = r"([^\s/?#@]*@)?", r"(\[[0-9A-Fa-f:]+\]|[^\s/?#@:]*)(:\d+)?"
    if not re.fullmatch(rf"{who}{where}/[^\s/?#]+(\?\S*)?", rest):
        raise Wrong("is not the address of a PostgreSQL database", advice)
    if scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise Wrong(f"asks for {shown(scheme)}, and psycopg alone can be had", advice)
    if find_spec("psycopg") is None:
        raise Wrong("names PostgreSQL, whose driver is missing", "the same, after pip install 'golden-ear[postgres]'")
    return f"postgresql+psycopg://{rest}"


def path(text: str) -> Path:
    """A file's path."""
    return Path(text)


def whole(text: str) -> int | None:
    """The whole number that a text is, whether its digits are of full width or not; None if it is none."""
    folded = unicodedata.normalize("NFKC", text)
    return int(folded) if re.fullmatch(r"\d{1,9}", folded, re.ASCII) else None
