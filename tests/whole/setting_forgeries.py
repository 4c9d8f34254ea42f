"""Payloads about settings, the audit and the first run, for acts that nobody could do by clicking."""

from typing import Any

from bot.workspace import staff
from tests.whole import forged
from tests.whole.house import House

Payloads = dict[str, tuple[str, dict[str, Any]]]
MORNING = {"ritual_time": "08:00", "timezone": "Asia/Tokyo", "workdays": ["mon"], "holidays": None}
NIGHT = {"name": "night", "channel": staff.GENERAL_CHANNEL, "at": "21:00", "zone": "Asia/Tokyo", "workdays": ["mon"],
         "holidays": None, "team": None}  # fmt: skip
PRESSES = {
    "settings_open": "open",
    "settings_change": "morning",
    "settings_ritual": "+",
    "settings_ritual_remove": "default",
    "audit_open": "open",
    "audit_everybody": "all",
    "audit_older": "99",
    "audit_newest": "newest",
    "setup_keep": "LANGUAGE",
}
CHOSEN = {
    "setup_channel": {"type": "conversations_select", "selected_conversation": staff.GENERAL_CHANNEL},
    "setup_time": {"type": "timepicker", "selected_time": "08:00"},
    "audit_by_person": {"type": "users_select", "selected_user": "U0LING0000"},
}
FOR_ADMINS = (
    *PRESSES,
    *CHOSEN,
    "audit_by_kind",
    "setup_language",
    "settings_form",
    "settings_ritual_form",
    "settings_zone",
    "settings_group",
    "team_groups",
    "settings_keep_form",
)
"""What is refused to whoever is no admin: all of it."""


def payloads(house: House, user: str, team: str = staff.TEAM_ID) -> Payloads:
    """One payload for each listener, by its name."""
    made = {name: forged.press(house, user, name, value, team) for name, value in PRESSES.items()}
    for name, told in CHOSEN.items():
        payload = forged.press(house, user, name, "", team)
        action = {key: one for key, one in payload["actions"][0].items() if key not in ("value", "text", "type")}
        made[name] = {**payload, "actions": [{**action, **told}]}
    made["audit_by_kind"] = forged.choice(house, user, "audit_by_kind", "settings", team)
    made["setup_language"] = forged.choice(house, user, "setup_language", "en", team)
    made["settings_form"] = form(user, "settings_form", {"group": "morning"}, MORNING, team)
    made["settings_ritual_form"] = form(user, "settings_ritual_form", {"ritual": ""}, NIGHT, team)
    made["settings_keep_form"] = form(user, "settings_keep_form", {"months": "24"}, {}, team)
    made["settings_zone"] = forged.typing(house, user, "settings_zone", "Tokyo", team)
    made["settings_group"] = forged.typing(house, user, "settings_group", "Kitchen", team)
    made["team_groups"] = forged.typing(house, user, "team_groups", "Kitchen", team)
    return {name: ("interactive", payload) for name, payload in made.items()}


def form(
    user: str, name: str, kept: dict[str, str], answers: dict[str, Any], team: str = staff.TEAM_ID
) -> dict[str, Any]:
    """A form that was sent, with boxes where an answer is a list of days."""
    payload = forged.form(user, name, {"nonce": forged.stamp(), **kept}, answers, team)
    values = payload["view"]["state"]["values"]
    for field, answer in answers.items():
        if isinstance(answer, list):
            options = [{"text": {"type": "plain_text", "text": one}, "value": one} for one in answer]
            values[field] = {field: {"type": "checkboxes", "selected_options": options}}
    return payload
