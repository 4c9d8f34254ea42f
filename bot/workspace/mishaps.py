"""Deliveries on a bad day: broken connections, lost answers, things that come late, twice or in the wrong order."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.workspace.delivery import Ack, Delivery, Transport
from bot.workspace.faults import Fault, Faults
from bot.workspace.http_delivery import HttpDelivery
from bot.workspace.socket_mode import SocketMode

PATIENCE = 10.0
"""How long something waits for the deliveries that are to come before it."""
Again = Callable[[Delivery], Awaitable[Ack]]


class Mishaps:
    """Sends over the transport unless a fault strikes; `start` runs in the background, `again` delivers once more."""

    def __init__(self, faults: Faults, start: Callable[[Coroutine[Any, Any, None]], None], again: Again) -> None:
        self._faults = faults
        self._start = start
        self._again = again
        self._sent = 0
        self._repeated: set[str] = set()  # what a fault delivers once more is not struck again
        self._passed = asyncio.Event()

    async def send(self, transport: Transport, delivery: Delivery, attempt: int, reason: str) -> Ack:
        """Try once; see Transport."""
        words = json.dumps(delivery.payload) if self._faults.standing else ""
        spared = delivery.id in self._repeated
        fault = None if spared else self._faults.of_delivery(_names(delivery), _way(transport), words)
        ack = await self._sent_on(fault, transport, delivery, attempt, reason)
        ack.fault = fault.kind if fault else ""
        return ack

    async def _sent_on(
        self, fault: Fault | None, transport: Transport, delivery: Delivery, attempt: int, reason: str
    ) -> Ack:
        if fault is not None and fault.kind == "overtaken":
            await self._overtaken(fault.behind, fault.lasts)
        if fault is not None and fault.kind in ("undelivered", "dropped"):
            return await _broken(transport, delivery, attempt, reason, whole=fault.kind == "dropped")
        if fault is not None and fault.kind == "disconnect" and isinstance(transport, SocketMode):
            await transport.disconnect(fault.reason, close=True)
        ack = await transport.send(delivery, attempt, reason)
        self._sent += 1
        self._passed.set()
        return ack if fault is None else self._after(fault, delivery, ack, _way(transport))

    def _after(self, fault: Fault, delivery: Delivery, ack: Ack, way: str) -> Ack:
        if fault.kind == "ack_lost":
            return Ack(error="http_timeout" if way == "http" else "timeout", detail="the answer was lost", ms=ack.ms)
        if fault.kind == "late" or fault.kind == "out_of_order":
            self._start(self._later(delivery, fault))
        return ack

    async def _later(self, delivery: Delivery, fault: Fault) -> None:
        if fault.kind == "late":
            await asyncio.sleep(fault.lasts)
        else:
            await self._overtaken(fault.behind, PATIENCE)
        self._repeated.add(delivery.id)
        try:
            await self._again(delivery)
        finally:
            self._repeated.discard(delivery.id)

    async def _overtaken(self, behind: int, seconds: float) -> None:
        """Wait until so many others have been sent, but not for ever."""
        wanted = self._sent + behind
        try:
            async with asyncio.timeout(seconds):
                while self._sent < wanted:
                    self._passed.clear()
                    await self._passed.wait()
        except TimeoutError:
            return


async def _broken(transport: Transport, delivery: Delivery, attempt: int, reason: str, *, whole: bool) -> Ack:
    assert isinstance(transport, HttpDelivery | SocketMode)
    await transport.broken(delivery, attempt, reason, whole=whole)
    return Ack(error="connection_failed", detail="the connection broke")


def _way(transport: Transport) -> str:
    return "http" if isinstance(transport, HttpDelivery) else "socket"


def _names(delivery: Delivery) -> tuple[str, ...]:
    """What a fault may call this delivery: its kind, the type of its payload or event, its command."""
    payload = delivery.payload
    event = payload.get("event")
    kind = event.get("type") if isinstance(event, dict) else payload.get("type")
    return tuple(str(name) for name in (delivery.kind, kind, payload.get("command")) if name)
