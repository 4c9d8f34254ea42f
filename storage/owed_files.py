"""Files that are owed while Slack is away: none leaves with what was erased since. Whoever asked for it asks again."""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session

from bot.rules.erasing import Wanted
from storage import models
from storage.outbox import FILE
from storage.payloads import Withdrawal, holds_any
from storage.select import columns, table
from storage.upsert import insert

_OUTBOX = table(models.Outbox)
_ID = re.compile(r"[0-9a-f]{32}")


def forget_with(session: Session, workspace_id: str, wanted: Wanted, *, now: datetime) -> int:
    """Owe no file that holds what is wanted; gives how many."""
    return _forget(session, workspace_id, lambda content, _: bool(wanted.found.search(content)), now=now)


def forget_telling(session: Session, workspace_id: str, ids: AbstractSet[str], *, now: datetime) -> int:
    """Owe no file that tells of praise, kudos, people and so on with these ids; gives how many. All rows in a file have
    their ids, or it keeps beside it whom it names; words in one are spelt as JSON and CSV spell them."""

    def tells(content: str, holds: bytes) -> bool:
        return not ids.isdisjoint(_ID.findall(content)) or holds_any(holds, ids)

    return _forget(session, workspace_id, tells, now=now)


def forget_to(session: Session, workspace_id: str, channel: str, *, now: datetime) -> int:
    """Owe no file to this channel; gives how many."""
    return _forget(session, workspace_id, lambda *_: True, _OUTBOX.c.channel == channel, now=now)


def _forget(
    session: Session, workspace_id: str, is_gone: Callable[[str, bytes], bool], *these: Any, now: datetime
) -> int:
    """`is_gone` is given what is in a file, and the packed ids of what it is about. One that Slack has the bytes of may
    stand there though its answer was lost, and nobody will ask: it goes from there too."""
    owed = _OUTBOX.c.workspace_id == workspace_id, _OUTBOX.c.method == FILE, _OUTBOX.c.payload != ""
    rows = session.execute(columns(_OUTBOX.c.id, _OUTBOX.c.payload).where(*owed, *these)).all()
    gone = {row.id: held for row in rows if is_gone(*_read(held := json.loads(row.payload)))}
    for row_id, held in gone.items():
        session.execute(delete(_OUTBOX).where(_OUTBOX.c.id == row_id))
        if file_id := held.get("id"):
            insert(session, models.Outbox, Withdrawal(file_id).row(workspace_id, now=now))
    return len(gone)


def _read(held: Mapping[str, str]) -> tuple[str, bytes]:
    return b64decode(held.get("content", "")).decode("utf-8", "replace"), bytes.fromhex(held.get("holds", ""))
