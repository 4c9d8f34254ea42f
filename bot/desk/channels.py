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
    if known and abs(now - known.checked_at) < FRESH and (known.locale or not known.is_member):
        return
    try:
        async with asyncio.timeout(patience):
            answer: Any = await desk.client.conversations_info(channel=channel, include_locale=True)
        told = answer["channel"]
        is_member, locale = bool(told.get("is_member")), str(told.get("locale") or "")
    except Exception as error:
        if error_code(error) != "channel_not_found":
            log.warning("conversations.info failed: %s; what was known of the channel stays", error_code(error))
            return
        is_member, locale = False, None
    await desk.database.write(
        lambda session: channels.describe(session, workspace_id, channel, is_member=is_member, locale=locale, now=now)
    )


async def thread_of(desk: Desk, channel: str, ts: str) -> str:
    """The timestamp of the thread to answer a message in: its thread's parent if it is a reply, else its own.

    Slack wants the parent's. If it does not say in time, the message's own is the best there is.
    """
    try:
        async with asyncio.timeout(PATIENCE_S):
            answer: Any = await desk.client.conversations_replies(channel=channel, ts=ts, limit=1)
        return str(answer["messages"][0].get("thread_ts") or ts)
    except Exception as error:
        log.info(
            "the thread of a message could not be read: %s; it is answered as one that begins a thread",
            error_code(error),
        )
        return ts


def error_code(error: Exception) -> str:
    """Slack's word for an error, or the kind of failure before Slack could say one."""
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
