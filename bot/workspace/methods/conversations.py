"""conversations.list, info, join, open, members."""

from bot.workspace import channels, limits, staff
from bot.workspace.arguments import missing
from bot.workspace.channels import Channel, Coming
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method

BOT = staff.BOT_USER_ID
READ = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}


def visible(call: Call, channel_id: str) -> Channel:
    """Give the conversation if the bot can know of it; channel_not_found otherwise."""
    channel = call.workspace.channels.get(channel_id)
    if channel is None or (channel.kind != "channel" and not channel.has(BOT)):
        raise SlackError("channel_not_found")
    return channel


@method("conversations.list")
def conversations_list(call: Call) -> Json:
    """Give the conversations of the asked types, page by page."""
    types = [one.strip() for one in (call.arguments.text("types") or "public_channel").split(",")]
    for one in types:
        if one not in READ:
            raise SlackError("invalid_types")
        call.need(READ[one])
    skip = call.arguments.flag("exclude_archived")
    found = [
        one
        for one in call.workspace.channels
        if one.type in types and (one.kind == "channel" or one.has(BOT)) and not (skip and one.archived)
    ]
    page, metadata = call.arguments.page(found, default=limits.PAGE_DEFAULT)
    return {"channels": [channels.shown(one, bot=BOT, count=True) for one in page], "response_metadata": metadata}


@method("conversations.info")
def conversations_info(call: Call) -> Json:
    """Give one conversation, with locale and num_members if asked for."""
    channel = visible(call, call.arguments.required("channel"))
    call.need_for(channel, "read")
    shown = channels.shown(
        channel,
        bot=BOT,
        locale=call.arguments.flag("include_locale"),
        count=call.arguments.flag("include_num_members"),
    )
    return {"channel": shown}


@method("conversations.join", "channels:join")
def conversations_join(call: Call) -> Json:
    """Put the bot into a public channel; saying so again is a warning, not an error."""
    channel = visible(call, call.arguments.required("channel"))
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if channel.has(BOT):
        more: Json = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        more = {}
        call.workspace.channels.come(channel, Coming(call.workspace.clock.ts(), BOT))
        call.workspace.emit(joined(BOT, channel), channel)
    return {"channel": channels.shown(channel, bot=BOT), **more}


def joined(user: str, channel: Channel, inviter: str | None = None) -> Json:
    """Give the member_joined_channel event."""
    event: Json = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "group" else "C",
        "team": staff.TEAM_ID,
    }
    return event | ({"inviter": inviter} if inviter else {})


@method("conversations.open", "im:write")
def conversations_open(call: Call) -> Json:
    """Give the direct message with one user; groups are not part of this workspace."""
    users = [one for one in call.arguments.text("users").split(",") if one]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > limits.OPEN_USERS:
        raise SlackError("too_many_users")
    if len(users) > 1:
        call.need("mpim:write")
        raise SlackError("invalid_user_combination")
    return _opened(call, users[0])


def _opened(call: Call, user_id: str) -> Json:
    user = call.workspace.people.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    if user["deleted"]:
        raise SlackError("user_disabled")
    if user["is_bot"] or user_id == "USLACKBOT":
        raise SlackError("cannot_dm_bot")
    channel = call.workspace.channels.direct(BOT, user_id)
    if call.arguments.flag("return_im"):
        return {"no_op": True, "already_open": True, "channel": channels.shown(channel, bot=BOT)}
    return {"channel": {"id": channel.id}}


@method("conversations.members")
def conversations_members(call: Call) -> Json:
    """Give the members' ids, page by page."""
    if "channel" not in call.arguments:
        raise missing("channel")
    channel = visible(call, call.arguments.text("channel"))
    call.need_for(channel, "read")
    page, metadata = call.arguments.page(channel.members, default=limits.PAGE_DEFAULT)
    return {"members": page, "response_metadata": metadata}
