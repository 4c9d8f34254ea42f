"""Handlers hear: parse what Slack sent, call one service, show one view."""

from slack_bolt.async_app import AsyncApp


def register(app: AsyncApp) -> None:
    """Register every listener, and the one error handler."""
    from handlers import (
        confirmation,
        errors,
        guide,
        kudos,
        leaderboards,
        people,
        points,
        praise,
        privacy,
        reactions,
        strays,
    )

    for module in (
        praise,
        privacy,
        confirmation,
        kudos,
        reactions,
        points,
        leaderboards,
        guide,
        people,
        strays,
        errors,
    ):
        module.register(app)
