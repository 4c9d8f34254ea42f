"""Sends one claimed row and records what became of it.

A claim is a lease: each call is cut off before the lease ends, so that no two senders have the same message on its way
unless a process stood still in between (`bot.delivery.twins`). A row whose last try got no answer is looked for in
Slack first, and sent only if it is not there.
"""

import logging
from collections.abc import Sequence
from time import monotonic, time
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery import figures
from bot.delivery.call import Limited, Refused, Unanswered, call
from bot.delivery.files import Files
from bot.delivery.look_up import LookUp, metadata, public
from bot.delivery.pace import FILE, POST, UPDATE, Pace
from bot.delivery.plain import lesser
from bot.delivery.twins import take_away
from bot.delivery.verdict import (
    LONGEST_S,
    PATIENCE,
    PATIENT_TRIES,
    Verdict,
    concerns_all,
    distance,
    judge,
    judge_look_up,
)
from storage import claims, twins
from storage.claims import Claimed
from storage.database import Database
from storage.outbox import FILE as FILES
from storage.outbox import POST as POSTS
from storage.outbox import UPDATE as UPDATES

log = logging.getLogger(__name__)

CALL_S = 8.0
MARGIN_S = 1.0
"""Before the end of the lease everything is over; and no call begins that could not last so long."""


class _Late(Exception):
    """The lease ends before the message may leave."""


