"""What SQLite's planner knows of the totals: it takes the better of their two indexes only if it was told how many rows
a person has, and how many a board. PostgreSQL keeps such statistics by itself."""

from sqlmodel import Session

from storage.prepared import command

LOOKED_AT = 400
"""How many rows of an index are looked at, whatever its length, as SQLite's handbook advises: a few milliseconds."""


def take(session: Session) -> None:
    """Look how the totals are spread now. Nothing of what people wrote stands in that table, nor in its statistics."""
    if session.get_bind().dialect.name == "sqlite":
        command(session, f"PRAGMA analysis_limit={LOOKED_AT}")
        command(session, "ANALYZE total")
