"""Sends what the outbox holds, exactly once, at the pace that Slack allows; and beside it what is said at most once.

Two messages go past the outbox: that it cannot be written to, and what no row may say (`bot.delivery.alarms`).
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from time import monotonic, time
from typing import Any
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.clock import Clock
from bot.delivery import figures, pace, verdict
from bot.delivery.alarms import Alarms
from bot.delivery.answers import Answers
from bot.delivery.look_up import public
from bot.delivery.sender import Sender
from bot.delivery.twins import Twins
from storage import claims, outbox, trouble
from storage.claims import Claimed
from storage.database import Database

log = logging.getLogger(__name__)

POLL_S = 1.0
"""How often to look for rows of other processes, and for those whose time has come."""
GATHER_S = 0.01
"""After a commit others follow: one look serves them all."""
FIGURES_S = 5.0
FEW = 8
"""Of so many lanes one is worth a look of its own."""


class Delivery:
    """The sender of one process. Several may share a database: a claim gives each row to one of them."""

    def __init__(
        self,
        client: AsyncWebClient,
        database: Database,
        clock: Clock,
        workspace_id: str,
        post_rate: float,
        *,
        distances: Sequence[float] = verdict.DISTANCES,
    ) -> None:
        """`post_rate`: most messages a second; `distances`: seconds until the first, second … repetition of a failed
        send. Raises ValueError if `client` repeats calls by itself: it would post twice when an answer is lost."""
        if client.retry_handlers:
            raise ValueError("the Slack client must have retry_handlers=[]")
        self._database = database
        self._clock = clock
        self._workspace_id = workspace_id
        self._pace = pace.Pace(post_rate)
        self._sender = Sender(client, database, clock, self._pace, distances)
        self._twins = Twins(client, database, clock, self._pace, workspace_id)
        self._answers = Answers(client)
        self._alarms = Alarms(client, self._pace)
        self._owner = uuid4().hex
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._stopping = False
        self._running: asyncio.Task[Any] | None = None
        self._counted_at = -FIGURES_S

    @property
    def rate(self) -> float:
        """Messages a second at present."""
        return self._pace.rate

    def wake(self) -> None:
        """Something may have been owed: look now. To be called on the event loop, after commits."""
        self._woken.set()

    def answer(self, response_url: str, message: Mapping[str, Any]) -> None:
        """Post `message` to a `response_url` after the acknowledgement, at most once; raises nothing."""
        self._answers.answer(response_url, message)

    def whisper(self, channel: str, user: str, message: Mapping[str, Any], thread_ts: str | None = None) -> None:
        """Show `message` to `user` (Slack ids) alone in `channel`, at most once; raises nothing."""
        self._answers.whisper(channel, user, message, thread_ts)

    async def alarm(self, user: str, message: Mapping[str, Any]) -> bool:
        """Send somebody a message past the outbox, now; True if it need not be tried again. Raises nothing."""
        return await self._alarms.tell(user, message)

    async def sweep(self) -> None:
        """Take away second copies of posts, which a process leaves that stood still in the middle of sending."""
        await self._twins.sweep()

    async def run(self) -> None:
        """Send until `stop`."""
        self._running = asyncio.current_task()
        while not self._stopping:
            self._woken.clear()
            try:
                await self._look()
            except Exception as error:
                log.error("the outbox cannot be read: %s; next look in %g s", trouble.told(error), POLL_S)
                await asyncio.sleep(POLL_S)
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._woken.wait()
                    await asyncio.sleep(GATHER_S)

    async def stop(self, timeout: float = 5.0) -> None:
        """Claim nothing more, wait up to `timeout` seconds for what is on its way, drop the rest: the next to run looks
        for it in Slack before sending it again."""
        end = monotonic() + timeout
        self._stopping = True
        self._pace.close()
        self.wake()
        waiting = {self._running, *self._tasks} - {None, asyncio.current_task()}
        await _finish(waiting, end)
        await _finish(self._tasks, end)  # what run() had claimed when it was told to stop
        await self._answers.close(end - monotonic())

    async def _look(self) -> None:
        """Start sending what may leave now."""
        if monotonic() - self._counted_at >= FIGURES_S:
            await self._count()
        wanted = self._wanted()
        if not wanted or not await self._database.read(lambda session: self._claimable(session, wanted)):
            return  # read first: a claim is a commit, and commits wake this loop
        claimed_at = monotonic()
        for row in await self._database.write(lambda session: self._claim(session, wanted)):
            self._start(row, claimed_at)

    def _wanted(self) -> dict[str, int]:
        """How many rows of which kind could leave within a second or two; none while those on their way fill most of
        that: at a great pace each claim is for several."""
        room = self._pace.lanes - len(self._tasks)
        if room < self._pace.lanes // FEW:
            return {}
        wanted = {outbox.POST: room if self._pace.wait(pace.POST) < POLL_S else 0}
        wanted[outbox.UPDATE] = int(room > 0 and self._pace.wait(pace.UPDATE) < POLL_S)
        wanted[outbox.FILE] = int(room > 0 and self._pace.wait(pace.FILE) < POLL_S)
        return {method: limit for method, limit in wanted.items() if limit > 0}

    def _claimable(self, session: Session, wanted: Mapping[str, int]) -> bool:
        now, real_now = self._clock.now(), time()
        return any(
            claims.claimable(
                session,
                workspace_id=self._workspace_id,
                method=method,
                now=now,
                real_now=real_now,
                busy=self._busy,
            )
            for method in wanted
        )

    def _claim(self, session: Session, wanted: Mapping[str, int]) -> list[Claimed]:
        taken: list[Claimed] = []
        for method, limit in wanted.items():
            taken += claims.claim(
                session,
                workspace_id=self._workspace_id,
                method=method,
                owner=self._owner,
                now=self._clock.now(),
                real_now=time(),
                limit=limit,
                busy=self._busy,
            )
        return taken

    def _start(self, row: Claimed, claimed_at: float) -> None:
        if row.method == outbox.POST:
            self._busy.add(row.lane)
        task = asyncio.get_running_loop().create_task(self._send(row, claimed_at))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def _send(self, row: Claimed, claimed_at: float) -> None:
        try:
            await self._sender.send(row, claimed_at)
        except Exception as error:
            log.error(
                "%s could not be recorded: %s; its lease ends in %g s, then it is looked for in Slack",
                public(row.key), trouble.told(error), claims.LEASE,
            )  # fmt: skip
        finally:
            if row.method == outbox.POST:
                asyncio.get_running_loop().call_later(pace.CHANNEL_GAP_S, self._rested, row.lane)

    def _rested(self, lane: str) -> None:
        """A second has passed since the last post to this channel."""
        self._busy.discard(lane)
        self.wake()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.wake()

    async def _count(self) -> None:
        now = self._clock.now()
        standing = await self._database.read(
            lambda session: outbox.figures(session, workspace_id=self._workspace_id, now=now)
        )
        figures.OUTBOX_AGE.set(standing.oldest_age_s)
        figures.POST_RATE.set(self._pace.rate)
        self._counted_at = monotonic()


async def _finish(tasks: set[asyncio.Task[Any] | None] | set[asyncio.Task[None]], end: float) -> None:
    """Wait for `tasks` until `end` (monotonic), then cancel those that are left."""
    waiting = {task for task in tasks if task is not None}
    if not waiting:
        return
    _, late = await asyncio.wait(waiting, timeout=max(0.0, end - monotonic()))
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
