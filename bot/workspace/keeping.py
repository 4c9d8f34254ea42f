"""A rehearsal in one file: the workspace and the app's own files beside it, continued at the next start.

The file is a zip: `workspace.json`, the app's database, and the keys that open what is sealed in it. Everybody in it is
invented; a company's keys are never copied like this.
"""

import fcntl
import json
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from bot.workspace import snapshot
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Workspace

FORMAT = 1
STATE = "workspace.json"
DATABASE = "golden-ear.db"
KEYS = "golden-ear.db.keys"
"""As the app calls them in its folder."""


class Unfit(Exception):
    """The file cannot be continued from, or not be written; the text says why. It is left as it is."""


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Let nobody else keep a rehearsal in this file meanwhile. Raises Unfit if somebody does, or it has no folder."""
    lock = file.with_name(f".{file.name}.lock")
    with _locked(file, lock):
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _locked(file: Path, lock: Path) -> IO[str]:
    """Open the lock and hold it; what another has just taken away is no lock any more, and is made anew."""
    try:
        while True:
            locked = lock.open("w")
            try:
                fcntl.flock(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if lock.exists() and os.path.samestat(os.fstat(locked.fileno()), lock.stat()):
                    return locked
            except BaseException:
                locked.close()
                raise
            locked.close()
    except BlockingIOError:
        raise Unfit(f"{file} is in use by another rehearsal") from None
    except OSError as error:
        raise Unfit(f"{file} cannot be written: {error.strerror or error}") from error


def unpacked(file: Path, folder: Path) -> Json | None:
    """Put the app's files into its folder, and give the state of the workspace; None if there is no such file yet.

    Raises Unfit if it is none of ours, damaged, or of another version.
    """
    if not file.exists():
        return None
    try:
        with zipfile.ZipFile(file) as packed:
            kept = json.loads(packed.read(STATE))
            _of_this_version(file, kept)
            (folder / DATABASE).write_bytes(packed.read(DATABASE))
            _unpack_keys(packed, folder / KEYS)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError) as error:
        raise Unfit(f"{file} is damaged, or was not written by golden-ear try --keep") from error
    _whole(file, folder / DATABASE)
    state: Json = kept["workspace"]
    return state


def resume(file: Path, workspace: Workspace, state: Json) -> None:
    """Continue from a state. Raises Unfit if it is not whole."""
    try:
        snapshot.restored(workspace, state)
    except (KeyError, TypeError, ValueError, AttributeError, Impossible) as error:
        raise Unfit(f"{file} is damaged: its workspace cannot be read") from error


def pack(file: Path, state: str, folder: Path, database: Path) -> None:
    """Write the file: all of it, or nothing. `state` is the workspace as JSON. Raises OSError."""
    part = file.with_name(f".{file.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr(STATE, f'{{"format": {FORMAT}, "workspace": {state}}}')
                packed.write(database, DATABASE)
                for key in sorted((folder / KEYS).glob("*")):
                    packed.write(key, f"{KEYS}/{key.name}")
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


def copied(folder: Path) -> Path:
    """Copy the app's database while it is in use, by SQLite's own means; gives the copy. Raises sqlite3.Error."""
    copy = folder / f"{DATABASE}.copy"
    copy.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=rw", uri=True)) as there,
        closing(sqlite3.connect(copy)) as here,
    ):
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
    return copy


def _of_this_version(file: Path, kept: object) -> None:
    if not isinstance(kept, dict) or "format" not in kept or "workspace" not in kept:
        raise ValueError("there is no format in it")
    if kept["format"] != FORMAT:
        raise Unfit(f"{file} is of another version of Golden Ear: format {kept['format']!r}, and this one has {FORMAT}")


def _unpack_keys(packed: zipfile.ZipFile, folder: Path) -> None:
    names = [name for name in packed.namelist() if name.startswith(f"{KEYS}/") and not name.endswith("/")]
    if names:
        folder.mkdir(mode=0o700)
    for name in names:
        target = folder / Path(name).name
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(packed.read(name))


def _whole(file: Path, database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as there:
            found = there.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise Unfit(f"{file} is damaged: the database in it is not whole")
