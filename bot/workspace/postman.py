"""Carries acts and events to the app over one transport, and keeps every delivery so that it can be repeated."""

import asyncio
import random
from collections.abc import Coroutine
from itertools import count
from typing import Any

from bot.workspace.delivery import Ack, Delivery, Transport
from bot.workspace.faults import Faults
from bot.workspace.mishaps import Mishaps
from bot.workspace.shapes import Impossible, Json, copied
from bot.workspace.state import Workspace

KEPT = 10_000


class Postman:
    """Delivers, repeats what was not acknowledged, and repeats at random when a rehearsal asks for it."""

    def __init__(self, workspace: Workspace, transport: Transport, faults: Faults) -> None:
        self.workspace = workspace
        self.transport = transport
        self._mishaps = Mishaps(faults, self._start, self._redelivered)
        self.deliveries: dict[str, Delivery] = {}
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._rate = 0.0
        self._repeated_kinds: frozenset[str] = frozenset()
        self._dice = random.Random(0)

    def duplicates(self, rate: float, seed: int, kinds: list[str]) -> None:
        """From now on deliver this share (0 to 1) of the given kinds a second time, up to half a second later."""
        self._rate, self._dice, self._repeated_kinds = rate, random.Random(seed), frozenset(kinds)

    def event(self, body: Json) -> None:
        """Deliver an event in the background, again and again as Slack does until it is acknowledged."""
        name = f"event {body['event']['type']} {body['event_id']}"
        self._start(self._insist(self._new("events_api", name, body, str(body["event_id"]))))

    async def act(self, kind: str, what: str, payload: Json) -> tuple[Delivery, Ack]:
        """Deliver a person's act once; gives the ack, an error in it if it did not come in time."""
        delivery = self._new(kind, what, copied(payload), "")
        ack = await self._attempt(delivery, 0, "")
        if ack.ok:
            self._maybe_repeat(delivery)
        return delivery, ack

    async def redeliver(self, delivery_id: str) -> Ack:
        """Deliver something once more, as Slack does when it believes that the first time failed."""
        delivery = self.deliveries.get(delivery_id)
        if delivery is None:
            raise Impossible(f"no delivery {delivery_id!r}", "gone")
        return await self._redelivered(delivery)

    async def close(self) -> None:
        """Stop all background deliveries."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def busy(self) -> int:
        """How many background deliveries are under way or waiting for their next attempt."""
        return len(self._tasks)

    def _new(self, kind: str, what: str, payload: Json, name: str) -> Delivery:
        delivery = Delivery(name or f"d{next(self._numbers)}", kind, what, payload)
        self.deliveries[delivery.id] = delivery
        if len(self.deliveries) > KEPT:
            del self.deliveries[next(iter(self.deliveries))]
        return delivery

    async def _insist(self, delivery: Delivery) -> None:
        reason = ""
        for attempt, wait in enumerate((None, *self.workspace.settings.retry_seconds)):
            await asyncio.sleep(wait or 0)
            ack = await self._attempt(delivery, attempt, reason)
            if ack.ok:
                self._maybe_repeat(delivery)
            if ack.ok or ack.stop_retries:
                return
            reason = ack.error or ""
        self.workspace.journal.error("given_up", f"{delivery.what} was never acknowledged")

    async def _attempt(self, delivery: Delivery, attempt: int, reason: str) -> Ack:
        delivery.attempts += 1
        ack = await self._mishaps.send(self.transport, delivery, attempt, reason)
        journal = self.workspace.journal
        journal.note(
            {
                "way": "to_app",
                "kind": delivery.kind,
                "what": delivery.what,
                "delivery": delivery.id,
                "attempt": attempt,
                "ok": ack.ok,
                "error": ack.error,
                "detail": ack.detail,
                "fault": ack.fault,
                "ms": round(ack.ms, 2),
                "ack": ack.body,
                "payload": delivery.payload,
            }
        )
        if not ack.ok:
            journal.error(
                "no_ack",
                f"{delivery.what}: {ack.error} {ack.detail}".strip(),
                delivery=delivery.id,
                attempt=attempt,
                delivery_kind=delivery.kind,
                reason=ack.error,
            )
        return ack

    async def _redelivered(self, delivery: Delivery) -> Ack:
        return await self._attempt(delivery, max(1, delivery.attempts), "http_timeout")

    def _maybe_repeat(self, delivery: Delivery) -> None:
        if delivery.kind in self._repeated_kinds and self._dice.random() < self._rate:
            self._start(self._again(delivery, self._dice.random() / 2))

    async def _again(self, delivery: Delivery, wait: float) -> None:
        await asyncio.sleep(wait)
        await self._attempt(delivery, 1, "http_timeout")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
