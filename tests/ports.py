"""Ports of this machine for programs that the tests start."""

import contextlib
import itertools
import os
import socket

_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_PORTS = itertools.count(20_000 + 1_000 * _WORKER)
"""Below those that Linux gives to whoever asks for any (32768 and above), and apart for tests that run side by side:
else another might be given it before the program that it is for has begun."""


def free_port() -> int:
    """A port that nobody listens on, and that is given to nobody who asks for any; never the same one twice."""
    for port in _PORTS:
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")
