"""Files that are owed while Slack is away: none leaves with what was erased since. Whoever asked for it asks again."""

import json
import re
from base64 import b64decode
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from sqlalchemy import delete
from sqlmodel import Session

from bot.rules.erasing import Wanted
from storage import models
from storage.outbox import FILE
from storage.select import columns, table

_OUTBOX = table(models.Outbox)
_ID = re.compile(r"[0-9a-f]{32}")


def forget_with(session: Session, workspace_id: str, wanted: Wanted) -> int:
    """Owe no file that holds what is wanted; gives how many."""
    return _forget(session, workspace_id, lambda content: bool(wanted.found.search(content)))


def forget_telling(session: Session, workspace_id: str, ids: AbstractSet[str]) -> int:
    """Owe no file that tells of praise, kudos, ideas and so on with these ids; gives how many. All rows in a file have
    their ids, but words in one are spelt as JSON and CSV spell them."""
    return _forget(session, workspace_id, lambda content: not ids.isdisjoint(_ID.findall(content)))


def _forget(session: Session, workspace_id: str, is_gone: Callable[[str], bool]) -> int:
    owed = _OUTBOX.c.workspace_id == workspace_id, _OUTBOX.c.method == FILE, _OUTBOX.c.payload != ""
    rows = session.execute(columns(_OUTBOX.c.id, _OUTBOX.c.payload).where(*owed)).all()
    gone = [row.id for row in rows if is_gone(b64decode(json.loads(row.payload)["content"]).decode("utf-8", "replace"))]
    for row_id in gone:
        session.execute(delete(_OUTBOX).where(_OUTBOX.c.id == row_id))
    return len(gone)
