"""The settings for admins: what stands, and the buttons on Home."""

from collections.abc import Sequence

from bot.services import standing
from bot.services.settings import AtHome, Overview
from bot.services.timetable import Kept
from bot.views import auditing, forms, rich, rituals, setting_words
from bot.views.blocks import Block, actions, bullets, button, context, paragraph, section
from bot.views.forms import View
from bot.views.rich import Element
from bot.views.setting_words import GROUPS, TITLES, label
from bot.views.tongue import Tongue, speak
from storage.rituals import DEFAULT

SETTINGS_OPEN = "settings_open"
SETTINGS_CHANGE = "settings_change"
SETTINGS_RITUAL = "settings_ritual"
SETTINGS_RITUAL_REMOVE = "settings_ritual_remove"
NEW = "+"
"""In place of the name of a ritual that is to be made."""
MOST_RITUALS = 25


# --- what stands ----------------------------------------------------------------------------------------------------


def overview(overview: Overview, saved: Sequence[str] = ()) -> View:
    """What stands, with a button for each group; `saved` are the settings that were changed just now."""
    tongue = speak(overview.admin.language)
    more = [kept for kept in overview.rituals if kept.ritual.name != DEFAULT]
    return forms.modal(
        tongue.t("Settings"),
        [
            *_saved(tongue, saved),
            *(block for group in GROUPS for block in _group(tongue, overview, group)),
            section(tongue.t("*More mornings, for shifts and sites*")),
            *(block for kept in more[:MOST_RITUALS] for block in _ritual(tongue, kept)),
            actions(button(tongue.t("Add a morning"), SETTINGS_RITUAL, NEW)),
            context(tongue.t("`/golden-ear dates` shows single dates, `/golden-ear audit` who changed what.")),
        ],
        close=tongue.t("Close"),
    )


def _saved(tongue: Tongue, names: Sequence[str]) -> list[Block]:
    if not names:
        return []
    said = tongue.listed([label(tongue, name) for name in names])
    return [paragraph(tongue.t("Saved, and in force from now on: {settings}"), settings=said)]


def _group(tongue: Tongue, overview: Overview, group: str) -> list[Block]:
    title = tongue.t(TITLES[group])
    change = button(tongue.t("Change"), SETTINGS_CHANGE, group, label=tongue.t("Change: {what}", what=title))
    lines = [_line(tongue, overview, name) for name in GROUPS[group]]
    return [section(f"*{title}*", beside=change), bullets(lines)]


def _line(tongue: Tongue, overview: Overview, name: str) -> list[Element]:
    named = {"ADMINS": overview.admins, "LEADS": overview.leads}.get(name)
    if named:
        people = rich.people(tongue, named, 20)
        return rich.fill(tongue.t("{label}: {value}"), label=label(tongue, name), value=people)
    return setting_words.line(tongue, name, "" if named is not None else standing.text(overview.company, name))


def _ritual(tongue: Tongue, kept: Kept) -> list[Block]:
    ritual = kept.ritual
    warned = (
        "" if kept.is_team_known else tongue.t("Nobody on the list is of this team, so it has nothing to open with.")
    )
    asks = {
        "title": forms.plain(tongue.t("Remove")),
        "text": forms.plain(tongue.t("What it posted stays. It posts no more.")),
        "confirm": forms.plain(tongue.t("Remove")),
        "deny": forms.plain(tongue.t("Cancel")),
    }
    change = tongue.t("Change: {what}", what=ritual.name)
    remove = button(
        tongue.t("Remove"), SETTINGS_RITUAL_REMOVE, ritual.name, label=f"{tongue.t('Remove')}: {ritual.name}"
    )
    return [
        bullets([rituals.named(tongue, ritual)]),
        *([context(warned)] if warned else []),
        actions(button(tongue.t("Change"), SETTINGS_RITUAL, ritual.name, label=change), remove | {"confirm": asks}),
    ]


def saved(language: str) -> View:
    """What a form becomes that stood on no overview."""
    tongue = speak(language)
    return forms.told(tongue, [section(tongue.t("Saved, and in force from now on."))])


# --- Home -----------------------------------------------------------------------------------------------------------


def home_section(tongue: Tongue, at_home: AtHome | None) -> list[Block]:
    """What was done last, and the two ways on; nothing for whoever is no admin."""
    if at_home is None:
        return []
    zone = at_home.company.zone_of(at_home.admin.zone)
    lines = [auditing.line(tongue, act, zone, at_home.people) for act in at_home.acts]
    return [
        section(tongue.t("*Settings*")),
        *([bullets(lines)] if lines else []),
        actions(
            button(tongue.t("Settings"), SETTINGS_OPEN, "open"),
            button(tongue.t("Who changed what"), auditing.AUDIT_OPEN, "open"),
        ),
    ]
