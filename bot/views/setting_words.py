"""What settings are called, and how what they hold is shown."""

import re
from collections.abc import Mapping, Sequence

from bot.parsing import DAYS
from bot.views import rich
from bot.views.questions import LANGUAGE_NAMES
from bot.views.rich import Element, Value
from bot.views.tongue import Tongue, mark

GROUPS: Mapping[str, Sequence[str]] = {
    "morning": ("RITUAL_TIME", "TIMEZONE", "WORKDAYS", "HOLIDAYS"),
    "praise": ("PRAISE_CHANNEL", "QUIET_HOURS", "VALUES", "KUDOS_EMOJI"),
    "pulse": ("PULSE", "PULSE_DAYS", "PULSE_TIME", "PULSE_SAMPLE", "SUPPORT_CONTACTS"),
    "points": (
        "PRAISE_POINTS",
        "HELP_POINTS",
        "IDEA_POINTS",
        "SOLVED_POINTS",
        "KUDOS_POINTS",
        "KUDOS_DAILY",
        "LEAD_KUDOS_POINTS",
        "LEAD_KUDOS_WEEKLY",
    ),
    "keeping": ("KEEP_MONTHS",),
    "people": ("LANGUAGE", "ADMINS", "LEADS", "LEADS_GROUP", "TEAM_GROUPS", "GUESTS"),
}
TITLES: Mapping[str, str] = {
    "morning": mark("The morning"),
    "praise": mark("Praise and kudos"),
    "pulse": mark("The pulse"),
    "points": mark("Points and kudos to give"),
    "keeping": mark("How long words are kept"),
    "people": mark("People and language"),
}
LABELS: Mapping[str, str] = {
    "PRAISE_CHANNEL": mark("Praise channel"),
    "QUIET_HOURS": mark("Quiet hours"),
    "VALUES": mark("Values"),
    "KUDOS_EMOJI": mark("Kudos emoji"),
    "RITUAL_TIME": mark("Time of the morning post"),
    "TIMEZONE": mark("Time zone"),
    "WORKDAYS": mark("Working days"),
    "HOLIDAYS": mark("Calendar of holidays"),
    "PULSE": mark("Pulse questions"),
    "PULSE_DAYS": mark("Days of the pulse"),
    "PULSE_TIME": mark("Time of the pulse"),
    "PULSE_SAMPLE": mark("People asked in a round"),
    "SUPPORT_CONTACTS": mark("Where people find help"),
    "PRAISE_POINTS": mark("Points for a customer's praise"),
    "HELP_POINTS": mark("Points for a helper"),
    "IDEA_POINTS": mark("Points for an accepted idea"),
    "SOLVED_POINTS": mark("Points for a major problem solved"),
    "KUDOS_POINTS": mark("Points of a kudos"),
    "KUDOS_DAILY": mark("Kudos to give a day"),
    "LEAD_KUDOS_POINTS": mark("Points of a lead's kudos"),
    "LEAD_KUDOS_WEEKLY": mark("Lead kudos to give a week"),
    "KEEP_MONTHS": mark("Words are kept"),
    "LANGUAGE": mark("Language of channel posts"),
    "LEADS": mark("Leads"),
    "LEADS_GROUP": mark("Leads by a user group"),
    "TEAM_GROUPS": mark("Teams by user groups"),
    "ADMINS": mark("Admins"),
    "GUESTS": mark("Guests of this workspace take part"),
}
OF_CHANNELS = mark("that of each channel")
_NONE: Mapping[str, str] = {
    "LANGUAGE": OF_CHANNELS,
    "PULSE_SAMPLE": mark("everybody"),
    "KEEP_MONTHS": mark("for ever"),
    "ADMINS": mark("owners and admins of the workspace"),
}
_SWITCH: Mapping[str, str] = {"on": mark("on"), "off": mark("off")}


def label(tongue: Tongue, name: str) -> str:
    """What a setting is called."""
    return tongue.t(LABELS[name]) if name in LABELS else name


def value(tongue: Tongue, name: str, text: str) -> Value:
    """What a setting's text means; one that cannot be read is shown as it is."""
    if not text:
        return tongue.t(_NONE.get(name, mark("none")))
    match name:
        case "PRAISE_CHANNEL":
            return channel(text)
        case "WORKDAYS" | "PULSE_DAYS":
            return days(tongue, text)
        case "VALUES" if re.fullmatch(r"[\w-]+(,[\w-]+)*", text):
            return tongue.listed(text.split(","))
        case "LEADS_GROUP" | "TEAM_GROUPS" if re.fullmatch(r"S[A-Z0-9]+(,S[A-Z0-9]+)*", text):
            return rich.together(tongue, [rich.group(one) for one in text.split(",")])
        case "PULSE" | "GUESTS" if text in _SWITCH:
            return tongue.t(_SWITCH[text])
        case "LANGUAGE":
            return LANGUAGE_NAMES.get(text, text)
        case "KEEP_MONTHS" if re.fullmatch(r"[0-9]{1,3}", text):
            return tongue.n("{count} month", "{count} months", int(text))
        case "QUIET_HOURS":
            return text.replace("-", "–")
    return text


def channel(text: str) -> Value:
    """A channel by its id."""
    return rich.channel(text) if re.fullmatch(r"[CG][A-Z0-9]+", text) else text


def days(tongue: Tongue, text: str) -> str:
    """Days of the week."""
    names = text.split(",")
    if not set(names) <= set(DAYS):
        return text
    return tongue.listed([tongue.day_name(DAYS.index(name)) for name in names])


def line(tongue: Tongue, name: str, text: str) -> list[Element]:
    """A setting and what stands."""
    return rich.fill(tongue.t("{label}: {value}"), label=label(tongue, name), value=value(tongue, name, text))
