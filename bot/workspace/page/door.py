"""The doors of the page: the page itself, its live connection, its files."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from htpy import fragment
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.workspace import staff
from bot.workspace.files import shown
from bot.workspace.page import emojis, entry_whole, frame, room
from bot.workspace.page.attached import PICTURES
from bot.workspace.page.live import Live
from bot.workspace.page.looking import FIRST, NOBODY, looking, nearest
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.words import Words, preferred, words
from bot.workspace.program import Program
from bot.workspace.shapes import Impossible, SlackError

STATIC = Path(__file__).parent / "static"
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
            Route("/page/more", _closed(self._more), methods=["GET"]),
            Route("/page/file/{id}", _closed(self._file), methods=["GET"]),
            Route("/page/emoji.json", _closed(_emoji), methods=["GET"]),
            Route("/page/traffic/{number:int}", _closed(self._entry), methods=["GET"]),
            WebSocketRoute("/page/live", self._live.serve),
            Mount("/page/static", _Static(directory=STATIC)),
        ]

    async def _whole(self, request: Request) -> Response:
        asked = request.query_params
        said = _words(request)
        begun = {"as": FIRST[said.language], "at": staff.PRAISE_CHANNEL, "tool": self._first(asked)}
        try:
            reader = nearest(self._program.workspace, {**begun, **asked, "lang": said.language})
        except Impossible:
            return PlainTextResponse(said.t(NOBODY), 404)
        return HTMLResponse(str(frame.whole(reader)))

    async def _more(self, request: Request) -> Response:
        """What stands before one ts in a conversation, or after another, and whether there is more that way."""
        asked = request.query_params
        try:
            reader = looking(self._program.workspace, dict(asked))
        except Impossible as problem:
            return PlainTextResponse(f"{problem}", 404)
        before, after = asked.get("before", ""), asked.get("after", "")
        if reader.room is None or not (before or after):
            return PlainTextResponse("nothing is there", 404)
        piece = room.older(reader, reader.room, before) if before else room.newer(reader, reader.room, after)
        more = piece.older if before else piece.newer
        return JSONResponse({"html": str(fragment[piece.entries]), "more": more})

    async def _file(self, request: Request) -> Response:
        """A file that was shared: pictures to look at, everything else to keep."""
        try:
            file = self._program.workspace.files.get(request.path_params["id"])
        except SlackError:
            return PlainTextResponse(_words(request).t("That is no longer there."), 404)
        kind = shown(file)["mimetype"]
        how = "inline" if kind in PICTURES else "attachment"
        headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"}
        return Response(file.content or b"", headers=headers, media_type=kind if how == "inline" else FETCHED)

    def _first(self, asked: QueryParams) -> str:
        """The tool that is open before anybody chose one: the guide for whoever just came, but not in a story."""
        return "" if asked.get("at") or self._program.workspace.captions else "guide"

    async def _entry(self, request: Request) -> Response:
        """One entry of the inspector, whole, as it is drawn when it is opened."""
        workspace, asked = self._program.workspace, request.query_params
        entry = workspace.journal.entry(request.path_params["number"])
        user = workspace.people.get(asked.get("as", ""))
        if entry is None or user is None:
            return PlainTextResponse(_words(request).t("That is no longer there."), 404)
        reader = Reader(workspace, user, HOME, words(asked.get("lang", "")))
        return HTMLResponse(str(fragment[entry_whole.drawn(reader, entry)]))


def _words(request: Request) -> Words:
    """Those of the language that is asked for, else of the browser's."""
    return words(request.query_params.get("lang") or preferred(request.headers.get("accept-language", "")))


async def _emoji(request: Request) -> Response:
    """All emoji, for whoever chooses one; a browser that has them already is told so."""
    body, tag = emojis.listed("zh" if request.query_params.get("lang", "en").startswith("zh") else "en")
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _closed(handle: Handler) -> Handler:
    async def answer(request: Request) -> Response:
        return _shut(await handle(request))

    return answer


def _shut(response: Response) -> Response:
    for name, value in CLOSED.items():
        response.headers.setdefault(name, value)
    return response


class _Static(StaticFiles):
    """What the page is made of; a browser that has it asks each time whether it has changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return _shut(response)
