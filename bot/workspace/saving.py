"""Keeps a rehearsal that goes on: every half minute if something has happened, and at its end."""

import asyncio
import json
import sqlite3
from contextlib import suppress
from pathlib import Path

from bot.workspace import keeping, snapshot
from bot.workspace.changes import Change
from bot.workspace.state import Workspace

EVERY_S = 30.0
QUIET_TRIES = 5
SHOWN = ("story", "stage", "app", "faults")
"""Changes of what is not kept."""


class Saving:
    """Saves one workspace, with the files of its app in `folder`, into `file`."""

    def __init__(self, workspace: Workspace, folder: Path, file: Path) -> None:
        self._workspace = workspace
        self._folder = folder
        self._file = file
        self._changed = True
        self._one_by_one = asyncio.Lock()

    async def now_and_then(self) -> None:
        """Save every half minute if something has changed, until cancelled; what fails is tried again the next time."""
        with self._workspace.changes.heard(self._hear):
            while True:
                await asyncio.sleep(EVERY_S)
                if self._changed:
                    with suppress(OSError, sqlite3.Error):
                        await asyncio.shield(asyncio.create_task(self.save()))  # what is begun is not left half done

    async def save(self) -> None:
        """Save it all, as it is at one moment. Raises OSError or sqlite3.Error.

        What happens meanwhile would be in one half of it alone, so it is taken while nothing happens, if such a moment
        comes soon.
        """
        async with self._one_by_one:
            await self._saved()

    async def _saved(self) -> None:
        journal = self._workspace.journal
        try:
            for _ in range(QUIET_TRIES):
                version, self._changed = journal.version, False
                state = json.dumps(snapshot.taken(self._workspace))
                copy = await asyncio.to_thread(keeping.copied, self._folder)
                if journal.version == version:
                    break
            await asyncio.to_thread(keeping.pack, self._file, state, self._folder, copy)
        except (OSError, sqlite3.Error):
            self._changed = True
            raise

    def _hear(self, change: Change) -> None:
        self._changed = self._changed or change.kind not in SHOWN
