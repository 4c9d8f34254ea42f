"""Has a message arrived of which nobody knows? Every post carries its key in its metadata; here it is looked for."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from time import monotonic, time
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery.call import Limited, Unanswered, call
from bot.delivery.pace import Pace
from storage.claims import Claimed

EVENT_TYPE = "golden_ear"
SKEW_S = 300.0
"""How far this machine's clock may be from Slack's; beyond it Slack's signatures would not pass either."""
CALL_S = 5.0
PAGE = 200
PAGES = 50


def metadata(key: str) -> dict[str, Any]:
    """The metadata by which a post is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": public(key)}}


def public(key: str) -> str:
    """The part of a key that goes to Slack and into the log: what stands behind a # names a person who is asked in
    confidence, and the DM says who that is."""
    return key.partition("#")[0]


def earliest(clock: Clock, due_at: datetime, *known: float) -> float:
    """Slack's time since when a message may stand there of which these moments are known.

    A rehearsal's Slack may keep the bot's moved clock, which may have been moved again since the message went out: but
    that was no earlier than it was due.
    """
    return min(*known, time() + clock.offset(), *([due_at.timestamp()] if clock.moves else ()))


class LookUp:
    """Looks over `client` for messages by their key, no more often than `pace` allows."""

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def find(self, row: Claimed, *, deadline: float, clock: Clock) -> tuple[str, str] | None:
        """Channel and timestamp of the message that `row` may have become; None if it is certainly not there.

        Raises what `bot.delivery.call.call` raises.
        """
        channel = await self.place(row.channel, deadline)
        since = earliest(clock, row.due_at, row.unsure_since)
        async with aclosing(self.keyed(channel, row.thread_ts, since=since, deadline=deadline)) as messages:
            async for key, ts in messages:
                if key == public(row.key):
                    return channel, ts
        return None

    async def place(self, channel: str, deadline: float) -> str:
        """The channel itself, or the DM with the person whose id it is. Raises as `find`."""
        if not channel.startswith(("U", "W")):
            return channel
        opened = await self.ask("conversations.open", {"users": channel}, deadline)
        return str(opened["channel"]["id"])

    async def keyed(
        self, channel: str, thread_ts: str, *, since: float, deadline: float
    ) -> AsyncGenerator[tuple[str, str], None]:
        """Key and timestamp of every message that carries a key of ours in a channel, or thread, since then and a bit
        before. Raises as `find`."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        arguments: dict[str, object] = {
            "channel": channel,
            "oldest": f"{since - SKEW_S:.6f}",
            "limit": PAGE,
            "include_all_metadata": True,
            **({"ts": thread_ts} if thread_ts else {}),
        }
        for _ in range(PAGES):
            page = await self.ask(method, arguments, deadline)
            for message in page.get("messages") or []:
                if key := _key(message):
                    yield key, str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            arguments["cursor"] = cursor
        raise Unanswered("history_too_long", reached=False)

    async def ask(self, method: str, arguments: dict[str, object], deadline: float) -> dict[str, Any]:
        """Slack's answer to a method that changes nothing to be seen, if it may be asked now. Raises as `find`."""
        if wait := self._pace.read(method):
            raise Limited(method, wait, foreseen=True)
        left = deadline - monotonic()
        if left <= 0:
            raise Unanswered("too_slow", reached=False)
        reads = method != "conversations.open"
        return await call(self._client, method, arguments, timeout=min(CALL_S, left), reads=reads)


def _key(message: dict[str, Any]) -> str:
    """The key by which a message of ours is found again; "" if it is none."""
    found = message.get("metadata") or {}
    return str((found.get("event_payload") or {}).get("key") or "") if found.get("event_type") == EVENT_TYPE else ""
