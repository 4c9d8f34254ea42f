"""Settings: read once from the environment and `.env`, frozen, every wrong one named at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import parsing, pulse, tags, worth
from bot.environment import Problem, Reader, SettingsError

SLACK_API = "https://slack.com/api/"
WEEK = frozenset(range(5))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the owner has chosen. Each field is the setting of the same name in capitals; secrets stay out of repr."""

    slack_bot_token: str = field(repr=False)
    praise_channel: str
    slack_app_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_api_url: str = SLACK_API
    intake_secret: str | None = field(default=None, repr=False)
    database_url: str = field(default="sqlite:///golden-ear.db", repr=False)
    host: str = "127.0.0.1"
    port: int = 3000
    timezone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 (immutable)
    ritual_time: time = time(9)
    workdays: frozenset[int] = WEEK  # as date.weekday() counts: Monday is 0
    holidays: str | None = None  # 'TW', or with a region 'DE-BY'
    quiet_hours: tuple[time, time] | None = (time(21), time(8))
    language: str | None = None  # 'en', 'zh-Hant', 'zh-Hans'; None = the channel's locale
    admins: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    leads_group: str | None = None
    team_groups: tuple[str, ...] = ()
    guests: bool = False
    kudos_emoji: str = "star"
    values: tuple[str, ...] = ()
    pulse: bool = True
    pulse_days: frozenset[int] = frozenset({1, 3})
    pulse_time: time = time(10)
    pulse_sample: int = 0  # 0: everybody is asked
    support_contacts: tuple[str, ...] = ()
    praise_points: int = 10
    help_points: int = 1
    idea_points: int = 20
    solved_points: int = 100
    kudos_points: int = 1
    lead_kudos_points: int = 5
    kudos_daily: int = 5
    lead_kudos_weekly: int = 10
    keep_months: int = 0  # 0: words are kept for ever
    keys_dir: Path | None = None
    post_rate: float = 4.0
    clock_file: Path | None = None
    log_level: str = "INFO"

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is heard over Socket Mode (an app-level token is set) and not over HTTP."""
        return self.slack_app_token is not None

    @property
    def keys_folder(self) -> Path:
        """Where the keys of pulse rounds are: KEYS_DIR, or beside the SQLite file, or in the working directory."""
        return keys_folder(self.keys_dir, self.database_url)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown or logged."""
        every = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.intake_secret)
        return tuple(filter(None, every))


def keys_folder(keys_dir: Path | None, database_url: str) -> Path:
    """Where keys are kept, by these two settings."""
    if keys_dir:
        return keys_dir
    file = database_url.removeprefix("sqlite:///") if database_url.startswith("sqlite") else "golden-ear"
    return Path(f"{file}.keys")


@dataclass(frozen=True)
class Unknown:
    """A line of `.env` that sets nothing: its name ("" if that may be a secret), and the setting that it resembles."""

    name: str
    nearest: str

    def __str__(self) -> str:
        line = f"{self.name} in .env is no setting and is ignored" if self.name else "a line of .env is no setting"
        return f"{line}; {self.nearest} is one" if self.nearest else line


def unknown(env_file: Path = Path(".env")) -> tuple[Unknown, ...]:
    """What stands in `env_file` and is no setting, a slip of the finger perhaps; nothing if there is no such file."""
    known = [field.name.upper() for field in fields(Settings)]
    found = []
    for name in Reader({}, env_file).written:
        if name not in known:
            near = get_close_matches(name.upper(), known, n=1, cutoff=0.7)
            shown = name if near or re.fullmatch(r"[A-Za-z_]+", name) else ""  # or a secret that lost its name
            found.append(Unknown(shown, near[0] if near else ""))
    return tuple(found)


def _contradictions(settings: Settings, read: Reader) -> Iterator[Problem]:
    """What is wrong with settings together, each being right alone."""
    if not read.given("SLACK_APP_TOKEN") and not read.given("SLACK_SIGNING_SECRET"):
        yield Problem(
            "SLACK_SIGNING_SECRET",
            "is missing",
            "the Signing Secret of the Slack app page, or for Socket Mode set SLACK_APP_TOKEN",
        )
    if settings.clock_file and not parsing.is_loopback(settings.slack_api_url):
        yield Problem(
            "CLOCK_FILE",
            "moves the clock and is only for rehearsal against a local workspace",
            "nothing, or set SLACK_API_URL to an address of this machine",
        )


