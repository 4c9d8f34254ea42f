"""A database as the last kill left it, looked at without a trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from tests.faults.lives import World


@dataclass(frozen=True)
class Snapshot:
    """The database as the last kill left it; on SQLite also the bytes of its files."""

    session: Session
    raw: tuple[bytes, ...]


@contextmanager
def snapshot(world: World) -> Iterator[Snapshot]:
    """Look without a trace: on SQLite into a copy, for whoever opens the file itself replays its log; on PostgreSQL
    behind the write lock, for the server may be at the dead life's last words still."""
    url, raw = world.url, tuple[bytes, ...]()
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        copy, wal = world.folder / "copy.db", path.with_name(f"{path.name}-wal")
        raw = (path.read_bytes(), wal.read_bytes() if wal.exists() else b"")
        for name, content in zip(("copy.db", "copy.db-wal"), raw, strict=True):
            copy.with_name(name).write_bytes(content)
        copy.with_name("copy.db-shm").unlink(missing_ok=True)
        url = f"sqlite:///{copy}"
    engine = world.engine(url)
    with Session(engine) as session:
        yield Snapshot(session, raw)
    engine.dispose()
