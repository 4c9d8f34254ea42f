"""Ctrl-C and the like: they are heard once, and what is going on then ends in order."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any


class Stopped(Exception):
    """Ctrl-C or the like came."""


def stop_signals() -> asyncio.Event:
    """From now on signals to end are heard here; gives what is set when one comes."""
    stopped = asyncio.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stopped.set)
    return stopped


async def unless(stopped: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work to its end. Raises Stopped if that comes first."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Stopped
        working.result()
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
