"""The manifest is one that Slack takes: limits of docs.slack.dev/reference/app-manifest, as of November 2026."""

import json
from pathlib import Path
from typing import Any

import pytest

MANIFEST: dict[str, Any] = json.loads((Path(__file__).parents[1] / "bot" / "manifest.json").read_text(encoding="utf-8"))
COMMANDS = MANIFEST["features"]["slash_commands"]
SHORTCUTS = MANIFEST["features"]["shortcuts"]

SCOPES = [
    "commands",
    "chat:write",
    "channels:read",
    "channels:join",
    "groups:read",
    "channels:history",
    "groups:history",
    "im:write",
    "im:history",
    "users:read",
    "users:read.email",
    "reactions:read",
    "files:read",
    "files:write",
    "team:read",
    "usergroups:read",
]
EVENTS = {
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "app_home_opened": "commands",  # Slack wants some scope, whichever
}


def test_the_app_is_named_and_described_within_the_limits() -> None:
    about = MANIFEST["display_information"]
    assert about["name"] == "Golden Ear"
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80


def test_it_asks_for_exactly_the_scopes_that_are_used() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot"}
    assert sorted(MANIFEST["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)
    assert len(SCOPES) <= 255


def test_each_event_has_its_scope() -> None:
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(events) == sorted(EVENTS)
    assert set(EVENTS.values()) <= set(SCOPES)
    assert len(events) <= 100


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command["command"])
def test_each_command_is_within_the_limits_and_escaped(command: dict[str, Any]) -> None:
    assert command["command"].startswith("/")
    assert 2 <= len(command["command"]) <= 32
    assert 1 <= len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000
    assert command["should_escape"] is True  # ids instead of names: <@U…>, <#C…>


def test_the_commands_are_those_of_the_readme() -> None:
    names = [command["command"] for command in COMMANDS]
    assert names == [
        "/praise",
        "/kudos",
        "/points",
        "/leaderboard",
        "/pulse",
        "/suggest",
        "/ideas",
        "/rewards",
        "/golden-ear",
    ]
    assert len(names) <= 50


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda shortcut: shortcut["callback_id"])
def test_each_shortcut_is_within_the_limits(shortcut: dict[str, Any]) -> None:
    assert 1 <= len(shortcut["name"]) <= 24
    assert 1 <= len(shortcut["description"]) <= 150
    assert 1 <= len(shortcut["callback_id"]) <= 255


def test_there_is_one_shortcut_of_each_kind_for_praise() -> None:
    kinds = [shortcut["type"] for shortcut in SHORTCUTS]
    assert set(kinds) == {"message", "global"}
    assert max(kinds.count(kind) for kind in kinds) <= 5
    assert {"name": "Save as customer praise", "type": "message", "callback_id": "save_praise"}.items() <= SHORTCUTS[
        0
    ].items()


def test_the_home_tab_is_there() -> None:
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"] is True


def test_buttons_and_forms_work_over_socket_mode() -> None:
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert MANIFEST["settings"]["token_rotation_enabled"] is False  # bot/config.py takes tokens that last