def _of_people(read: Reader) -> dict[str, Any]:
    return {
        "admins": read("ADMINS", parsing.member_ids, Settings.admins),
        "leads": read("LEADS", parsing.member_ids, Settings.leads),
        "leads_group": read("LEADS_GROUP", parsing.group_id, None),
        "team_groups": read("TEAM_GROUPS", parsing.group_ids, Settings.team_groups),
        "guests": read("GUESTS", pulse.switch, Settings.guests),
        "keep_months": read("KEEP_MONTHS", worth.months, Settings.keep_months),
    }


def _of_the_pulse(read: Reader) -> dict[str, Any]:
    return {
        "pulse": read("PULSE", pulse.switch, Settings.pulse),
        "pulse_days": read("PULSE_DAYS", pulse.days, Settings.pulse_days),
        "pulse_time": read("PULSE_TIME", parsing.clock_time, Settings.pulse_time),
        "pulse_sample": read("PULSE_SAMPLE", pulse.sample, Settings.pulse_sample),
        "support_contacts": read("SUPPORT_CONTACTS", pulse.contacts, Settings.support_contacts),
        "keys_dir": read("KEYS_DIR", parsing.path, None),
    }


def _of_points(read: Reader) -> dict[str, Any]:
    return {
        "praise_points": read("PRAISE_POINTS", worth.points, Settings.praise_points),
        "help_points": read("HELP_POINTS", worth.points, Settings.help_points),
        "idea_points": read("IDEA_POINTS", worth.points, Settings.idea_points),
        "solved_points": read("SOLVED_POINTS", worth.points, Settings.solved_points),
        "kudos_points": read("KUDOS_POINTS", worth.points, Settings.kudos_points),
        "lead_kudos_points": read("LEAD_KUDOS_POINTS", worth.points, Settings.lead_kudos_points),
        "kudos_daily": read("KUDOS_DAILY", worth.daily, Settings.kudos_daily),
        "lead_kudos_weekly": read("LEAD_KUDOS_WEEKLY", worth.weekly, Settings.lead_kudos_weekly),
    }


def load(environ: Mapping[str, str], env_file: Path = Path(".env")) -> Settings:
    """Settings from `environ` before `env_file` before the defaults.

    An empty value means the default, but for QUIET_HOURS, where it means none.
    Raises `SettingsError` with all problems.
    """
    read = Reader(environ, env_file)
    api_url = read("SLACK_API_URL", parsing.api_url, SLACK_API)
    unsaid_hours = None if read.emptied("QUIET_HOURS") else Settings.quiet_hours
    settings = Settings(
        slack_bot_token=read.required("SLACK_BOT_TOKEN", parsing.bot_token, "the token that begins with xoxb-"),
        praise_channel=read.required("PRAISE_CHANNEL", parsing.channel_id, "the channel's id, such as C0123ABCDEF"),
        slack_app_token=read("SLACK_APP_TOKEN", parsing.app_token, None),
        slack_signing_secret=read("SLACK_SIGNING_SECRET", parsing.signing_secret, None),
        slack_api_url=api_url,
        intake_secret=read("INTAKE_SECRET", parsing.intake_secret, None),
        database_url=read("DATABASE_URL", parsing.database_url, Settings.database_url),
        host=read("HOST", parsing.host, Settings.host),
        port=read("PORT", parsing.port, Settings.port),
        timezone=read("TIMEZONE", parsing.zone, Settings.timezone),
        ritual_time=read("RITUAL_TIME", parsing.clock_time, Settings.ritual_time),
        workdays=read("WORKDAYS", parsing.workdays, Settings.workdays),
        holidays=read("HOLIDAYS", parsing.holiday_country, None),
        quiet_hours=read("QUIET_HOURS", parsing.quiet_hours, unsaid_hours),
        language=read("LANGUAGE", parsing.language, None),
        kudos_emoji=read("KUDOS_EMOJI", tags.emoji, Settings.kudos_emoji),
        values=read("VALUES", tags.values, Settings.values),
        post_rate=read("POST_RATE", parsing.post_rate, Settings.post_rate),
        clock_file=read("CLOCK_FILE", parsing.path, None),
        log_level=read("LOG_LEVEL", parsing.log_level, Settings.log_level),
        **_of_people(read),
        **_of_the_pulse(read),
        **_of_points(read),
    )
    read.problems.extend(_contradictions(settings, read))
    if read.problems:
        raise SettingsError(tuple(read.problems))
    return settings
