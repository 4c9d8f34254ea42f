"""Handlers hear: parse what Slack sent, call one service, show one view."""

from importlib import import_module

from slack_bolt.async_app import AsyncApp

MODULES = (
    "praise", "shortcuts", "privacy", "confirmation", "handing_on", "helping", "picks", "kudos", "reactions", "points",
    "leaderboards", "pulse", "wishes", "replies", "questions", "suggestions", "reviewing", "letters", "rewards",
    "rewarding", "grants", "settings", "keeping", "auditing", "welcome", "home", "others", "guide", "people", "erasing",
    "strays", "errors",
)  # fmt: skip
"""In the order in which they hear; the last ones take what nobody else does."""


def register(app: AsyncApp) -> None:
    """Register every listener, and the one error handler."""
    for name in MODULES:
        import_module(f"handlers.{name}").register(app)
