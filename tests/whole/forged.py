"""Payloads as Slack sends them, for acts that nobody could do by clicking."""

import json
from itertools import count
from typing import Any

from bot.workspace import staff
from tests.whole.house import House

NUMBERS = count(1)
ROUND, CODE = "5" * 32, {"receipt": "four words nobody guesses"}
PULSE_PRESSES = {
    "pulse_in": "on",
    "pulse_out": "on",
    "pulse_remind": "on",
    "pulse_later": ROUND,
    "pulse_comment": ROUND,
    "pulse_comments": f"{ROUND}:0",
    "pulse_reply": f"{ROUND}:",
    "pulse_ask": ROUND,
}
HOME_PRESSES = {
    "home_praises": "0",
    **{
        f"home_{name}": name
        for name in (
            "praise", "kudos", "suggest", "points", "board", "ideas", "mine", "pulse", "guide", "review", "pick",
            "preview", "dates", "economy", "erase", "grant",
        )
    },
}  # fmt: skip
"""Presses of the buttons that Home has for itself."""
PULSE_FORMS: dict[str, tuple[dict, dict]] = {
    "pulse_comment_form": ({"survey": ROUND}, {"words": "More light.", **CODE}),
    "pulse_reply_form": ({"survey": ROUND, "cut": ""}, {"words": "Lamps come on Friday."}),
    "pulse_ask_form": ({"comment": ROUND}, {"words": "Which desk?"}),
    "pulse_code_form": ({}, CODE),
    "pulse_back_form": ({"comment": ROUND}, {"words": "The left one.", **CODE}),
    "pulse_add_form": ({}, {"driver": "tools", "kind": "yesno", "direction": "up", "en": "Does the lift work?"}),
    "pulse_translate_form": ({"question": "enps"}, {"en": "Would you?"}),
}
"""Presses and forms of the pulse, about a round that nobody knows: the value of each, what each keeps and is given."""


def slack_id(handle: str) -> str:
    """The id of a handle; an id stays."""
    return handle if handle[:1] in "UW" and handle.isupper() else f"U0{handle.upper():0<8}"


