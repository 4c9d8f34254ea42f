"""The forms that change settings, and mornings for shifts and sites."""

from collections.abc import Mapping, Sequence

from bot.parsing import DAYS
from bot.rules.company import Company
from bot.services import setting_rituals, standing
from bot.services.settings import Overview
from bot.views import forms, limits, rich
from bot.views.blocks import Block, metadata, paragraph, section
from bot.views.forms import View
from bot.views.questions import LANGUAGE_NAMES
from bot.views.setting_words import GROUPS, OF_CHANNELS, TITLES, label
from bot.views.strings import cut, one_line
from bot.views.tongue import Tongue, mark, speak
from storage.rituals import Ritual

SETTINGS_FORM = "settings_form"
SETTINGS_ZONE = "settings_zone"
SETTINGS_GROUP = "settings_group"
SETTINGS_TEAMS = "team_groups"
SETTINGS_RITUAL_FORM = "settings_ritual_form"
NO_GROUP = "none"
CHANNELS_OWN = "auto"
"""The choice of no language."""
QUIET_END = "quiet_hours_end"
MOST = 100
"""People, or user groups, that one field offers to choose."""
UserGroup = tuple[str, str, str]
"""A user group of Slack's: its id, its name, its handle."""


_BEFORE: Mapping[str, str] = {
    "points": mark("They count for what is done from now on. What was given before stays as it is."),
    "keeping": mark(
        "Older words of customers and colleagues are replaced for good, in Slack too: praise with the customer's name, "
        "reasons of kudos, ideas that are settled, comments of the pulse and public answers, notes and reasons beside "
        "rewards and points. Points stay."
    ),
}
"""Said above the fields of a group."""


def form(overview: Overview, group: str, *, nonce: str, groups: Sequence[UserGroup] = ()) -> View:
    """The form for a group, with what stands; `groups` are the user groups of Slack's, so far as they are known."""
    tongue = speak(overview.admin.language)
    return forms.modal(
        tongue.t(TITLES[group]),
        [
            *([section(tongue.t(_BEFORE[group]))] if group in _BEFORE else []),
            *(block for name in GROUPS[group] for block in _fields(tongue, overview.company, name, groups)),
        ],
        submit=tongue.t("Save"),
        close=tongue.t("Cancel"),
        callback_id=SETTINGS_FORM,
        private_metadata=metadata(nonce=nonce, group=group, **standing.shown(overview.company, GROUPS[group])),
    )


def _fields(tongue: Tongue, company: Company, name: str, groups: Sequence[UserGroup] = ()) -> list[Block]:
    field, said, stands = name.lower(), label(tongue, name), standing.text(company, name)
    match name:
        case "PRAISE_CHANNEL":
            return [forms.channel(field, said, initial=stands)]
        case "RITUAL_TIME" | "PULSE_TIME":
            return [forms.hour(field, said, initial=stands, hint=_hint(tongue, name))]
        case "TIMEZONE":
            return [_zone(tongue, field, stands)]
        case "WORKDAYS" | "PULSE_DAYS":
            return [_days(tongue, field, said, stands)]
        case "QUIET_HOURS":
            begin, _, end = stands.partition("-")
            return [
                forms.hour(field, tongue.t("Quiet hours from"), initial=begin, optional=True),
                forms.hour(
                    QUIET_END, tongue.t("Quiet hours until"), initial=end, optional=True, hint=_hint(tongue, name)
                ),
            ]
        case "LEADS_GROUP":
            return [_group(tongue, field, said, stands, groups)]
        case "PULSE" | "GUESTS":
            offered = [("on", tongue.t("on")), ("off", tongue.t("off"))]
            return [forms.choice(field, said, offered, initial=stands)]
        case "LANGUAGE":
            return [forms.choice(field, said, languages(tongue), initial=stands or CHANNELS_OWN)]
        case "LEADS" | "ADMINS":
            named = standing.text(company, name).split(",") if standing.text(company, name) else []
            most = max(MOST, len(named))
            return [forms.people(field, said, most=most, initial=named, optional=True, hint=_hint(tongue, name))]
        case "TEAM_GROUPS":
            return [_teams(tongue, said, company.team_groups, groups)]
    return [_written(tongue, field, said, name, stands)]


def _written(tongue: Tongue, field: str, said: str, name: str, stands: str) -> Block:
    """A field for a setting that is written."""
    long, needed = name == "SUPPORT_CONTACTS", standing.PARTS[name].needed
    begun = stands.replace("; ", "\n") if long else stands
    hint = _hint(tongue, name)
    return forms.text(field, said, most=limits.INPUT, initial=begun, long=long, optional=not needed, hint=hint)


