"""What Slack says of a channel, asked before a transaction needs it."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.desk import Desk
from storage import channels

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=10)
PATIENCE_S = 1.0
"""A command is acknowledged within three seconds, with or without this answer."""


async def look_up(desk: Desk, channel: str, *, patience: float = PATIENCE_S) -> None:
    """Ask whether the bot is a member of a channel and which language it speaks, unless that was asked lately.

    A channel that Slack does not show to the bot is one where it is no member. If Slack does not answer in time,
    what was known stays.
    """
    if channel.startswith("D"):
        return
    now = desk.clock.now()
    workspace_id = desk.company.workspace_id
    known = await desk.database.read(lambda session: channels.get(session, workspace_id, channel))
    if known and abs(now - known.checked_at) < FRESH:
        return
    try:
        async with asyncio.timeout(patience):
            answer: Any = await desk.client.conversations_info(channel=channel, include_locale=True)
        told = answer["channel"]
        is_member, locale = bool(told.get("is_member")), str(told.get("locale") or "")
    except SlackApiError as error:
        if error.response.get("error") != "channel_not_found":
            log.warning("conversations.info was refused: %s", error.response.get("error"))
            return
        is_member, locale = False, None
    except Exception as error:
        log.warning("conversations.info was not answered: %s", type(error).__name__)
        return
    await desk.database.write(
        lambda session: channels.describe(session, workspace_id, channel, is_member=is_member, locale=locale, now=now)
    )
