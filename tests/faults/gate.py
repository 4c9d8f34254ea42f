"""People act while the clock stands still: whoever moves it waits until no act is under way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Many may pass at once; while it is closed nobody does. `turns` counts how often it was closed."""

    def __init__(self) -> None:
        self.turns = 0
        self._inside = 0
        self._closed = False
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Be inside; waits while the gate is closed."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            async with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @asynccontextmanager
    async def closed(self) -> AsyncIterator[None]:
        """Have nobody inside."""
        async with self._changed:
            self._closed = True
            await self._changed.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            async with self._changed:
                self._closed = False
                self.turns += 1
                self._changed.notify_all()
