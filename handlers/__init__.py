"""Handlers hear: parse what Slack sent, call one service, show one view."""

from slack_bolt.async_app import AsyncApp


def register(app: AsyncApp) -> None:
    """Register every listener, and the one error handler."""
    from handlers import (
        confirmation,
        errors,
        guide,
        handing_on,
        helping,
        kudos,
        leaderboards,
        others,
        people,
        picks,
        points,
        praise,
        privacy,
        pulse,
        reactions,
        shortcuts,
        strays,
    )

    for module in (
        praise,
        shortcuts,
        privacy,
        confirmation,
        handing_on,
        helping,
        picks,
        kudos,
        reactions,
        points,
        leaderboards,
        pulse,
        others,
        guide,
        people,
        strays,
        errors,
    ):
        module.register(app)
