"""Shortcuts: those on a message (message_action) and those anywhere in Slack (shortcut)."""

from bot.workspace import staff
from bot.workspace.acts import Acts, outcome
from bot.workspace.messages import shown
from bot.workspace.postman import Postman
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Workspace

MASKED = {"group": "privategroup", "im": "directmessage"}


class Shortcuts:
    """People choosing a shortcut from Slack's own menus."""

    def __init__(self, workspace: Workspace, postman: Postman, acts: Acts) -> None:
        self._workspace = workspace
        self._postman = postman
        self._acts = acts

    async def on_message(self, user: str, channel: str, ts: str, callback_id: str) -> Json:
        """Choose a shortcut in the menu of a message, in any conversation the person is in; gives the outcome."""
        workspace = self._workspace
        who = workspace.people.find(user)
        room = workspace.channel(channel, who["id"])
        self._acts.seen(who["id"], room)
        self._offered(callback_id, "message")
        message = workspace.messages.get(room.id, ts)
        if message is None:
            raise Impossible(f"{who['name']} sees no message {ts} in {room.name}", "gone")
        payload = {
            **self._begin("message_action", callback_id, who["id"]),
            "user": {"id": who["id"], "name": who["name"]},
            "channel": {"id": room.id, "name": MASKED.get(room.kind, room.name)},
            "message_ts": ts,
            "message": shown(message, metadata=False),
            "response_url": workspace.response_urls.new("app", who["id"], room.id),
        }
        return outcome(*await self._postman.act("interactive", f"{callback_id} by {who['name']}", payload))

    async def anywhere(self, user: str, callback_id: str) -> Json:
        """Choose a global shortcut: the app learns neither of a channel nor of a response_url; gives the outcome."""
        who = self._workspace.people.find(user)
        if who["deleted"]:
            raise Impossible(f"{user} is deactivated", "deactivated")
        self._offered(callback_id, "global")
        payload = {
            **self._begin("shortcut", callback_id, who["id"]),
            "user": {"id": who["id"], "username": who["name"], "team_id": staff.TEAM_ID},
            "is_enterprise_install": False,
            "enterprise": None,
        }
        return outcome(*await self._postman.act("interactive", f"{callback_id} by {who['name']}", payload))

    def _offered(self, callback_id: str, kind: str) -> None:
        manifest = self._workspace.manifest
        if not manifest.offers(callback_id, kind) or "commands" not in manifest.scopes:
            raise Impossible(f"there is no {kind} shortcut {callback_id!r}", "gone")

    def _begin(self, kind: str, callback_id: str, user: str) -> Json:
        return {
            "type": kind,
            "token": self._workspace.settings.verification_token,
            "action_ts": self._workspace.clock.ts(),
            "team": {"id": staff.TEAM_ID, "domain": staff.TEAM_DOMAIN},
            "callback_id": callback_id,
            "trigger_id": self._workspace.triggers.new(user),
        }
