"""A local stand-in of Slack: an independent program which knows Slack's documentation and nothing of the bot."""

from bot.workspace.client import Control, ControlError, NotSeen
from bot.workspace.manifest import Manifest, read_manifest
from bot.workspace.server import Running, serve
from bot.workspace.state import Settings, Workspace

__all__ = [
    "Control",
    "ControlError",
    "Manifest",
    "NotSeen",
    "Running",
    "Settings",
    "Workspace",
    "read_manifest",
    "serve",
]
