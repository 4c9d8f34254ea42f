"""How the bot is, as far as its rows and files tell: what was skipped, and when the database was last copied."""

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import bindparam
from sqlmodel import Session

from storage import models
from storage.models import Occurrence
from storage.prepared import Prepared
from storage.select import columns, table

_OCCURRENCES, _RITUALS = table(Occurrence), table(models.Ritual)
_SKIPPED = Prepared(
    columns(_RITUALS.c.name, _OCCURRENCES.c.local_date)
    .join(_RITUALS, _RITUALS.c.id == _OCCURRENCES.c.ritual_id)
    .where(
        _RITUALS.c.workspace_id == bindparam("workspace_id"),
        _OCCURRENCES.c.local_date >= bindparam("since"),
        _OCCURRENCES.c.state == "skipped",
    )
    .order_by(_OCCURRENCES.c.local_date.desc(), _RITUALS.c.name)
    .limit(bindparam("most"))
)


def skipped(session: Session, workspace_id: str, since: date, *, most: int) -> tuple[tuple[str, date], ...]:
    """The rituals that were too late since that day, by name, and on which dates, the newest first."""
    rows = _SKIPPED.rows(session, workspace_id=workspace_id, since=since, most=most)
    return tuple((row.name, row.local_date) for row in rows)


def copied(database: Path) -> None:
    """Note, beside a database's file, that a copy of it was made just now; where that cannot be, nothing is noted."""
    with suppress(OSError):
        _note(database).touch(mode=0o600)


def last_copied(session: Session) -> datetime | None:
    """When the database was last copied by `golden-ear backup`; None if nobody knows, as with PostgreSQL."""
    url = session.get_bind().engine.url
    if not url.drivername.startswith("sqlite") or not url.database:
        return None
    with suppress(OSError):
        return datetime.fromtimestamp(_note(Path(url.database)).stat().st_mtime, UTC)
    return None


def keeps_copies(session: Session) -> bool:
    """Whether `golden-ear backup` copies this database: PostgreSQL has tools of its own."""
    return session.get_bind().dialect.name == "sqlite"


def _note(database: Path) -> Path:
    return database.with_name(f"{database.name}.copied")