def person(user: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    """What every interaction says of its person and workspace."""
    return {
        "team": {"id": team, "domain": "hotel"},
        "user": {"id": slack_id(user), "username": user, "name": user, "team_id": team},
        "api_app_id": staff.APP_ID,
        "token": "t",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def stamp() -> str:
    return f"1795399300.{next(NUMBERS):06}"


def command(house: House, user: str, name: str, text: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    """A slash command as Slack sends it: `text` is escaped already."""
    return {
        "token": "t",
        "team_id": team,
        "team_domain": "hotel",
        "channel_id": staff.GENERAL_CHANNEL,
        "channel_name": "general",
        "user_id": slack_id(user),
        "user_name": user,
        "command": name,
        "text": text,
        "api_app_id": staff.APP_ID,
        "is_enterprise_install": "false",
        "response_url": answers(house, user, "commands"),
        "trigger_id": house.slack.workspace.triggers.new(slack_id(user)),
    }


def answers(house: House, user: str, kind: str = "actions") -> str:
    return house.slack.workspace.response_urls.new(kind, slack_id(user), staff.GENERAL_CHANNEL)


def press(house: House, user: str, action_id: str, value: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    """A press of a button in a message."""
    action = {
        "type": "button",
        "action_id": action_id,
        "block_id": "b",
        "value": value,
        "action_ts": stamp(),
        "text": {"type": "plain_text", "text": "Press"},
    }
    return {
        "type": "block_actions",
        **person(user, team),
        "container": {"type": "message", "message_ts": "1.2", "channel_id": staff.GENERAL_CHANNEL},
        "trigger_id": house.slack.workspace.triggers.new(slack_id(user)),
        "channel": {"id": staff.GENERAL_CHANNEL, "name": "general"},
        "message": {"type": "message", "ts": "1.2", "text": "words"},
        "state": {"values": {}},
        "response_url": answers(house, user),
        "actions": [action],
    }


def choice(house: House, user: str, action_id: str, value: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    """A choice in a menu of a message that acts at once."""
    payload = press(house, user, action_id, "", team)
    option = {"text": {"type": "plain_text", "text": "This"}, "value": value}
    action = {name: told for name, told in payload["actions"][0].items() if name not in ("value", "text")}
    return {**payload, "actions": [{**action, "type": "static_select", "selected_option": option}]}


def on_message(
    house: House, user: str, message: dict[str, Any], callback_id: str = "save_praise", team: str = staff.TEAM_ID
) -> dict[str, Any]:
    """A shortcut chosen in the menu of a message."""
    return {
        "type": "message_action",
        **person(user, team),
        "callback_id": callback_id,
        "action_ts": stamp(),
        "trigger_id": house.slack.workspace.triggers.new(slack_id(user)),
        "channel": {"id": staff.GENERAL_CHANNEL, "name": "general"},
        "message_ts": message["ts"],
        "message": {"type": "message", **message},
        "response_url": answers(house, user, "app"),
    }


def anywhere(house: House, user: str, callback_id: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    """A global shortcut."""
    trigger = house.slack.workspace.triggers.new(slack_id(user))
    return {
        "type": "shortcut",
        **person(user, team),
        "callback_id": callback_id,
        "action_ts": stamp(),
        "trigger_id": trigger,
    }


def form(
    user: str, callback_id: str, memory: dict[str, str], answers: dict[str, Any], team: str = staff.TEAM_ID
) -> dict[str, Any]:
    """A form that was sent, with whatever answers by block id."""
    plain = {"type": "plain_text", "text": "Words"}
    blocks = [
        {"type": "input", "block_id": name, "label": plain, "element": {"type": "plain_text_input", "action_id": name}}
        for name in answers
    ]
    view = {
        "id": f"V{next(NUMBERS)}",
        "team_id": team,
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps(memory),
        "hash": "1.a",
        "title": plain,
        "blocks": blocks,
        "state": {"values": {name: {name: answer(name, value)} for name, value in answers.items()}},
    }
    return {"type": "view_submission", **person(user, team), "trigger_id": "1.2.x", "view": view, "response_urls": []}


def answer(name: str, value: Any) -> dict[str, Any]:
    """One field's answer, in the shape of its element."""
    match name:
        case "people":
            return {"type": "multi_users_select", "selected_users": value}
        case "person":
            return {"type": "users_select", "selected_user": value}
        case "source" | "value":
            option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
            return {"type": "static_select", "selected_option": option if value else None}
        case "happened_on":
            return {"type": "datepicker", "selected_date": value}
        case _:
            return {"type": "plain_text_input", "value": value}


def typing(house: House, user: str, action_id: str, typed: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    """What is typed into an external select of an open form."""
    view = {"id": f"V{next(NUMBERS)}", "type": "modal", "callback_id": "praise_form", "state": {"values": {}}}
    return {
        "type": "block_suggestion",
        **person(user, team),
        "action_id": action_id,
        "block_id": action_id,
        "value": typed,
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
    }


def event(inner: dict[str, Any], team: str = staff.TEAM_ID) -> dict[str, Any]:
    """An event in its envelope."""
    return {
        "token": "t",
        "team_id": team,
        "api_app_id": staff.APP_ID,
        "event": {"event_ts": stamp(), **inner},
        "type": "event_callback",
        "event_id": f"Ev0FORGED{next(NUMBERS)}",
        "event_time": 1795399300,
        "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": staff.BOT_USER_ID, "is_bot": True}],
    }


def reaction(kind: str, user: str, author: str, ts: str, team: str = staff.TEAM_ID) -> dict[str, Any]:
    inner = {
        "type": kind,
        "user": slack_id(user),
        "item_user": slack_id(author),
        "reaction": "star",
        "item": {"type": "message", "channel": staff.GENERAL_CHANNEL, "ts": ts},
    }
    return event(inner, team)


def words_of(outcome: dict[str, Any]) -> str:
    """What the acknowledgement of a command or form says to the person."""
    return json.dumps(outcome["body"], ensure_ascii=False)