_HINTS: Mapping[str, str] = {
    "QUIET_HOURS": mark("Praise of these hours leaves when they end. Both empty: none."),
    "VALUES": mark("Up to 10 words with commas between them, such as care, speed."),
    "KUDOS_EMOJI": mark("Its name between the colons, such as star."),
    "HOLIDAYS": mark("A country such as TW, a region such as DE-BY, or nothing."),
    "PULSE_TIME": mark("By the clock of each person's own zone."),
    "PULSE_SAMPLE": mark("Empty: everybody. Else 20 or more, chosen by lot in each round."),
    "SUPPORT_CONTACTS": mark("One a line, up to 5: a name and a number, an address, a channel."),
    "KEEP_MONTHS": mark("In months, from 3 to 120. Empty: for ever."),
    "LEADS_GROUP": mark("Whoever is in it leads, and no longer once they leave it; leads named above stay."),
    "GUESTS": mark("With an employee's rights, and never as leads. People of other workspaces stay out."),
    "TEAM_GROUPS": mark(
        "Whoever is in one is of the team of its name; in several, of that named first. "
        "The list of people stands above."
    ),
    "ADMINS": mark("Beside owners and admins of the workspace. Whom the host names in ADMINS stays, chosen or not."),
    "LEADS": mark("They also confirm praise, pick the morning's, answer ideas and see their team's pulse."),
}


def _hint(tongue: Tongue, name: str) -> str:
    return tongue.t(_HINTS[name]) if name in _HINTS else ""


def _zone(tongue: Tongue, field: str, stands: str) -> Block:
    hint = tongue.t("Type a city in English, such as Taipei.")
    return forms.searched(field, tongue.t("Time zone"), SETTINGS_ZONE, initial=stands, hint=hint)


def _group(tongue: Tongue, field: str, said: str, stands: str, groups: Sequence[UserGroup]) -> Block:
    known = {group: _called(name, handle) for group, name, handle in groups}
    return forms.searched(
        field,
        said,
        SETTINGS_GROUP,
        initial=stands,
        shown=known.get(stands, stands),
        hint=_hint(tongue, "LEADS_GROUP"),
        least=0,
        optional=True,
    )


def _teams(tongue: Tongue, said: str, stands: Sequence[str], groups: Sequence[UserGroup]) -> Block:
    known = {group: _called(name, handle) for group, name, handle in groups}
    initial = [(group, known.get(group, group)) for group in stands]
    hint = _hint(tongue, "TEAM_GROUPS")
    return forms.asked(SETTINGS_TEAMS, said, most=max(MOST, len(initial)), initial=initial, hint=hint)


def _called(name: str, handle: str) -> str:
    return one_line(f"{name} (@{handle})" if handle else name)


def _days(tongue: Tongue, field: str, said: str, stands: str) -> Block:
    offered = [(name, tongue.day_name(place)) for place, name in enumerate(DAYS)]
    return forms.boxes(field, said, offered, initial=stands.split(","))


def languages(tongue: Tongue) -> list[tuple[str, str]]:
    """The languages of channel posts as options."""
    return [(CHANNELS_OWN, tongue.t(OF_CHANNELS)), *LANGUAGE_NAMES.items()]


def ritual_form(ritual: Ritual, language: str, *, is_new: bool, nonce: str) -> View:
    """The form for a ritual; a new one begins as `ritual` is."""
    tongue = speak(language)
    days = ",".join(DAYS[day] for day in sorted(ritual.workdays))
    team = tongue.t("Only praise of its people, as the list of people spells it. Empty: of everybody.")
    name = forms.text("name", tongue.t("Name"), most=40, hint=tongue.t("One word, such as night or kyoto."))
    return forms.modal(
        tongue.t("A morning"),
        [
            *([name] if is_new else [paragraph(tongue.t("The morning {name}"), name=rich.bold(ritual.name))]),
            forms.channel("channel", tongue.t("Channel"), initial="" if is_new else ritual.channel),
            forms.hour("at", tongue.t("Time"), initial=ritual.at),
            _zone(tongue, "zone", ritual.zone),
            _days(tongue, "workdays", label(tongue, "WORKDAYS"), days),
            _written(tongue, "holidays", label(tongue, "HOLIDAYS"), "HOLIDAYS", ritual.holidays),
            forms.text("team", tongue.t("Team"), most=80, initial=ritual.team, optional=True, hint=team),
        ],
        submit=tongue.t("Save"),
        close=tongue.t("Cancel"),
        callback_id=SETTINGS_RITUAL_FORM,
        private_metadata=metadata(nonce=nonce, ritual="" if is_new else ritual.name, **setting_rituals.shown(ritual)),
    )


def zones(names: Sequence[str]) -> list[Block]:
    """Time zones as options."""
    return [{"text": forms.plain(name[: limits.OPTION_TEXT]), "value": name} for name in names[: limits.OPTIONS]]


def groups(found: Sequence[UserGroup], typed: str, language: str = "") -> list[Block]:
    """User groups that hold what was typed as options; with a language also, as the first, none of them."""
    part = typed.casefold().removeprefix("@")
    named = [(group, _called(name, handle)) for group, name, handle in found]
    none = [(NO_GROUP, speak(language).t("No user group"))] if language else []
    offered = [*none, *(one for one in named if part in one[1].casefold())]
    return [
        {"text": forms.plain(cut(shown, limits.OPTION_TEXT)), "value": group}
        for group, shown in offered[: limits.OPTIONS]
    ]
