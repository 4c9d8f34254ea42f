"""What people do that is not a click: speak, react, type commands, come and go."""

from bot.workspace import answers, staff, text
from bot.workspace.channels import Channel, Coming
from bot.workspace.delivery import Ack, Delivery
from bot.workspace.messages import shown
from bot.workspace.methods.conversations import joined
from bot.workspace.methods.reactions import reaction
from bot.workspace.postman import Postman
from bot.workspace.shapes import Impossible, Json, SlackError, copied
from bot.workspace.state import Workspace

BOT = staff.BOT_USER_ID
REFUSED = {"message_not_found": "gone", "already_reacted": "already", "no_reaction": "already"}


def outcome(delivery: Delivery, ack: Ack) -> Json:
    """Give what the person's client knows after an act: whether it was acknowledged, and with what."""
    return {"ok": ack.ok, "error": ack.error, "body": ack.body, "ms": round(ack.ms, 2), "delivery": delivery.id}


class Acts:
    """People acting in the workspace."""

    def __init__(self, workspace: Workspace, postman: Postman) -> None:
        self._workspace = workspace
        self._postman = postman

    def seen(self, user: str, channel: Channel) -> None:
        """Refuse an act in a conversation that the person is not in."""
        if self._workspace.people.find(user)["deleted"]:
            raise Impossible(f"{user} is deactivated", "deactivated")
        if not channel.has(user):
            raise Impossible(f"{user} is not in {channel.name}", "not_a_member")

    def say(self, user: str, channel: str, words: str, thread_ts: str | None = None) -> str:
        """Post as a person; gives the ts. What is typed is escaped, names become mentions."""
        who = self._workspace.user_id(user)
        room = self._workspace.channel(channel, who)
        self.seen(who, room)
        more: Json = {}
        if thread_ts:
            parent = self._workspace.messages.get(room.id, thread_ts)
            if parent is None:
                raise Impossible(f"no message {thread_ts} in {room.name}", "gone")
            more = {"thread_ts": parent.get("thread_ts", thread_ts)}
        posted: Json = {"user": who, "team": staff.TEAM_ID, "text": self._workspace.typed(words), **more}
        bot = self._workspace.people.find(who)["is_bot"]
        kept = self._workspace.messages.post(room.id, {**posted, **({"bot_id": "B0" + who[2:]} if bot else {})})
        event = {**shown(kept), "channel": room.id, "channel_type": room.kind, "event_ts": kept["ts"]}
        self._workspace.emit(event, room)
        return str(kept["ts"])

    def react(self, user: str, channel: str, ts: str, name: str, *, remove: bool = False) -> None:
        """React or take a reaction back; the emoji is named without colons."""
        who = self._workspace.user_id(user)
        room = self._workspace.channel(channel, who)
        self.seen(who, room)
        change = self._workspace.messages.unreact if remove else self._workspace.messages.react
        try:
            message = change(room.id, ts, name.strip(":"), who)
        except SlackError as refusal:
            raise Impossible(refusal.error, REFUSED.get(refusal.error, "")) from None
        kind = "reaction_removed" if remove else "reaction_added"
        self._workspace.emit(reaction(kind, who, name.strip(":"), room.id, message), room)

    def dismiss(self, user: str, channel: str, ts: str) -> None:
        """Put away what only this person sees; the app does not hear of it."""
        who = self._workspace.user_id(user)
        room = self._workspace.channel(channel, who)
        held = self._workspace.ephemerals.get(room.id, ts)
        if held is None or held.user != who:
            raise Impossible(f"nothing that {user} alone sees is at {ts} in {room.name}", "gone")
        self._workspace.ephemerals.delete(room.id, ts)

    async def command(self, user: str, channel: str, typed: str) -> Json:
        """Type a slash command; gives the outcome once it is acknowledged and its answer is shown."""
        workspace = self._workspace
        who = workspace.people.find(user)
        room = workspace.channel(channel, who["id"])
        self.seen(who["id"], room)
        name, words = (*typed.split(None, 1), "")[:2]
        command = workspace.manifest.command(name)
        if command is None or "commands" not in workspace.manifest.scopes:
            raise Impossible(f"{name} is not a valid command", "unknown_command")
        words = words.strip()
        payload = self._command_payload(who, room, name)
        payload["text"] = workspace.typed(words) if command.should_escape else text.escape(words)
        delivery, ack = await self._postman.act("slash_commands", f"{name} by {who['name']}", payload)
        self._show(ack, who["id"], room, name)
        return outcome(delivery, ack)

    def _command_payload(self, who: Json, room: Channel, name: str) -> Json:
        return {
            "token": self._workspace.settings.verification_token,
            "team_id": staff.TEAM_ID,
            "team_domain": staff.TEAM_DOMAIN,
            "channel_id": room.id,
            "channel_name": "privategroup" if room.kind == "group" else room.name,
            "user_id": who["id"],
            "user_name": who["name"],
            "command": name,
            "text": "",
            "api_app_id": staff.APP_ID,
            "is_enterprise_install": "false",
            "response_url": self._workspace.response_urls.new("commands", who["id"], room.id),
            "trigger_id": self._workspace.triggers.new(who["id"]),
        }

    def _show(self, ack: Ack, user: str, room: Channel, name: str) -> None:
        """Show the answer in an ack. A bad one is seen by nobody in Slack, so here it is a loud error."""
        if not ack.ok or not ack.body:
            return
        try:
            answers.show(self._workspace, ack.body, user=user, channel=room, where=f"ack of {name}")
        except SlackError as refusal:
            self._workspace.journal.error("bad_answer", f"ack of {name}: {refusal.error}", detail=refusal.extra)
            ack.error = refusal.error

    def open_home(self, user: str, tab: str = "home") -> None:
        """Open a tab of the app's Home; Slack tells of it with the view that was published, if one was."""
        workspace = self._workspace
        who = workspace.people.find(user)
        if who["deleted"]:
            raise Impossible(f"{user} is deactivated", "deactivated")
        if not (workspace.manifest.home_tab if tab == "home" else workspace.manifest.messages_tab):
            raise Impossible(f"the app has no tab {tab!r}")
        view = workspace.views.home(who["id"]) if tab == "home" else None
        channel = workspace.channels.direct(BOT, who["id"])
        event = {"type": "app_home_opened", "user": who["id"], "channel": channel.id, "tab": tab}
        workspace.emit({**event, **({"view": copied(view)} if view else {})}, None)

    def join(self, user: str, channel: str, inviter: str | None = None) -> None:
        """Put somebody, also the bot, into a channel."""
        who, room = self._workspace.user_id(user), self._workspace.channel(channel)
        if not room.has(who):
            by = self._workspace.user_id(inviter) if inviter else None
            self._workspace.channels.come(room, Coming(self._workspace.clock.ts(), who, by=by))
            self._workspace.emit(joined(who, room, by), room)

    def leave(self, user: str, channel: str) -> None:
        """Take somebody, also the bot, out of a channel."""
        who, room = self._workspace.user_id(user), self._workspace.channel(channel)
        if room.has(who):
            self._workspace.channels.come(room, Coming(self._workspace.clock.ts(), who, left=True))
            event = joined(who, room) | {"type": "member_left_channel"}
            self._workspace.emit(event, room)

    def add_user(self, handle: str, given: Json) -> Json:
        """Let somebody join the workspace (team_join); gives the user."""
        user = self._workspace.people.add(handle, **given)
        self._user_event({"type": "team_join"}, user)
        return user

    def update_user(self, who: str, given: Json) -> Json:
        """Change a person's account (user_change); gives the user."""
        user = self._workspace.people.change(who, **given)
        user["updated"] = int(self._workspace.clock.now())
        self._user_event({"type": "user_change", "cache_ts": int(self._workspace.clock.now())}, user)
        return user

    def _user_event(self, event: Json, user: Json) -> None:
        email = "users:read.email" in self._workspace.manifest.scopes
        body = self._workspace.people.shown(user, now=self._workspace.clock.now(), email=email, locale=True)
        self._workspace.emit({**event, "user": body}, None)
