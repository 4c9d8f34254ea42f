"""Takes away the second copy of a post whose sender stood still, and sent it when another had done so already."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from time import monotonic, time

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery import figures
from bot.delivery.call import Limited, Refused, Unanswered, call
from bot.delivery.look_up import LookUp, earliest, public
from bot.delivery.pace import Pace
from bot.delivery.verdict import LONGEST_S, Verdict, judge_look_up
from storage import twins
from storage.database import Database
from storage.twins import Suspect

log = logging.getLogger(__name__)

DELETE = "chat.delete"
CALL_S = 8.0
AT_ONCE = 50
PLACE_S = 10.0
"""For all of one channel; before the suspects come again."""


class Twins:
    """Looks for copies over `client`, and deletes all but the one that is recorded."""

    def __init__(self, client: AsyncWebClient, database: Database, clock: Clock, pace: Pace, workspace_id: str) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        self._look_up = LookUp(client, pace)
        self._pace = pace
        self._workspace_id = workspace_id

    async def sweep(self) -> None:
        """Look at every post that may stand twice and whose time has come, channel by channel."""
        if not await self._database.read(
            lambda session: twins.any_due(session, workspace_id=self._workspace_id, real_now=time())
        ):
            return
        taken = await self._database.write(
            lambda session: twins.take(session, workspace_id=self._workspace_id, real_now=time(), limit=AT_ONCE)
        )
        places: defaultdict[tuple[str, str], list[Suspect]] = defaultdict(list)
        for one in taken:
            places[one.channel, one.thread_ts].append(one)
        for (channel, thread_ts), suspects in places.items():
            await self._guarded(channel, thread_ts, suspects)

    async def _guarded(self, channel: str, thread_ts: str, suspects: Sequence[Suspect]) -> None:
        """Sweep one place; what fails is tried again later."""
        try:
            await self._sweep(channel, thread_ts, suspects)
        except Limited as limit:
            if not limit.foreseen:
                figures.LIMITED.labels(limit.method).inc()
                self._pace.limited(limit.method, limit.retry_after)
            await self._again(suspects, "ratelimited", limit.retry_after)
        except Unanswered as failure:
            await self._again(suspects, failure.reason, twins.SETTLED_S)
        except Refused as refusal:
            if judge_look_up(refusal.code) is Verdict.DEAD:
                log.info("%d posts cannot be looked for: %s; if one stands twice, so it will", len(suspects), refusal)
                await self._database.write(lambda session: twins.clear(session, suspects))
            else:
                await self._again(suspects, refusal.code, LONGEST_S)

    async def _sweep(self, channel: str, thread_ts: str, suspects: Sequence[Suspect]) -> None:
        deadline = monotonic() + PLACE_S
        since = min(self._since(one) for one in suspects)
        place = await self._look_up.place(channel, deadline)
        copies: defaultdict[str, list[str]] = defaultdict(list)
        async for key, ts in self._look_up.keyed(place, thread_ts, since=since, deadline=deadline):
            copies[key].append(ts)
        for one in suspects:
            for ts in _spare(one, copies[public(one.key)]):
                await take_away(self._client, public(one.key), place, ts)
        await self._database.write(lambda session: twins.clear(session, suspects))

    def _since(self, one: Suspect) -> float:
        """From when on copies may stand."""
        return earliest(self._clock, one.due_at, float(one.ts), *([one.since] if one.since else ()))

    async def _again(self, suspects: Sequence[Suspect], reason: str, seconds: float) -> None:
        log.warning("%d posts could not be looked for: %s; next look in %g s", len(suspects), reason, seconds)
        until = time() + seconds
        await self._database.write(lambda session: twins.put_off(session, suspects, until=until))


async def take_away(client: AsyncWebClient, key: str, channel: str, ts: str) -> None:
    """Delete the second copy of the post `key`, which stands there. Raises as `bot.delivery.call.call`."""
    try:
        await call(client, DELETE, {"channel": channel, "ts": ts}, timeout=CALL_S)
    except Refused as refusal:
        if refusal.code != "message_not_found":
            raise
    figures.TWINS.inc()
    log.warning("%s stood twice, for a sender had stood still in the middle; the second copy was deleted", key)


def _spare(one: Suspect, copies: Sequence[str]) -> list[str]:
    """The copies to delete: all but the recorded one; if somebody took that away by hand, all but the oldest."""
    kept = one.ts if one.ts in copies or not copies else min(copies, key=float)
    return [ts for ts in copies if ts != kept]
