"""chat.postMessage, chat.update, chat.delete, chat.postEphemeral."""

import json

from bot.workspace import blocks, limits, staff, text
from bot.workspace.arguments import missing
from bot.workspace.channels import Channel
from bot.workspace.messages import shown
from bot.workspace.methods.conversations import visible
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method

BOT = staff.BOT_USER_ID


@method("chat.postMessage", "chat:write")
def chat_post_message(call: Call) -> Json:
    """Post as the app, to a channel, a direct message or a person."""
    channel = _target(call)
    words, held = _content(call)
    more = _threaded(call, channel)
    metadata = _metadata(call)
    if metadata:
        more["metadata"] = metadata
    _notice(call, f"chat.postMessage {channel.id}", words, held)
    message = call.workspace.say_as_app(channel, words, held, more)
    return {"channel": channel.id, "ts": message["ts"], "message": shown(message)}


def _target(call: Call) -> Channel:
    where = call.arguments.text("channel")
    if not where:
        raise missing("channel")
    user = call.workspace.people.get(where)
    if user is not None:
        if user["is_bot"] or user["id"] == "USLACKBOT":
            raise SlackError("cannot_dm_bot")
        if user["deleted"]:
            raise SlackError("channel_not_found")
        return call.workspace.channels.direct(BOT, where)
    return _writable(call, visible(call, where))


def _writable(call: Call, channel: Channel) -> Channel:
    if channel.archived:
        raise SlackError("is_archived")
    if not channel.has(BOT) and "chat:write.public" not in call.granted:
        raise SlackError("not_in_channel")
    return channel


def _content(call: Call) -> tuple[str, list[Json] | None]:
    """Give text and blocks; no_text if there is neither."""
    words = call.arguments.text("text")
    given = call.arguments.raw("blocks")
    held = blocks.accepted(given) if given not in (None, "") else None
    if "markdown_text" in call.arguments and (words or held):
        raise SlackError("markdown_text_conflict")
    words = words or call.arguments.text("markdown_text")
    if not words.strip() and not held:
        raise SlackError("no_text")
    return words, held


def _threaded(call: Call, channel: Channel) -> Json:
    thread = call.arguments.text("thread_ts")
    if not thread:
        return {}
    parent = call.workspace.messages.get(channel.id, thread)
    if parent is None:
        raise SlackError("thread_not_found")
    more: Json = {"thread_ts": parent.get("thread_ts", thread)}
    if call.arguments.flag("reply_broadcast"):
        more["subtype"] = "thread_broadcast"
    return more


def _metadata(call: Call) -> Json | None:
    """Give message metadata ({event_type, event_payload}), {} to remove it, None if it was not given."""
    metadata = call.arguments.object("metadata", "invalid_metadata_format")
    if not metadata:
        return metadata
    good = isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    if not good or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > limits.METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata


def _notice(call: Call, where: str, words: str, held: list[Json] | None) -> None:
    call.workspace.notice_pings(
        where,
        words,
        held,
        link_names=call.arguments.flag("link_names"),
        parse=call.arguments.text("parse", "none"),
    )


@method("chat.update", "chat:write")
def chat_update(call: Call) -> Json:
    """Change a message of the app; text without blocks removes the blocks, and marks it as edited."""
    channel = visible(call, call.arguments.required("channel"))
    message = call.workspace.messages.get(channel.id, call.arguments.required("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != staff.BOT_ID:
        raise SlackError("cant_update_message")
    if len(call.arguments.text("text")) > limits.UPDATE_TEXT:
        raise SlackError("msg_too_long")
    words, held = _content(call)
    metadata = _metadata(call)
    _notice(call, f"chat.update {channel.id}", words, held)
    more: Json = {} if metadata is None else {"metadata": metadata}
    if not held:
        more["edited"] = {"user": BOT, "ts": call.workspace.clock.ts()}
    call.workspace.messages.rewrite(channel.id, message["ts"], words or text.words_of(held), held, more=more)
    body = shown(message)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": body}


@method("chat.delete", "chat:write")
def chat_delete(call: Call) -> Json:
    """Take a message of the app away; nobody else's."""
    channel = visible(call, call.arguments.required("channel"))
    ts = call.arguments.required("ts")
    message = call.workspace.messages.get(channel.id, ts)
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != staff.BOT_ID:
        raise SlackError("cant_delete_message")
    call.workspace.messages.delete(channel.id, ts)
    return {"channel": channel.id, "ts": ts}


@method("chat.postEphemeral", "chat:write")
def chat_post_ephemeral(call: Call) -> Json:
    """Show something to one person in a channel that they are in."""
    channel = _writable(call, visible(call, call.arguments.required("channel")))
    user = call.arguments.required("user")
    words, held = _content(call)
    if not channel.has(user):
        raise SlackError("user_not_in_channel")
    _notice(call, f"chat.postEphemeral {channel.id}", words, held)
    thread = call.arguments.text("thread_ts") or None
    words = words or text.words_of(held)
    return {"message_ts": call.workspace.ephemerals.show(user, channel.id, words, held, thread).ts}
