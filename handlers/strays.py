"""What no other listener takes: a button of an older version, a command that the manifest names and we do not.

Registered last. Without an answer Slack would show the person a bare warning, and over Socket Mode ask again.
"""

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.rules.refusal import Refusal
from handlers.policy import anybody

ANYTHING = re.compile("")


def register(app: AsyncApp) -> None:
    """Hear all the rest."""
    app.event(ANYTHING)(unheard)
    app.command(ANYTHING)(unknown)
    app.action(ANYTHING)(unknown)
    app.view(ANYTHING)(unknown)
    app.shortcut(ANYTHING)(unknown)
    app.options(ANYTHING)(nothing)


@anybody
async def unheard(ack: AsyncAck) -> None:
    """An event that means nothing here is taken, so that Slack does not repeat it."""
    await ack()


@anybody
async def nothing(ack: AsyncAck) -> None:
    """A field of an older version offers nothing. Bolt would log what was typed into it."""
    await ack(options=[])


@anybody
async def unknown(ack: AsyncAck) -> None:
    """Tell the person that this is out of date. Always raises Refusal."""
    raise Refusal("out_of_date")
