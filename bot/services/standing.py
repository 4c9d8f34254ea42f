"""Which settings stand: those of the environment, and over them what admins changed in Slack (product.md 7).

Both are the same texts, read by the same rules (`bot.parsing`). What is fixed in the environment alone: secrets and
tokens; where the bot and its data are (DATABASE_URL, KEYS_DIR, HOST, PORT, SLACK_API_URL, CLOCK_FILE); and what is the
operator's (POST_RATE, LOG_LEVEL). ADMINS of the environment are the root of trust: whom admins appoint in Slack stand
beside them, and nobody in Slack can take them off.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from hashlib import sha256
from typing import Any

from bot import parsing, pulse, tags, worth
from bot.rules.company import Company
from bot.rules.quiet import QuietHours

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """One setting: the field of Company that it fills, how its text is read and written, and what no text means;
    `needed` must have one. What Slack says of one that stands `beside` the environment is added to that."""

    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    none: Any = None
    needed: bool = False
    beside: bool = False


def _days(days: frozenset[int]) -> str:
    return ",".join(parsing.DAYS[day] for day in sorted(days))


def _hour(at: time) -> str:
    return at.strftime("%H:%M")


def _quiet(quiet: QuietHours | None) -> str:
    return f"{_hour(quiet.start)}-{_hour(quiet.end)}" if quiet else ""


def _switch(on: bool) -> str:
    return "on" if on else "off"


def _ids(ids: frozenset[str]) -> str:
    return ",".join(sorted(ids))


PARTS: Mapping[str, Part] = {
    "PRAISE_CHANNEL": Part("praise_channel", parsing.channel_id, str, needed=True),
    "QUIET_HOURS": Part("quiet", lambda text: QuietHours(*parsing.quiet_hours(text)), _quiet),
    "VALUES": Part("values", tags.values, ",".join, ()),
    "KUDOS_EMOJI": Part("kudos_emoji", tags.emoji, str, needed=True),
    "RITUAL_TIME": Part("ritual_at", parsing.clock_time, _hour, needed=True),
    "TIMEZONE": Part("zone", parsing.zone, lambda zone: zone.key, needed=True),
    "WORKDAYS": Part("workdays", parsing.workdays, _days, needed=True),
    "HOLIDAYS": Part("holidays", parsing.holiday_country, str, ""),
    "PULSE": Part("pulse", pulse.switch, _switch, needed=True),
    "PULSE_DAYS": Part("pulse_days", pulse.days, _days, needed=True),
    "PULSE_TIME": Part("pulse_at", parsing.clock_time, _hour, needed=True),
    "PULSE_SAMPLE": Part("pulse_sample", pulse.sample, lambda most: str(most) if most else "", 0),
    "SUPPORT_CONTACTS": Part("support_contacts", pulse.contacts, "; ".join, ()),
    "PRAISE_POINTS": Part("praise_points", worth.points, str, needed=True),
    "HELP_POINTS": Part("help_points", worth.points, str, needed=True),
    "IDEA_POINTS": Part("idea_points", worth.points, str, needed=True),
    "SOLVED_POINTS": Part("solved_points", worth.points, str, needed=True),
    "KUDOS_POINTS": Part("kudos_points", worth.points, str, needed=True),
    "LEAD_KUDOS_POINTS": Part("lead_kudos_points", worth.points, str, needed=True),
    "KUDOS_DAILY": Part("kudos_daily", worth.daily, str, needed=True),
    "LEAD_KUDOS_WEEKLY": Part("lead_kudos_weekly", worth.weekly, str, needed=True),
    "KEEP_MONTHS": Part("keep_months", worth.months, lambda months: str(months) if months else "", 0),
    "LANGUAGE": Part("language", parsing.language, lambda language: language or ""),
    "LEADS_GROUP": Part("leads_group", parsing.group_id, str, ""),
    "GUESTS": Part("guests", pulse.switch, _switch, needed=True),
    "TEAM_GROUPS": Part("team_groups", parsing.group_ids, ",".join, ()),
    "LEADS": Part("leads", parsing.member_ids, _ids, frozenset()),
    "ADMINS": Part("admins", parsing.member_ids, _ids, frozenset(), beside=True),
}
"""What can be changed in Slack, by the name that it has in the environment."""


def read(name: str, text: str) -> Any:
    """The value of a setting's text. Raises `parsing.Wrong` for one that the environment could not have either."""
    part, text = PARTS[name], text.strip()
    if not text.isprintable():  # a line of the environment could not hold it either
        raise parsing.Wrong("holds signs that cannot be seen", "them without")
    if text:
        return part.read(text)
    if part.needed:
        raise parsing.Wrong("is empty", "a value")
    return part.none


def over(defaults: object, name: str, value: Any) -> Any:
    """What stands where Slack says this value, over the environment or beside it."""
    part = PARTS[name]
    return value | getattr(defaults, part.field) if part.beside else value


def text(company: Company, name: str) -> str:
    """What stands, as text."""
    part = PARTS[name]
    return str(part.write(getattr(company, part.field)))


def kept(defaults: Company, company: Company, name: str) -> str:
    """The text to keep of what stands now: of a setting that stands beside the environment, what that does not say."""
    part, value = PARTS[name], getattr(company, PARTS[name].field)
    return str(part.write(value - getattr(defaults, part.field) if part.beside else value))


def digest(text: str) -> str:
    """What a form remembers of a text that it shows: enough to tell whether it is still the same."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def shown(company: Company, names: Iterable[str]) -> dict[str, str]:
    """The same of settings that a form shows, by their names."""
    return {name: digest(text(company, name)) for name in names}


def is_overtaken(shown: str | None, stands: str, wish: str) -> bool:
    """Whether what a form showed (its digest; None for a form that remembers nothing) was changed since, and not to
    what is wished."""
    return shown is not None and shown != digest(stands) and stands != wish


def in_force(defaults: Company, texts: Mapping[str, str]) -> Company:
    """The company by the environment, with what was changed over it. A text that cannot be read, of another version
    perhaps, counts as not there, and is told to the log; so does a setting that this version does not have."""
    changes = {}
    for name, said in texts.items():
        if name not in PARTS:
            log.warning("setting=%s of the database is none of this version; it is ignored", name)
            continue
        try:
            changes[PARTS[name].field] = over(defaults, name, read(name, said))
        except parsing.Wrong as error:
            log.warning("setting=%s of the database %s; that of the environment stands", name, error.wrong)
    return replace(defaults, **changes)
