"""The whole workspace in memory: people, channels, messages, views, and what the app may do."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.workspace import channels, limits, people, staff, text
from bot.workspace.captions import Captions
from bot.workspace.changes import Changes
from bot.workspace.channels import Channel, Channels
from bot.workspace.clock import WorkspaceClock
from bot.workspace.entered import Entered
from bot.workspace.faults import Faults
from bot.workspace.files import Files
from bot.workspace.journal import Journal
from bot.workspace.manifest import Manifest
from bot.workspace.messages import Ephemerals, Messages, shown
from bot.workspace.people import People
from bot.workspace.progress import Progress
from bot.workspace.reads import Reads
from bot.workspace.scenes import Scenes
from bot.workspace.shapes import Json
from bot.workspace.tickets import ResponseUrls, SocketTickets, Triggers
from bot.workspace.views import Views


@dataclass(frozen=True)
class Settings:
    """How this workspace behaves. Tokens are made up anew each time and worth nothing outside it."""

    manifest: Manifest = field(default_factory=Manifest)
    request_url: str | None = None  # set: signed HTTP delivery; None: Socket Mode
    clock_file: Path | None = None
    bot_token: str = field(default_factory=lambda: f"xoxb-local-{secrets.token_hex(16)}")
    app_token: str = field(default_factory=lambda: f"xapp-local-{secrets.token_hex(16)}")
    signing_secret: str = "local-signing-secret-worth-nothing"
    verification_token: str = "local-verification-token"
    ack_seconds: float = limits.ACK_SECONDS
    trigger_seconds: float = limits.TRIGGER_SECONDS
    retry_seconds: tuple[float, ...] = limits.EVENT_RETRY_SECONDS
    quiet: bool = False


class Stages(Protocol):
    """Where stories are played."""

    async def play(self, story: str) -> Json:
        """Begin one; gives the `url` at which it is to be seen. Raises Impossible if there is no such story."""


class Workspace:
    """The state that the Web API, the deliveries and the control API share.

    `stages` is there if there is an app for stories, and `captions` where one is played.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.manifest = self.settings.manifest
        self.changes = Changes()
        self.clock = WorkspaceClock(self.settings.clock_file, lambda: self.changes.tell("clock"))
        self.journal = Journal(self.clock, self.settings.quiet, self.changes)
        self.faults = Faults(lambda: self.changes.tell("faults"))
        self.scenes = Scenes(self.faults)
        self.people: People = people.invented(self.changes)
        self.channels: Channels = channels.invented(self.changes)
        self.reads = Reads(self.changes)
        self.messages = Messages(self.clock, self.changes)
        self.ephemerals = Ephemerals(self.clock, self.changes)
        self.entered = Entered()
        self.views = Views(self.clock, self.changes)
        self.files = Files(self.clock)
        self.triggers = Triggers(self.settings.trigger_seconds)
        self.response_urls = ResponseUrls(self.clock)
        self.socket_tickets = SocketTickets()
        self.usergroups = _usergroups()
        self.base_url = ""
        self.progress = Progress(self.journal, self.messages, self.changes)
        self.stages: Stages | None = None
        self.captions: Captions | None = None
        self.heard: Callable[[], bool] = lambda: False
        self.emit: Callable[[Json, Channel | None], None] = lambda event, channel: None

    def placed(self, base_url: str) -> None:
        """Learn the address at which the server answers."""
        self.base_url = self.response_urls.base = self.files.base = base_url

    def user_id(self, who: str) -> str:
        """Give the id for a handle or id; Impossible if nobody is called so."""
        return str(self.people.find(who)["id"])

    def channel(self, which: str, actor: str | None = None) -> Channel:
        """Give the channel for `#name`, a name or an id; with an actor also `@ann`: their direct message."""
        if actor is not None and which.startswith("@"):
            return self.channels.direct(actor, self.user_id(which))
        return self.channels.find(which)

    def typed(self, words: str) -> str:
        """Give what Slack's client sends for words a person typed, mentions and links resolved."""
        return text.typed(words, self._person_mention, self._room_mention)

    def notice_pings(
        self, where: str, words: str, blocks: object, *, link_names: bool = False, parse: str = "none"
    ) -> None:
        """Record the broadcasts in something the app says."""
        self.journal.ping(where, text.pings(words, blocks, link_names=link_names, parse=parse))

    def say_as_app(self, channel: Channel, words: str, blocks: list[Json] | None, more: Json | None = None) -> Json:
        """Post a message of the app and tell the channel's listeners; gives the kept message."""
        message: Json = {
            "user": staff.BOT_USER_ID,
            "bot_id": staff.BOT_ID,
            "app_id": staff.APP_ID,
            "team": staff.TEAM_ID,
            "text": words[: limits.MESSAGE_TEXT_TRUNCATE] or text.words_of(blocks),
            "bot_profile": bot_profile(),
            **({"blocks": blocks} if blocks else {}),
            **(more or {}),
        }
        kept = self.messages.post(channel.id, message)
        self.emit({**shown(kept), "channel": channel.id, "channel_type": channel.kind, "event_ts": kept["ts"]}, channel)
        return kept

    def _person_mention(self, name: str) -> str | None:
        user = self.people.named(name)
        if user is not None:
            return f"<@{user['id']}|{user['name']}>"
        group = next((one for one in self.usergroups if one["handle"] == name.lower()), None)
        if group is not None:
            return f"<!subteam^{group['id']}|@{group['handle']}>"
        return f"<!{name}>" if name in text.BROADCASTS else None

    def _room_mention(self, name: str) -> str | None:
        channel = self.channels.named(name)
        if channel is None or channel.kind != "channel":
            return None
        return f"<#{channel.id}|{channel.name}>"


def bot_profile() -> Json:
    """Give the bot_profile of the app's messages."""
    return {
        "id": staff.BOT_ID,
        "app_id": staff.APP_ID,
        "name": "Golden Ear",
        "icons": {},
        "deleted": False,
        "updated": 1_760_000_000,
        "team_id": staff.TEAM_ID,
    }


def _usergroups() -> list[Json]:
    def group(name: str, group_id: str) -> Json:
        users = [one.id for one in staff.STAFF if one.team == name]
        return {
            "id": group_id,
            "team_id": staff.TEAM_ID,
            "is_usergroup": True,
            "name": name,
            "description": "",
            "handle": name.lower(),
            "is_external": False,
            "date_create": 1_760_000_000,
            "date_update": 1_760_000_000,
            "date_delete": 0,
            "auto_type": None,
            "created_by": users[0],
            "updated_by": users[0],
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
            "user_count": len(users),
            "users": users,
        }

    return [group(name, group_id) for name, group_id in staff.TEAMS.items()]
