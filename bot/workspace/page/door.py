"""The doors of the page: the page itself, its live connection, its files; each answers this computer only."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from htpy import fragment
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.workspace import staff
from bot.workspace.nearby import nearby
from bot.workspace.page import emojis, entry_whole, frame, tools
from bot.workspace.page.live import Live
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.words import LANGUAGES, preferred, words
from bot.workspace.program import Program
from bot.workspace.shapes import Impossible

STATIC = Path(__file__).parent / "static"
FIRST = {"en": "aiko", "zh-Hant": "mei", "zh-Hans": "jun"}
"""As whom a newcomer begins, by the language of the page."""
CLOSED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Nothing from elsewhere is loaded, asked or sent, whatever a message says."""
Handler = Callable[[Request], Awaitable[Response]]


class Page:
    """The page of one workspace."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._live = Live(program)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """All routes of the page."""
        return [
            Route("/", _closed(self._whole), methods=["GET"]),
            Route("/page/emoji.json", _closed(_emoji), methods=["GET"]),
            Route("/page/traffic/{number:int}", _closed(self._entry), methods=["GET"]),
            WebSocketRoute("/page/live", self._live.serve),
            Mount("/page/static", StaticFiles(directory=STATIC)),
        ]

    async def _whole(self, request: Request) -> Response:
        asked = request.query_params
        language = asked.get("lang") or preferred(request.headers.get("accept-language", ""))
        language = language if language in LANGUAGES else "en"
        try:
            user = self._program.workspace.people.find(asked.get("as") or FIRST[language])
            place = asked.get("at") or staff.PRAISE_CHANNEL
            if place != HOME:
                place = self._program.workspace.channel(place, str(user["id"])).id
        except Impossible as problem:
            return PlainTextResponse(f"{problem}", 404)
        tool, seek = tools.known(asked.get("tool", "")), asked.get("seek", "")
        reader = Reader(self._program.workspace, user, place, words(language), tool, seek)
        return HTMLResponse(str(frame.whole(reader)))

    async def _entry(self, request: Request) -> Response:
        """One entry of the inspector, whole, as it is drawn when it is opened."""
        workspace, asked = self._program.workspace, request.query_params
        entry = workspace.journal.entry(request.path_params["number"])
        user = workspace.people.get(asked.get("as", ""))
        if entry is None or user is None:
            return PlainTextResponse("this has been forgotten", 404)
        reader = Reader(workspace, user, HOME, words(asked.get("lang", "")))
        return HTMLResponse(str(fragment[entry_whole.drawn(reader, entry)]))


async def _emoji(request: Request) -> Response:
    """All emoji, for whoever chooses one; a browser that has them already is told so."""
    body, tag = emojis.listed("zh" if request.query_params.get("lang", "en").startswith("zh") else "en")
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _closed(handle: Handler) -> Handler:
    async def answer(request: Request) -> Response:
        response = (
            await handle(request) if nearby(request) else PlainTextResponse("this page is for this computer", 403)
        )
        for name, value in CLOSED.items():
            response.headers.setdefault(name, value)
        return response

    return answer
