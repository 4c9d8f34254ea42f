"""The doors of the page: the page itself, its live connection, its files; each answers this computer only."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from htpy import fragment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.workspace import staff
from bot.workspace.files import shown
from bot.workspace.nearby import nearby
from bot.workspace.page import frame, room
from bot.workspace.page.attached import PICTURES
from bot.workspace.page.live import Live
from bot.workspace.page.reader import Reader, reader
from bot.workspace.page.words import LANGUAGES, preferred
from bot.workspace.program import Program
from bot.workspace.shapes import Impossible, Json, SlackError

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
FETCHED = "application/octet-stream"
"""What a browser makes nothing of but a file."""
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
            Route("/page/older", _closed(self._older), methods=["GET"]),
            Route("/page/file/{id}", _closed(self._file), methods=["GET"]),
            WebSocketRoute("/page/live", self._live.serve),
            Mount("/page/static", StaticFiles(directory=STATIC)),
        ]

    async def _whole(self, request: Request) -> Response:
        asked = request.query_params
        language = asked.get("lang") or preferred(request.headers.get("accept-language", ""))
        language = language if language in LANGUAGES else "en"
        begun = {"as": FIRST[language], "at": staff.PRAISE_CHANNEL}
        try:
            return HTMLResponse(str(frame.whole(self._reader({**begun, **asked, "lang": language}))))
        except Impossible as problem:
            return PlainTextResponse(f"{problem}", 404)

    async def _older(self, request: Request) -> Response:
        """What stands before a ts in a conversation, and whether there is more."""
        try:
            looking = self._reader(dict(request.query_params))
        except Impossible as problem:
            return PlainTextResponse(f"{problem}", 404)
        before = request.query_params.get("before", "")
        if looking.room is None or not before:
            return PlainTextResponse("nothing is older", 404)
        entries, more = room.older(looking, looking.room, before)
        return JSONResponse({"html": str(fragment[entries]), "more": more})

    async def _file(self, request: Request) -> Response:
        """A file that was shared: pictures to look at, everything else to keep."""
        try:
            file = self._program.workspace.files.get(request.path_params["id"])
        except SlackError:
            return PlainTextResponse("there is no such file", 404)
        kind = shown(file)["mimetype"]
        how = "inline" if kind in PICTURES else "attachment"
        headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"}
        return Response(file.content or b"", headers=headers, media_type=kind if how == "inline" else FETCHED)

    def _reader(self, asked: Json) -> Reader:
        """Who looks. They have read nothing yet by that: only a browser that is connected reads."""
        found = reader(self._program.workspace, asked)
        return replace(found, since=self._program.workspace.reads.upto(found.id, found.place) or "")


def _closed(handle: Handler) -> Handler:
    async def answer(request: Request) -> Response:
        response = (
            await handle(request) if nearby(request) else PlainTextResponse("this page is for this computer", 403)
        )
        response.headers.update(CLOSED)
        return response

    return answer
