"""conversations.history and conversations.replies."""

import re

from bot.workspace import limits, staff
from bot.workspace.channels import Channel
from bot.workspace.messages import shown
from bot.workspace.methods.conversations import visible
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method


def _readable(call: Call) -> Channel:
    channel = visible(call, call.arguments.required("channel"))
    call.need_for(channel, "history")
    if not channel.has(staff.BOT_USER_ID):
        raise SlackError("not_in_channel")
    return channel


def _within(call: Call, messages: list[Json]) -> list[Json]:
    """Keep what lies between oldest and latest; the ends belong to it only if inclusive."""
    oldest, latest = call.arguments.text("oldest"), call.arguments.text("latest")
    for name, value in (("oldest", oldest), ("latest", latest)):
        if value and not re.fullmatch(r"\d+(\.\d+)?", value):
            raise SlackError(f"invalid_ts_{name}")
    low, high = float(oldest or 0), float(latest or "inf")
    ends = call.arguments.flag("inclusive")
    return [one for one in messages if low < float(one["ts"]) < high or (ends and one["ts"] in (oldest, latest))]


@method("conversations.history")
def conversations_history(call: Call) -> Json:
    """Give the messages of a channel, newest first, without thread replies."""
    channel = _readable(call)
    found = _within(call, list(call.workspace.messages.backwards(channel.id)))
    page, metadata = call.arguments.page(found, limits.HISTORY_LIMIT, limits.PAGE_DEFAULT)
    more = bool(metadata["next_cursor"])
    body: Json = {"messages": _shown(call, page), "has_more": more, "pin_count": 0}
    return body | ({"response_metadata": metadata} if more else {})


@method("conversations.replies")
def conversations_replies(call: Call) -> Json:
    """Give a thread, the parent first, then the replies, oldest first."""
    channel = _readable(call)
    ts = call.arguments.required("ts")
    first = call.workspace.messages.get(channel.id, ts)
    if first is None:
        raise SlackError("thread_not_found")
    root = first.get("thread_ts", ts)
    thread = [one for one in call.workspace.messages.of(channel.id) if root in (one["ts"], one.get("thread_ts"))]
    replies = _within(call, [one for one in thread if one["ts"] != root])
    parents = [one for one in thread if one["ts"] == root]
    page, metadata = call.arguments.page(parents + replies, limits.HISTORY_LIMIT, limits.PAGE_DEFAULT)
    return {
        "messages": _shown(call, page),
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


def _shown(call: Call, messages: list[Json]) -> list[Json]:
    metadata = call.arguments.flag("include_all_metadata")
    return [shown(one, metadata=metadata) for one in messages]