class Sender:
    """Sends rows over `client` at the moments that `pace` grants; `distances` in seconds as in `verdict`."""

    def __init__(
        self, client: AsyncWebClient, database: Database, clock: Clock, pace: Pace, distances: Sequence[float]
    ) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        self._pace = pace
        self._look_up = LookUp(client, pace)
        self._files = Files(client, database, self._look_up)
        self._distances = distances

    async def send(self, row: Claimed, claimed_at: float) -> None:
        """Send `row`, which was claimed at `claimed_at` (monotonic). Whatever happens is recorded, nothing is raised
        but what the database raises; then the lease runs out and the message is looked for."""
        deadline = claimed_at + claims.LEASE - MARGIN_S
        if row.unsure_since and row.method == POSTS and await self._looked_up(row, deadline):
            return
        tried_at = time()
        try:
            answer = await self._deliver(row, deadline)
        except _Late:
            await self._database.write(lambda session: claims.release(session, row))
        except Limited as limit:
            await self._limited(row, limit, unsure_since=0.0)
        except Unanswered as failure:
            await self._unanswered(row, failure, unsure_since=tried_at if failure.reached else 0.0)
        except Refused as refusal:
            await self._refused(row, refusal.code)
        else:
            file_id = str(answer.get("file", "")) if row.method == FILES else ""
            place = str(answer.get("channel", row.channel)), str(answer.get("ts", row.thread_ts))
            await self._arrived(row, *place, file_id=file_id)

    async def _looked_up(self, row: Claimed, deadline: float) -> bool:
        """Look whether `row` has arrived; True if that settled it for now, found or not to be known yet."""
        since = row.unsure_since
        try:
            place = await self._look_up.find(row, deadline=deadline, clock=self._clock)
        except Limited as limit:
            await self._limited(row, limit, unsure_since=since)
        except Unanswered as failure:
            await self._unanswered(row, failure, unsure_since=since)
        except Refused as refusal:
            verdict = judge_look_up(refusal.code)
            await self._judged(row, f"look-up: {refusal.code}", verdict, unsure_since=since)
        else:
            if place is None:
                return False
            log.info("%s had arrived before its answer was lost; not sent again", public(row.key))
            await self._arrived(row, *place, result="found")
        return True

    async def _deliver(self, row: Claimed, deadline: float) -> dict[str, Any]:
        """Slack's answer to the message, or to what is left of it when a part was refused."""
        if row.method == FILES:
            return await self._file(row, deadline)
        try:
            return await self._send(row, row.message, deadline)
        except Refused as refusal:
            message = await self._remedy(row, refusal.code, deadline)
            if message is None:
                raise
            log.warning("%s was refused: %s; sent again at once, mended", public(row.key), refusal.code)
            return await self._send(row, message, deadline)

    async def _file(self, row: Claimed, deadline: float) -> dict[str, Any]:
        if not await self._pace.slot(FILE, deadline - MARGIN_S):
            raise _Late
        place = await self._files.send(row, deadline, lambda: self._left(deadline))
        if place is None:
            raise _Late
        return place

    async def _remedy(self, row: Claimed, code: str, deadline: float) -> dict[str, Any] | None:
        """What to send after the refusal `code`; None if nothing helps. A public channel is joined."""
        if code != "not_in_channel" or not row.channel.startswith("C"):
            return lesser(row.message, code)
        try:
            await call(self._client, "conversations.join", {"channel": row.channel}, timeout=self._left(deadline))
        except (Refused, Limited, Unanswered):
            return None
        return row.message

    async def _send(self, row: Claimed, message: dict[str, Any], deadline: float) -> dict[str, Any]:
        method = UPDATE if row.method == UPDATES else POST
        if not await self._pace.slot(method, deadline - MARGIN_S):
            raise _Late
        return await call(self._client, method, _arguments(row, message), timeout=self._left(deadline))

    @staticmethod
    def _left(deadline: float) -> float:
        left = deadline - monotonic()
        if left < MARGIN_S:
            raise _Late
        return min(CALL_S, left)

    async def _arrived(self, row: Claimed, channel: str, ts: str, result: str = "sent", *, file_id: str = "") -> None:
        figures.MESSAGES.labels(row.method, result).inc()
        now = self._clock.now()
        first = await self._database.write(
            lambda session: claims.mark_sent(session, row, channel=channel, ts=ts, now=now, file_id=file_id)
        )
        if not first and row.method == POSTS:
            await self._take_back(row, channel, ts)
        if self._pace.answered():
            log.info("Slack answers again; what waited for it is sent now")
            await self._database.write(lambda session: claims.hasten(session, workspace_id=row.workspace_id))

    async def _take_back(self, row: Claimed, channel: str, ts: str) -> None:
        """Another sender has recorded this post, for this one stood still: only the recorded copy stays."""
        if not await self._database.read(lambda session: twins.another(session, row.id, ts)):
            return
        try:
            await take_away(self._client, public(row.key), channel, ts)
        except (Refused, Limited, Unanswered) as failure:
            log.warning("%s stands twice and could not be deleted: %s; the sweep does it", public(row.key), failure)

    async def _limited(self, row: Claimed, limit: Limited, *, unsure_since: float) -> None:
        if not limit.foreseen:
            figures.LIMITED.labels(limit.method).inc()
            self._pace.answered()
            self._pace.limited(limit.method, limit.retry_after)
        await self._retry(row, "ratelimited", limit.retry_after, unsure_since=unsure_since, counts=False)

    async def _unanswered(self, row: Claimed, failure: Unanswered, *, unsure_since: float) -> None:
        self._pace.unanswered()
        seconds = distance(self._distances, row.attempts)
        await self._retry(row, claims.UNANSWERED + failure.reason, seconds, unsure_since=unsure_since)

    async def _refused(self, row: Claimed, code: str) -> None:
        if concerns_all(code):
            self._pace.unanswered()
        else:
            self._pace.answered()
        verdict = judge(code, channel=row.channel, updates=row.method == UPDATES)
        await self._judged(row, code, verdict, unsure_since=0.0)

    async def _judged(self, row: Claimed, error: str, verdict: Verdict, *, unsure_since: float) -> None:
        overdue = row.attempts >= PATIENT_TRIES and self._clock.now() - row.due_at > PATIENCE
        if verdict is Verdict.MENDABLE and not overdue:
            seconds = distance((*self._distances, LONGEST_S), row.attempts)
            await self._retry(row, error, seconds, unsure_since=unsure_since)
            return
        figures.MESSAGES.labels(row.method, "dead").inc()
        figures.DEAD_LETTERS.labels(row.method).inc()
        level = logging.INFO if verdict is Verdict.GONE else logging.ERROR
        log.log(level, "%s of %s was refused for good: %s; it is not tried again", row.method, public(row.key), error)
        await self._database.write(lambda session: claims.mark_dead(session, row, error=error))

    async def _retry(
        self, row: Claimed, error: str, seconds: float, *, unsure_since: float, counts: bool = True
    ) -> None:
        figures.MESSAGES.labels(row.method, "limited" if not counts else "failed").inc()
        figures.RETRIES.labels(row.method).inc()
        log.warning("%s of %s failed: %s; next try in %g s", row.method, public(row.key), error, seconds)
        retry_at = time() + seconds
        await self._database.write(
            lambda session: claims.mark_failed(
                session, row, error=error, retry_at=retry_at, unsure_since=unsure_since, counts=counts
            )
        )


def _arguments(row: Claimed, message: dict[str, Any]) -> dict[str, object]:
    """What Slack is sent: nothing unfurled, nothing in the text turned into a mention or a link by itself."""
    content = {name: value for name, value in message.items() if value}
    safe: dict[str, object] = {"channel": row.channel, "link_names": False, "parse": "none", **content}
    if row.method == UPDATES:
        return {**safe, "ts": row.thread_ts}  # the key in the post's metadata stays: what is left out is retained
    place = {"thread_ts": row.thread_ts} if row.thread_ts else {}
    return {**safe, **place, "unfurl_links": False, "unfurl_media": False, "metadata": metadata(row.key)}
