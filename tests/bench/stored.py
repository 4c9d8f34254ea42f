"""What the database holds after a load, asked past the bot."""

from dataclasses import dataclass

from sqlalchemy import text

from storage.database import connect

_STORED = """
SELECT count(*) FROM praise JOIN praised ON praised.praise_id = praise.id
JOIN entry ON entry.workspace_id = praise.workspace_id
     AND entry.key = 'praise:' || praise.id || ':' || praised.person_id
WHERE praise.state = 'accepted'
"""


@dataclass(frozen=True)
class Stored:
    """Accepted praises that have their ledger entry; messages that were sent; messages that wait."""

    praises: int
    sent: int
    waiting: int


def counted(url: str) -> Stored:
    """Count them."""
    engine = connect(url, read_only=True)
    asked = (_STORED, *(f"SELECT count(*) FROM outbox WHERE state {which} 'sent'" for which in ("=", "!=")))
    with engine.connect() as connection:
        counts = [int(connection.execute(text(each)).scalar_one()) for each in asked]
    engine.dispose()
    return Stored(*counts)
