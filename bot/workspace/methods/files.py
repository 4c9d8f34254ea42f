"""files.getUploadURLExternal, files.completeUploadExternal, files.info: the only way in which a file comes to Slack;
files.delete: how it goes."""

import json

from bot.workspace import staff
from bot.workspace.arguments import missing
from bot.workspace.channels import Channel
from bot.workspace.files import File, shown
from bot.workspace.methods.conversations import visible
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method


@method("files.getUploadURLExternal", "files:write")
def files_get_upload_url_external(call: Call) -> Json:
    """Give an address for so many bytes."""
    name, length = call.arguments.required("filename"), call.arguments.text("length")
    if not length.isdigit() or not int(length):
        raise SlackError("missing_argument")
    return call.workspace.files.ticket(name, int(length))


@method("files.completeUploadExternal", "files:write")
def files_complete_upload_external(call: Call) -> Json:
    """Make the bytes that were sent a file, and share it with a channel if one is named."""
    wanted = _wanted(call)
    channel = _channel(call)
    files = [call.workspace.files.finish(str(one.get("id", "")), str(one.get("title", ""))) for one in wanted]
    if channel is not None:
        _share(call, channel, files)
    return {"files": [{"id": one.id, "title": one.title} for one in files]}


def _wanted(call: Call) -> list[Json]:
    given = call.arguments.raw("files")
    try:
        held = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise SlackError("invalid_arguments") from None
    if not held:
        raise missing("files")
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        raise SlackError("invalid_arguments")
    return held


def _channel(call: Call) -> Channel | None:
    where = call.arguments.text("channel_id")
    if not where:
        return None
    channel = visible(call, where)  # a person's id is no channel here: the direct message must have been opened
    if not channel.has(staff.BOT_USER_ID):
        raise SlackError("not_in_channel")
    return channel


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    comment = call.arguments.text("initial_comment")
    call.workspace.notice_pings(f"files.completeUploadExternal {channel.id}", comment, None)
    more: Json = {"subtype": "file_share", "files": [shown(one) for one in files], "upload": False}
    message = call.workspace.say_as_app(channel, comment, None, more)
    for one in files:
        one.shares.append(("public" if channel.kind == "channel" else "private", channel.id, message["ts"]))


@method("files.info", "files:read")
def files_info(call: Call) -> Json:
    """Give one file, and where it was shared."""
    file = call.workspace.files.get(call.arguments.required("file"))
    shares: Json = {}
    for kind, channel, ts in file.shares:
        shares.setdefault(kind, {}).setdefault(channel, []).append({"ts": ts, "reply_count": 0})
    places: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
    for _, channel, _ in file.shares:
        places[{"C": "channels", "D": "ims"}.get(channel[0], "groups")].append(channel)
    return {
        "file": {**shown(file), **places, "shares": shares, "comments_count": 0},
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


@method("files.delete", "files:write")
def files_delete(call: Call) -> Json:
    """Take a file of the app away; in the messages that shared it stands that it was there."""
    file = call.workspace.files.delete(call.arguments.required("file"))
    for _, channel, ts in file.shares:
        message = call.workspace.messages.get(channel, ts)
        if message is not None:
            gone = {"id": file.id, "mode": "tombstone"}
            message["files"] = [gone if one["id"] == file.id else one for one in message["files"]]
            call.workspace.changes.tell("message", channel, ts)
    return {}
