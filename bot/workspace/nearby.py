"""Who is answered: programs of this computer, and of pages only those that came from this very server."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = 1008
"""The close code of RFC 6455 for what is not allowed."""
ELSEWHERE = ("cross-site", "same-site")
"""What a browser says in Sec-Fetch-Site of a page of another site, and of another port of this computer."""


def nearby(connection: HTTPConnection) -> bool:
    """True if Host names this computer and Origin, where a browser sends one, is the address that was asked.

    Of a picture or a link browsers send no Origin: they say in Sec-Fetch-Site where it stands, and from elsewhere one
    only comes to the page itself. So no page of another site reaches the workspace: not by asking it, and not by a name
    that it points here.
    """
    headers = connection.headers
    host, origin = headers.get("host", ""), headers.get("origin")
    if _named(host) not in LOOPBACK or origin not in (None, f"http://{host}"):
        return False
    return headers.get("sec-fetch-site") not in ELSEWHERE or _arrives(connection)


class Nearby:
    """The application behind it answers nobody else, whatever is asked: not the Web API either, whatever the token.

    Others get 403, or their WebSocket is closed before it is open.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] not in ("http", "websocket") or nearby(HTTPConnection(scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY})
        else:
            await PlainTextResponse("this workspace answers this computer only", 403)(scope, receive, send)


def _arrives(connection: HTTPConnection) -> bool:
    """True if somebody goes to the page, in a window and not in a frame of another page."""
    how = connection.headers.get("sec-fetch-mode"), connection.headers.get("sec-fetch-dest")
    return connection.scope["path"] == "/" and how == ("navigate", "document")


def _named(host: str) -> str | None:
    try:
        return urlsplit("//" + host).hostname
    except ValueError:
        return None
