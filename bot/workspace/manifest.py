"""What the app asked for in its manifest: scopes, events, commands, shortcuts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.workspace.shapes import Json

ALL_SCOPES = frozenset(
    [
        "commands",
        "chat:write",
        "channels:read",
        "channels:join",
        "groups:read",
        "channels:history",
        "groups:history",
        "im:read",
        "im:write",
        "im:history",
        "users:read",
        "users:read.email",
        "reactions:read",
        "reactions:write",
        "files:read",
        "files:write",
        "team:read",
        "usergroups:read",
        "app_mentions:read",
    ]
)
ALL_EVENTS = frozenset(
    [
        "reaction_added",
        "reaction_removed",
        "user_change",
        "team_join",
        "member_joined_channel",
        "member_left_channel",
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "app_home_opened",
        "channel_archive",
        "channel_rename",
    ]
)


@dataclass(frozen=True)
class Command:
    """One slash command of the manifest; `should_escape` makes Slack send ids for names."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """One shortcut of the manifest; `kind` is global or message."""

    callback_id: str
    kind: str
    name: str = ""
    description: str = ""


@dataclass(frozen=True)
class Manifest:
    """The granted part of an app manifest. Without a file everything used here is granted."""

    scopes: frozenset[str] = ALL_SCOPES
    events: frozenset[str] = ALL_EVENTS
    commands: Mapping[str, Command] | None = None
    shortcuts: Mapping[str, Shortcut] | None = None
    home_tab: bool = True
    messages_tab: bool = True
    messages_read_only: bool = False

    def command(self, name: str) -> Command | None:
        """Give the command of that name; without a manifest any command exists and escapes."""
        if self.commands is None:
            return Command(name, should_escape=True)
        return self.commands.get(name)

    def offers(self, callback_id: str, kind: str) -> bool:
        """True if there is a shortcut of that kind (global or message); without a manifest any exists."""
        return self.shortcuts is None or any(one.callback_id == callback_id for one in self.shortcuts_of(kind))

    def shortcuts_of(self, kind: str) -> list[Shortcut]:
        """Give the shortcuts of that kind (global or message) in the manifest's order; without a manifest none."""
        return [one for one in (self.shortcuts or {}).values() if one.kind == kind]


def read_manifest(path: Path) -> Manifest:
    """Read Slack's manifest format (features, oauth_config, settings) from a JSON file."""
    whole: Json = json.loads(path.read_text(encoding="utf-8"))
    return from_json(whole)


def from_json(whole: Json) -> Manifest:
    """Build the manifest from its parsed JSON; parts that are missing grant nothing."""
    features = whole.get("features", {})
    settings = whole.get("settings", {})
    home = features.get("app_home", {})
    return Manifest(
        scopes=frozenset(whole.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands={one["command"]: _command(one) for one in features.get("slash_commands", [])},
        shortcuts={one["callback_id"]: _shortcut(one) for one in features.get("shortcuts", [])},
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
    )


def _command(one: Json) -> Command:
    return Command(
        name=one["command"],
        description=one.get("description", ""),
        usage_hint=one.get("usage_hint", ""),
        should_escape=bool(one.get("should_escape", False)),
    )


def _shortcut(one: Json) -> Shortcut:
    return Shortcut(one["callback_id"], one["type"], one.get("name", ""), one.get("description", ""))
