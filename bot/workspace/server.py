"""The HTTP and WebSocket server, on loopback only."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from bot.workspace import methods
from bot.workspace.control import Control as ControlDoor
from bot.workspace.embedding import served
from bot.workspace.faulty_answers import faulty, unreachable
from bot.workspace.nearby import Nearby
from bot.workspace.page.door import Page
from bot.workspace.program import Program
from bot.workspace.shapes import Json
from bot.workspace.state import Settings, Workspace

assert methods.__all__  # importing the package is what registers the Web API's methods


@dataclass(frozen=True)
class Running:
    """A workspace that is being served."""

    program: Program
    url: str

    @property
    def workspace(self) -> Workspace:
        return self.program.workspace

    @property
    def api_url(self) -> str:
        """The base URL for a Slack client, with its last slash."""
        return f"{self.url}/api/"

    def ready(self) -> Json:
        """Give what a bot needs to connect, in the names of the bot's own settings beside the addresses."""
        chosen = self.workspace.settings
        return {
            "url": self.url,
            "api_url": self.api_url,
            "control_url": f"{self.url}/control/",
            "bot_token": chosen.bot_token,
            "app_token": chosen.app_token,
            "signing_secret": chosen.signing_secret,
            "request_url": chosen.request_url,
            "clock_file": str(chosen.clock_file) if chosen.clock_file else None,
        }


def build(program: Program) -> Starlette:
    """Build the ASGI application, which answers this computer only."""
    note = program.workspace.journal.note
    web_api = faulty(program.web_api.handle, program.faults, note)
    response_urls = faulty(program.response_urls.handle, program.faults, note)
    uploads = faulty(program.workspace.files.handle, program.faults, note, "upload")
    routes = [
        Route("/api/{method}", web_api, methods=["GET", "POST"]),
        Route("/hooks/{kind}/{key}", response_urls, methods=["POST"]),
        Route("/upload/v1/{key}", uploads, methods=["POST"]),
        Route("/control/{verb}", ControlDoor(program).handle, methods=["POST"]),
        WebSocketRoute("/link/", unreachable(program.sockets.serve, program.faults, note)),
        *Page(program).routes,
    ]
    return Starlette(routes=routes, middleware=[Middleware(Nearby)])


@contextlib.asynccontextmanager
async def serve(settings: Settings | None = None, *, port: int = 0) -> AsyncIterator[Running]:
    """Serve a workspace on 127.0.0.1 while the block runs; port 0 takes a free one."""
    program = Program(settings)
    async with served(build(program), port) as url:
        program.workspace.placed(url)
        try:
            yield Running(program, url)
        finally:
            await program.close()
