"""Socket Mode: up to ten sockets, each envelope to one of them (docs.slack.dev, apis/events-api/using-socket-mode)."""

import asyncio
import contextlib
import json
import time
import uuid
from dataclasses import dataclass, field
from itertools import count

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace import limits, staff
from bot.workspace.delivery import Ack, Delivery
from bot.workspace.journal import Journal
from bot.workspace.shapes import Json
from bot.workspace.tickets import SocketTickets

ANSWERABLE = ("slash_commands", "interactive")
GONE = (OSError, RuntimeError, WebSocketDisconnect)
"""What sending on a connection raises that is no more."""


@dataclass
class Pending:
    """An envelope on its way: who waits for its ack, since when."""

    what: str
    since: float
    ack: "asyncio.Future[Json]"
    socket: WebSocket


@dataclass
class SocketMode:
    """The open connections, and a Transport over them."""

    journal: Journal
    tickets: SocketTickets
    deadline: float
    _sockets: list[WebSocket] = field(default_factory=list)
    _pending: dict[str, Pending] = field(default_factory=dict)
    _late: dict[str, Pending] = field(default_factory=dict)
    _turn: "count[int]" = field(default_factory=count)

    @property
    def connections(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Ack:
        """Send one envelope over one of the connections and wait for its ack; see Transport."""
        if not self._sockets:
            return Ack(error="connection_failed", detail="no socket is open")
        socket = self._sockets[next(self._turn) % len(self._sockets)]
        return await self._exchange(socket, delivery.what, _envelope(delivery, attempt))

    async def _exchange(self, socket: WebSocket, what: str, envelope: Json) -> Ack:
        name = envelope["envelope_id"]
        waiting = Pending(what, time.monotonic(), asyncio.get_running_loop().create_future(), socket)
        self._pending[name] = waiting
        try:
            await socket.send_text(json.dumps(envelope))
            body = await asyncio.wait_for(waiting.ack, self.deadline)
            return Ack(body=body, ms=(time.monotonic() - waiting.since) * 1000)
        except TimeoutError:
            self._late[name] = waiting
            return Ack(error="timeout", detail=f"no ack within {self.deadline:g} s", ms=self.deadline * 1000)
        except GONE as problem:
            return Ack(error="connection_failed", detail=str(problem))
        finally:
            self._pending.pop(name, None)

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection from its ticket to its end."""
        if not self.tickets.use(socket.query_params.get("ticket", "")):
            await socket.close(code=4401)
            return
        await socket.accept()
        if len(self._sockets) >= limits.SOCKET_CONNECTIONS:
            await socket.send_text(json.dumps(_disconnect("too_many_websockets")))
            await socket.close()
            return
        self._sockets.append(socket)
        self.journal.changes.tell("app")
        try:
            await socket.send_text(json.dumps(self._hello()))
            while True:
                self._acknowledged(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._gone(socket)

    async def disconnect(self, reason: str, *, close: bool = False) -> int:
        """Send a disconnect message to every socket, and with `close` close them all; gives how many.

        The reasons are warning, refresh_requested, link_disabled and too_many_websockets.
        """
        sockets = list(self._sockets)
        for socket in sockets:
            with contextlib.suppress(*GONE):
                await socket.send_text(json.dumps(_disconnect(reason)))
                if close:
                    await socket.close()
        return len(sockets)

    def cut(self) -> int:
        """Break every connection without a word, as a bad network does; gives how many."""
        sockets = list(self._sockets)
        for socket in sockets:
            socket.app.state.cut(socket.client)
        return len(sockets)

    async def broken(self, delivery: Delivery, attempt: int, reason: str, *, whole: bool) -> None:
        """Break the connections, just before an envelope, or just after the `whole` of it has left."""
        if whole:
            for socket in list(self._sockets)[:1]:
                with contextlib.suppress(*GONE):
                    await socket.send_text(json.dumps(_envelope(delivery, attempt)))
        await asyncio.sleep(0)
        self.cut()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 3600},
            "connection_info": {"app_id": staff.APP_ID},
        }

    def _acknowledged(self, words: str) -> None:
        """Take an ack from any connection: the SDK may answer on a newer one."""
        try:
            message = json.loads(words)
            name = str(message["envelope_id"])
        except (ValueError, KeyError, TypeError):
            self.journal.error("bad_ack", f"not an ack: {words[:200]}")
            return
        waiting = self._pending.get(name)
        if waiting is not None and not waiting.ack.done():
            payload = message.get("payload") or {}
            waiting.ack.set_result(payload if isinstance(payload, dict) else {"text": str(payload)})
        elif name in self._late:
            took = time.monotonic() - self._late.pop(name).since
            self.journal.error("late_ack", f"acknowledged after {took:.1f} s", envelope=name)
        else:
            self.journal.error("bad_ack", f"nothing waits for the ack of {name}")

    def _gone(self, socket: WebSocket) -> None:
        """Forget a connection. If it was the last, nobody can acknowledge what is on its way."""
        if socket in self._sockets:
            self._sockets.remove(socket)
            self.journal.changes.tell("app")
        if not self._sockets:
            for waiting in self._pending.values():
                if not waiting.ack.done():
                    waiting.ack.set_exception(ConnectionError("the socket closed before the ack"))


def _envelope(delivery: Delivery, attempt: int) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "payload": delivery.payload,
        "type": delivery.kind,
        "accepts_response_payload": delivery.kind in ANSWERABLE,
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
    return envelope


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
