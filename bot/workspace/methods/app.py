"""auth.test, api.test, team.info, apps.connections.open, blocks.validate."""

from bot.workspace import blocks, staff, view_rules
from bot.workspace.shapes import Json, SlackError
from bot.workspace.web_api import Call, method


@method("api.test", token="none")
def api_test(call: Call) -> Json:
    """Say that the API is there."""
    if "error" in call.arguments:
        raise SlackError(call.arguments.text("error"))
    return {"args": {}}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Say whose token it is."""
    return {
        "url": f"https://{staff.TEAM_DOMAIN}.slack.com/",
        "team": staff.TEAM_NAME,
        "user": staff.BOT_HANDLE,
        "team_id": staff.TEAM_ID,
        "user_id": staff.BOT_USER_ID,
        "bot_id": staff.BOT_ID,
        "is_enterprise_install": False,
    }


@method("team.info", "team:read")
def team_info(call: Call) -> Json:
    """Describe the workspace."""
    team = {
        "id": staff.TEAM_ID,
        "name": staff.TEAM_NAME,
        "url": f"https://{staff.TEAM_DOMAIN}.slack.com/",
        "domain": staff.TEAM_DOMAIN,
        "email_domain": "example.com",
        "icon": {"image_default": True},
        "avatar_base_url": "https://ca.slack-edge.com/",
        "is_verified": False,
    }
    return {"team": team}


@method("apps.connections.open", "connections:write", token="app")
def apps_connections_open(call: Call) -> Json:
    """Give a WebSocket address whose ticket opens one connection."""
    base = call.workspace.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={call.workspace.socket_tickets.new()}&app_id={staff.APP_ID}"}


@method("blocks.validate", token="none")
def blocks_validate(call: Call) -> Json:
    """Judge blocks, a view or a message without showing it."""
    arguments = call.arguments
    if "view" in arguments:
        report, error = view_rules.check(arguments.object("view", "invalid_view")), "invalid_view"
    elif "message" in arguments:
        message = arguments.object("message", "invalid_message") or {}
        report, error = blocks.check(message.get("blocks", []), at="/blocks"), "invalid_message"
    else:
        report, error = blocks.check(blocks.parsed(arguments.raw("blocks"))), "invalid_blocks"
    if report.problems:
        raise SlackError(error, errors=report.problems)
    return {}
