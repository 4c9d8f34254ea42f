"""users.list, users.info, users.lookupByEmail, usergroups.list, usergroups.users.list."""

from bot.workspace.arguments import missing
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method


def _shown(call: Call, user: Json) -> Json:
    return call.workspace.people.shown(
        user,
        now=call.workspace.clock.now(),
        email="users:read.email" in call.granted,
        locale=call.arguments.flag("include_locale"),
    )


@method("users.list", "users:read")
def users_list(call: Call) -> Json:
    """Give the members, deactivated ones, bots and Slackbot among them, page by page."""
    users, metadata = call.arguments.page(list(call.workspace.people))
    return {
        "members": [_shown(call, user) for user in users],
        "cache_ts": int(call.workspace.clock.now()),
        "response_metadata": metadata,
    }


@method("users.info", "users:read")
def users_info(call: Call) -> Json:
    """Give one user."""
    user = call.workspace.people.get(call.arguments.required("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": _shown(call, user)}


@method("users.lookupByEmail", "users:read.email")
def users_lookup_by_email(call: Call) -> Json:
    """Give the living user of an address, whatever its case; users_not_found if nobody has it."""
    wanted = call.arguments.required("email").lower()
    found = (one for one in call.workspace.people if one["profile"]["email"].lower() == wanted)
    user = next((one for one in found if not one["deleted"] and not one["is_bot"]), None)
    if user is None:
        raise SlackError("users_not_found")
    return {"user": _shown(call, user)}


@method("usergroups.list", "usergroups:read")
def usergroups_list(call: Call) -> Json:
    """Give the user groups, those that are switched off if asked for; with include_users also who is in them."""
    hidden = set() if call.arguments.flag("include_users") else {"users"}
    hidden |= set() if call.arguments.flag("include_count") else {"user_count"}
    there = [
        one for one in call.workspace.usergroups if call.arguments.flag("include_disabled") or not one["date_delete"]
    ]
    groups = [{key: value for key, value in group.items() if key not in hidden} for group in there]
    return {"usergroups": groups}


@method("usergroups.users.list", "usergroups:read")
def usergroups_users_list(call: Call) -> Json:
    """Give the members of one user group."""
    wanted = call.arguments.text("usergroup")
    if not wanted:
        raise missing("usergroup")
    group = next((one for one in call.workspace.usergroups if one["id"] == wanted), None)
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group["users"])}
