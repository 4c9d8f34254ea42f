"""Who is answered: programs and pages of this computer, and of pages only those that came from this very server."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = 1008
"""The close code of RFC 6455 for what is not allowed."""


def nearby(connection: HTTPConnection) -> bool:
    """True if Host names this computer and Origin, where a browser sends one, is the address that was asked.

    So no page of another site reaches the workspace: not by asking it, and not by a name that it points here.
    """
    host = connection.headers.get("host", "")
    origin = connection.headers.get("origin")
    return _named(host) in LOOPBACK and origin in (None, f"http://{host}")


class Nearby:
    """The application behind it answers nobody else, whatever is asked: not the Web API either, whose tokens are known.

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


def _named(host: str) -> str | None:
    try:
        return urlsplit("//" + host).hostname
    except ValueError:
        return None
