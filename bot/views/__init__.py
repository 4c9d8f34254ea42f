"""Views speak: an outcome of a service in, what Slack shows out. Every word and every action id lives here."""

from bot.views import confirmations, errors, guide, kudos, leaderboards, points, praise, refusals, rituals

__all__ = ["confirmations", "errors", "guide", "kudos", "leaderboards", "points", "praise", "refusals", "rituals"]
