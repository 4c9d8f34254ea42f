"""What Slack says of a channel, asked before a transaction needs it."""

import logging
from contextlib import suppress
from datetime import timedelta

from bot.delivery.call import Failed, Refused, call
from bot.desk import Desk
from bot.rules.refusal import Unavailable
from storage import channels

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=10)
PATIENCE_S = 1.0
"""A command is acknowledged within three seconds, with or without this answer."""


async def look_up(desk: Desk, channel: str, *, patience: float | None = None) -> None:
    """Ask whether the bot is a member of a channel and which language it speaks, unless that was asked lately.

    A channel that Slack does not show to the bot is one where it is no member. If Slack does not answer in time,
    what was known stays. Raises Unavailable if nothing was.
    """
    if channel.startswith("D"):
        return
    patience = PATIENCE_S if patience is None else patience
    now = desk.clock.now()
    workspace_id = desk.company.workspace_id
    known = await desk.database.read(lambda session: channels.get(session, workspace_id, channel))
    if known and abs(now - known.checked_at) < FRESH and (known.locale or not known.is_member):
        return
    try:
        arguments = {"channel": channel, "include_locale": True}
        told = (await call(desk.client, "conversations.info", arguments, timeout=patience, reads=True))["channel"]
        is_member, locale = bool(told.get("is_member")), str(told.get("locale") or "")
    except Failed as error:
        if not (isinstance(error, Refused) and error.code == "channel_not_found"):
            log.warning("conversations.info failed: %s; what was known of the channel stays, and is asked again", error)
            if known is None:
                raise Unavailable("slack_unreachable") from error
            return
        is_member, locale = False, None
    await desk.database.write(
        lambda session: channels.describe(session, workspace_id, channel, is_member=is_member, locale=locale, now=now)
    )


async def enter(desk: Desk, channel: str, *, patience: float = 5.0) -> None:
    """Be a member of a channel and know its language; into a private one somebody has to invite the bot. Slack is
    given so many seconds for each of two answers."""
    with suppress(Unavailable):
        await look_up(desk, channel, patience=patience)
    now, workspace_id = desk.clock.now(), desk.company.workspace_id
    known = await desk.database.read(lambda session: channels.get(session, workspace_id, channel))
    if known is None or known.is_member:
        return
    try:
        await call(desk.client, "conversations.join", {"channel": channel}, timeout=patience)
    except Refused as error:
        log.warning("the channel %s cannot be joined: %s; invite the bot there with /invite", channel, error)
        return
    except Failed as error:
        log.warning("the channel %s could not be joined: %s; it is tried again with the next post", channel, error)
        return
    await desk.database.write(
        lambda session: channels.describe(session, workspace_id, channel, is_member=True, now=now)
    )


async def thread_of(desk: Desk, channel: str, ts: str) -> str:
    """The timestamp of the thread to answer a message in: its thread's parent if it is a reply, else its own.

    Slack wants the parent's. If it does not say in time, the message's own is the best there is.
    """
    try:
        arguments = {"channel": channel, "ts": ts, "limit": 1}
        answer = await call(desk.client, "conversations.replies", arguments, timeout=PATIENCE_S, reads=True)
        return str(answer["messages"][0].get("thread_ts") or ts)
    except Failed as error:
        log.info("the thread of a message could not be read: %s; it is answered as one that begins a thread", error)
        return ts
