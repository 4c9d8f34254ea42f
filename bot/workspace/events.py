"""The Events API: which happenings reach the app, and in what envelope."""

import secrets
import string

from bot.workspace import staff
from bot.workspace.channels import Channel
from bot.workspace.postman import Postman
from bot.workspace.shapes import Json
from bot.workspace.state import Workspace

# subscription -> bot scopes of which one must be granted (docs.slack.dev, reference/events)
SCOPES = {
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "app_mention": ("app_mentions:read",),
    "app_home_opened": (),
}
MESSAGE_KINDS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
LETTERS = string.ascii_uppercase + string.digits


class Events:
    """Sends an event if the app subscribed to it, has the scope, and is in the channel."""

    def __init__(self, workspace: Workspace, postman: Postman) -> None:
        self._workspace = workspace
        self._postman = postman

    def emit(self, event: Json, channel: Channel | None) -> None:
        """Tell the app of one event, if it may hear it."""
        workspace = self._workspace
        name = event["type"] if event["type"] != "message" or channel is None else MESSAGE_KINDS[channel.kind]
        if name not in workspace.manifest.events:
            return
        needed = SCOPES.get(name, ())
        if needed and not workspace.manifest.scopes.intersection(needed):
            return
        if channel is not None and not channel.has(staff.BOT_USER_ID):
            return
        self._postman.event(self.envelope(event))

    def envelope(self, event: Json) -> Json:
        """Give the event_callback body around an event."""
        event.setdefault("event_ts", self._workspace.clock.ts())
        return {
            "token": self._workspace.settings.verification_token,
            "team_id": staff.TEAM_ID,
            "api_app_id": staff.APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": "Ev0" + "".join(secrets.choice(LETTERS) for _ in range(9)),
            "event_time": int(self._workspace.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": staff.TEAM_ID,
                    "user_id": staff.BOT_USER_ID,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-" + secrets.token_urlsafe(24),
        }
