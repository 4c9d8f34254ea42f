"""reactions.get and reactions.add."""

import re

from bot.workspace import staff
from bot.workspace.methods.conversations import visible
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method

SHORT = 3  # users named a reaction unless `full` is asked for


def _message(call: Call) -> tuple[str, Json]:
    if "channel" not in call.arguments or "timestamp" not in call.arguments:
        raise SlackError("no_item_specified")
    channel = visible(call, call.arguments.text("channel"))
    ts = call.arguments.text("timestamp")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise SlackError("bad_timestamp")
    message = call.workspace.messages.get(channel.id, ts)
    if message is None:
        raise SlackError("message_not_found")
    return channel.id, message


@method("reactions.get", "reactions:read")
def reactions_get(call: Call) -> Json:
    """Give a message with its reactions; `users` may be cut short unless `full` is set."""
    channel, message = _message(call)
    full = call.arguments.flag("full")
    body: Json = {key: message[key] for key in ("type", "text", "user", "ts", "team", "bot_id") if key in message}
    if message.get("reactions"):
        body["reactions"] = [
            {**one, "users": one["users"] if full else one["users"][:SHORT]} for one in message["reactions"]
        ]
    body["permalink"] = f"https://{staff.TEAM_DOMAIN}.slack.com/archives/{channel}/p{message['ts'].replace('.', '')}"
    return {"type": "message", "channel": channel, "message": body}


@method("reactions.add", "reactions:write")
def reactions_add(call: Call) -> Json:
    """React as the bot."""
    name = call.arguments.required("name")
    if not re.fullmatch(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?", name):
        raise SlackError("invalid_name")
    channel, message = _message(call)
    call.workspace.messages.react(channel, message["ts"], name, staff.BOT_USER_ID)
    call.workspace.emit(
        reaction("reaction_added", staff.BOT_USER_ID, name, channel, message), call.workspace.channels.get(channel)
    )
    return {}


def reaction(kind: str, user: str, name: str, channel: str, message: Json) -> Json:
    """Give the reaction_added or reaction_removed event."""
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel, "ts": message["ts"]},
        "item_user": message.get("user", ""),
    }
