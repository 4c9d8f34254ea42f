"""The live connection: what changes is drawn for each who looks at it, and put into its place in the browser."""

import asyncio
import contextlib

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.page.viewer import Viewer
from bot.workspace.program import Program

NOT_UNDERSTOOD = 1007
"""A close code of RFC 6455."""


class Live:
    """All who look at the page."""

    def __init__(self, program: Program) -> None:
        self._workspace = program.workspace

    async def serve(self, socket: WebSocket) -> None:
        """Talk with one browser until it goes: it says where it looks, and hears what changes there."""
        await socket.accept()
        viewer = Viewer(self._workspace, socket)
        with self._workspace.changes.heard(viewer.hear):
            telling = asyncio.create_task(viewer.tell())
            listening = asyncio.create_task(_listen(socket, viewer))
            try:
                done, _ = await asyncio.wait({telling, listening}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                telling.cancel()
                listening.cancel()
                await asyncio.gather(telling, listening, return_exceptions=True)
        for task in done:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
                task.result()


async def _listen(socket: WebSocket, viewer: Viewer) -> None:
    while True:
        try:
            asked = await socket.receive_json()
        except (ValueError, KeyError):
            asked = None
        if not isinstance(asked, dict):
            await socket.close(NOT_UNDERSTOOD)
            return
        viewer.look(asked)
