"""Admins keep more rituals than that of the settings, in Slack as on the command line."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from bot import parsing
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.rituals import is_name
from bot.services import people, settings, standing, timetable
from bot.services.settings import WrongSettings
from bot.services.timetable import Kept, Wish
from storage.people import Member
from storage.rituals import DEFAULT, Ritual

MAX_TEAM = 80

_READ: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "channel": ("setting_praise_channel", parsing.channel_id),
    "at": ("setting_ritual_time", lambda text: parsing.clock_time(text).strftime("%H:%M")),
    "zone": ("setting_timezone", lambda text: parsing.zone(text).key),
    "workdays": ("setting_workdays", parsing.workdays),
    "holidays": ("setting_holidays", lambda text: parsing.holiday_country(text) if text else ""),
    "team": ("setting_team", lambda text: _team(text)),
}
"""The parts of a ritual: what is said of a text that cannot be, and how it is read."""


def shown(ritual: Ritual) -> dict[str, str]:
    """What the form for a ritual remembers of what it shows, by the part (`standing.digest`)."""
    return {part: standing.digest(_said(getattr(ritual, part))) for part in _READ}


def editable(session: Session, company: Company, slack_id: str, name: str) -> tuple[Ritual, Member]:
    """A ritual that an admin wants to change; with no name one as a new ritual begins. Gives the admin too.

    Raises Refusal for whoever is no admin, and if there is no such ritual.
    """
    admin = people.admin(session, company, slack_id)
    ritual = timetable.named(session, company, name or DEFAULT)
    if ritual is None or name.casefold() == DEFAULT:
        raise Refusal("no_such_ritual")
    return ritual, admin


def keep(
    session: Session,
    company: Company,
    slack_id: str,
    name: str,
    texts: Mapping[str, str],
    *,
    is_new: bool,
    shown: Mapping[str, str] | None = None,
    now: datetime,
) -> Kept:
    """Make a ritual or change one; `shown` is what the form remembers of the one that it showed, as for settings.

    Raises Refusal for whoever is no admin, WrongSettings for what cannot be.
    """
    admin = people.admin(session, company, slack_id)
    there = timetable.named(session, company, name)
    problems: dict[str, str] = {}
    if not is_name(name):
        problems["name"] = "ritual_name"
    elif is_new and there:
        problems["name"] = "ritual_there"
    wish, wrong = _wish(texts, there, shown or {})
    problems |= wrong
    if (
        wish.channel
        and (not there or wish.channel != there.channel)
        and not settings.is_in(session, company, wish.channel)
    ):
        problems["channel"] = "setting_channel_closed"
    if problems:
        raise WrongSettings(problems)
    if not is_new and there is None:
        raise Refusal("no_such_ritual")
    return timetable.keep(session, settings.stands(session, company), name, wish, by=admin, now=now)


def remove(session: Session, company: Company, slack_id: str, name: str, *, now: datetime) -> Ritual:
    """End a ritual. Raises Refusal for whoever is no admin, for that of the settings, and if there is none."""
    admin = people.admin(session, company, slack_id)
    return timetable.retire(session, company, name, by=admin, now=now)


def _wish(texts: Mapping[str, str], there: Ritual | None, shown: Mapping[str, str]) -> tuple[Wish, dict[str, str]]:
    """The parts that are wished, but for those left as they were shown, and what is wrong with which."""
    found: dict[str, object] = {}
    problems: dict[str, str] = {}
    for part, (code, read) in _READ.items():
        try:
            value = read(texts.get(part, "").strip())
        except parsing.Wrong:
            problems[part] = code
            continue
        if there and shown.get(part) == standing.digest(_said(value)):
            continue
        if there and standing.is_overtaken(shown.get(part), _said(getattr(there, part)), _said(value)):
            problems[part] = "setting_overtaken"
        found[part] = value
    return Wish(**found), problems  # type: ignore[arg-type]


def _said(value: object) -> str:
    return ",".join(map(str, sorted(value))) if isinstance(value, frozenset) else str(value)


def _team(text: str) -> str:
    if len(text) > MAX_TEAM or not text.isprintable():
        raise parsing.Wrong("is too long", "the name of a team")
    return text
