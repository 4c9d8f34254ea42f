"""Who is answered: programs and pages of this computer, and of pages only those that came from this very server."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def nearby(connection: HTTPConnection) -> bool:
    """True if Host names this computer and Origin, where a browser sends one, is the address that was asked.

    So no page of another site reaches the workspace: not by asking it, and not by a name that it points here.
    """
    host = connection.headers.get("host", "")
    origin = connection.headers.get("origin")
    return urlsplit("//" + host).hostname in LOOPBACK and origin in (None, f"http://{host}")
