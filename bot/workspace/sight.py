"""What a person, or a story that watches, can see of the workspace."""

import asyncio
import time
from collections.abc import Callable

from bot.workspace import staff, text
from bot.workspace.messages import shown
from bot.workspace.postman import Postman
from bot.workspace.shapes import Impossible, Json, copied
from bot.workspace.state import Workspace

PAUSE = 0.02
SEEN = 12


class Sight:
    """Reads messages, ephemerals, views and the journal; waits until something is to be seen."""

    def __init__(self, workspace: Workspace, postman: Postman, connections: Callable[[], int]) -> None:
        self._workspace = workspace
        self._postman = postman
        self._connections = connections

    def messages(self, channel: str) -> list[Json]:
        """Give everything in a channel, threads too, oldest first; `by_app` marks the app's own."""
        return [_noted(one) for one in self._workspace.messages.of(self._workspace.channel(channel).id)]

    def dms(self, user: str) -> list[Json]:
        """Give the direct messages between a person and the bot."""
        who = self._workspace.user_id(user)
        channel = self._workspace.channels.direct(staff.BOT_USER_ID, who)
        return [{**_noted(one), "channel": channel.id} for one in self._workspace.messages.of(channel.id)]

    def ephemerals(self, user: str) -> list[Json]:
        """Give what only this person was shown, oldest first."""
        return [one.shown() for one in self._workspace.ephemerals.of(self._workspace.user_id(user))]

    def views(self, user: str) -> list[Json]:
        """Give a person's open modals, the newest last."""
        return self._workspace.views.open_for(self._workspace.user_id(user))

    def state(self) -> Json:
        """Give the workspace at a glance."""
        workspace = self._workspace
        return {
            "now": workspace.clock.now(),
            "offset": workspace.clock.offset,
            "connections": self._connections(),
            "busy": self._postman.busy,
            "request_url": getattr(self._postman.transport, "url", None),
            "users": copied({"all": list(workspace.people)})["all"],
            "channels": [
                {
                    "id": one.id,
                    "name": one.name,
                    "kind": one.kind,
                    "locale": one.locale,
                    "members": list(one.members),
                    "messages": len(list(workspace.messages.of(one.id))),
                }
                for one in workspace.channels
            ],
            "usergroups": workspace.usergroups,
            "errors": len(workspace.journal.errors),
            "pings": len(workspace.journal.pings),
        }

    async def wait(self, condition: Json, timeout: float) -> Json:
        """Wait until enough of what the condition names is there; gives {"found"} or, too late, {"seen"}."""
        end = time.monotonic() + timeout
        need = int(condition.get("count", 1))
        while True:
            there = self._there(condition)
            found = [one for one in there if _fits(one, condition)]
            if len(found) >= need:
                return {"found": found}
            if time.monotonic() > end:
                return {"seen": there[-SEEN:], "fitting": len(found), "needed": need}
            await asyncio.sleep(PAUSE)

    def _there(self, condition: Json) -> list[Json]:
        """Give all things of the kind that the condition is about."""
        if "channel" in condition:
            return self.messages(condition["channel"])
        if "dm" in condition:
            return self.dms(condition["dm"])
        if "ephemeral" in condition:
            return self.ephemerals(condition["ephemeral"])
        if "view" in condition:
            return self.views(condition["view"])
        if "home" in condition:
            home = self._workspace.views.home(self._workspace.user_id(condition["home"]))
            return [home] if home else []
        journal = self._workspace.journal
        if "api" in condition:
            return [one for one in journal.traffic(5_000) if one.get("method") == condition["api"]]
        if "event" in condition:
            return [
                one
                for one in journal.traffic(5_000)
                if one["way"] == "to_app"
                and one["ok"]
                and one["payload"].get("event", {}).get("type") == condition["event"]
            ]
        if "error" in condition:
            return [one for one in journal.errors if condition["error"] in ("", one["kind"])]
        if "connections" in condition:
            return [{"text": "socket"}] if self._connections() >= int(condition["connections"]) else []
        if "idle" in condition:
            return [{"text": "idle"}] if self._postman.busy == 0 else []
        raise Impossible(f"wait for what? {sorted(condition)}")


def _noted(message: Json) -> Json:
    return {**shown(message), "by_app": message.get("bot_id") == staff.BOT_ID}


def words(item: Json) -> str:
    """Give all words of a message, ephemeral or view, blocks included."""
    return "\n".join([str(item.get("text") or ""), text.words_of(item.get("title")), text.words_of(item.get("blocks"))])


def _fits(item: Json, condition: Json) -> bool:
    wanted, unwanted = condition.get("contains", []), condition.get("lacks", [])
    there = words(item) if wanted or unwanted else ""
    return (
        all(one in there for one in ([wanted] if isinstance(wanted, str) else wanted))
        and not any(one in there for one in ([unwanted] if isinstance(unwanted, str) else unwanted))
        and ("after" not in condition or float(item.get("ts", 0)) > float(condition["after"]))
        and condition.get("thread_ts") in (None, item.get("thread_ts"))
        and condition.get("callback_id") in (None, item.get("callback_id"))
        and ("by_app" not in condition or item.get("by_app") == condition["by_app"])
        and (
            "action_id" not in condition
            or any(node.get("action_id") == condition["action_id"] for node in text.texts_of(item.get("blocks")))
        )
    )
