"""A disk whose power can be cut: what was written since the last sync survives sector by sector, or not, by chance.

SQLite asks its VFS for every write and every sync. The one made here is SQLite's own, in the very library that Python
uses, with three of its calls watched: so the code under test runs unchanged, shared memory, checkpoints and all. The
manner is that of SQLite's own crash tests (test6.c).
"""

import _sqlite3
import ctypes
import threading
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p, cast, string_at
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

SECTOR = 512
IOERR = 10
"""SQLite's word for a disk that no longer answers."""
NAME = "powercut"

_library = ctypes.CDLL(_sqlite3.__file__)  # what it is linked with can be found through it
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class _Methods(Structure):
    """sqlite3_io_methods, version 3 (sqlite3.h)."""

    _fields_ = (
        ("iVersion", c_int), ("xClose", c_void_p), ("xRead", c_void_p), ("xWrite", c_void_p), ("xTruncate", c_void_p),
        ("xSync", c_void_p), *((f"other{number}", c_void_p) for number in range(13)),
    )  # fmt: skip


class _File(Structure):
    """sqlite3_file: the rest belongs to the VFS."""

    _fields_ = (("pMethods", POINTER(_Methods)),)


class _Vfs(Structure):
    """sqlite3_vfs, version 3 (sqlite3.h)."""

    _fields_ = (
        ("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p), ("zName", c_char_p),
        ("pAppData", c_void_p), ("xOpen", c_void_p), ("xDelete", c_void_p),
        *((f"other{number}", c_void_p) for number in range(14)),
    )  # fmt: skip


@dataclass
class Disk:
    """What is safely on the disk, by the name of the file, and what was written since, in order.

    At the operation number `cut_at` the power goes: `acknowledged` (a list that somebody else fills) is noted, and
    every later write fails.
    """

    acknowledged: list[str]
    cut_at: int
    safe: dict[str, bytearray] = field(default_factory=dict)
    unsafe: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)
    promised: tuple[str, ...] | None = None
    operations: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    @property
    def answer(self) -> int:
        """What SQLite is told of a write that fails."""
        return IOERR

    def opened(self, name: str) -> None:
        """A file is opened: what is there already was written long ago."""
        with self._lock:
            if name not in self.safe:
                path = Path(name)
                self.safe[name] = bytearray(path.read_bytes() if path.exists() else b"")
                self.unsafe[name] = []

    def deleted(self, name: str) -> None:
        with self._lock:
            self.safe.pop(name, None)
            self.unsafe.pop(name, None)

    def changed(self, name: str, offset: int, data: bytes | None) -> bool:
        """Bytes written at `offset`, or None: cut off there. False once the power is gone."""
        with self._lock:
            if not self._on():
                return False
            self.unsafe[name].append((offset, data))
            return True

    def synced(self, name: str) -> bool:
        """All that was written to the file is safe. False once the power is gone."""
        with self._lock:
            if not self._on():
                return False
            for offset, data in self.unsafe[name]:
                _apply(self.safe[name], offset, data)
            self.unsafe[name] = []
            return True

    def cut(self) -> None:
        """The power goes now, if it has not gone before."""
        with self._lock:
            self._note()

    def surviving(self, dice: Random) -> dict[str, bytes]:
        """The files as they are found afterwards, by name."""
        found = {}
        for name, safe in self.safe.items():
            content = bytearray(safe)
            for offset, data in self.unsafe[name]:
                for place in range(0, len(data), SECTOR) if data is not None else (0,):
                    if dice.random() < 0.5:
                        _apply(content, offset + place, data[place : place + SECTOR] if data is not None else None)
            found[name] = bytes(content)
        return found

    def _on(self) -> bool:
        self.operations += 1
        if self.operations >= self.cut_at:
            self._note()
        return self.promised is None

    def _note(self) -> None:
        if self.promised is None:
            self.promised = tuple(self.acknowledged)


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Watch:
    """Registers the VFS `powercut` once for this process, as the one that is used unless another is named if it is
    `preferred`; `disk` is the one that is written to now."""

    def __init__(self, *, preferred: bool = False) -> None:
        self.disk: Disk | None = None
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        _library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        self._own = _library.sqlite3_vfs_find(None)
        made = _Vfs.from_buffer_copy(self._own.contents)
        made.zName, made.pNext = NAME.encode(), None
        self._open = _OPEN(made.xOpen)
        self._delete = _DELETE(made.xDelete)
        self._kept: list[Any] = [_OPEN(self._opened), _DELETE(self._deleted), made]
        made.xOpen, made.xDelete = (cast(call, c_void_p).value for call in self._kept[:2])
        _library.sqlite3_vfs_register(byref(made), int(preferred))

    def _opened(self, _vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
        """The path stays a pointer: SQLite's own VFS keeps it and not what it points to."""
        status = self._open(cast(self._own, c_void_p).value, path, file, flags, out)
        if status == 0 and path and self.disk:
            name = self._names[file] = string_at(path).decode()
            self.disk.opened(name)
            held = cast(file, POINTER(_File)).contents
            held.pMethods = ctypes.pointer(self._watched(held.pMethods))
        return int(status)

    def _deleted(self, _vfs: int, path: bytes, sync: int) -> int:
        if self.disk:
            self.disk.deleted(path.decode())
        return int(self._delete(cast(self._own, c_void_p).value, path, sync))

    def _watched(self, methods: Any) -> _Methods:
        """These methods with ours before those that change a file; made once for each kind of file."""
        address = ctypes.addressof(methods.contents)
        if address not in self._methods:
            own = methods.contents
            made = _Methods.from_buffer_copy(own)
            calls = (
                _WRITE(self._write(_WRITE(own.xWrite))),
                _TRUNCATE(self._truncate(_TRUNCATE(own.xTruncate))),
                _SYNC(self._sync(_SYNC(own.xSync))),
            )
            made.xWrite, made.xTruncate, made.xSync = (cast(call, c_void_p).value for call in calls)
            self._kept += calls
            self._methods[address] = made
        return self._methods[address]

    def _write(self, own: Any) -> Any:
        def write(file: int, data: int, size: int, offset: int) -> int:
            disk = self.disk
            if disk and not disk.changed(self._names[file], offset, string_at(data, size)):
                return disk.answer
            return int(own(file, data, size, offset))

        return write

    def _truncate(self, own: Any) -> Any:
        def truncate(file: int, size: int) -> int:
            disk = self.disk
            if disk and not disk.changed(self._names[file], size, None):
                return disk.answer
            return int(own(file, size))

        return truncate

    def _sync(self, own: Any) -> Any:
        def sync(file: int, flags: int) -> int:
            disk = self.disk
            if disk and not disk.synced(self._names[file]):
                return disk.answer
            return int(own(file, flags))

        return sync
