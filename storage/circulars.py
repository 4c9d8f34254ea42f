"""The same words owed to many people at once: rows of the outbox (`storage.outbox`) at the price of a few."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Session

from storage.models import Outbox
from storage.outbox import DUE, POST, Message
from storage.payloads import written
from storage.upsert import insert_all


@dataclass(frozen=True)
class Addressee:
    """Somebody who is written to, in their language, the key of their message, and before when it does not leave."""

    key: str
    channel: str
    language: str
    not_before: datetime


def post(
    session: Session,
    *,
    workspace_id: str,
    to: Sequence[Addressee],
    said: Callable[[str], Message],
    now: datetime,
    not_after: datetime | None = None,
) -> None:
    """Owe each of them, in this order, what is `said` in their language, as `storage.outbox.post` does: once for a key,
    whatever is repeated."""

    @cache
    def payload(language: str) -> str:
        return written(said(language))

    same = {
        "workspace_id": workspace_id,
        "method": POST,
        "state": DUE,
        "not_after": not_after,
        "created_at": now,
    }
    rows = [
        {
            **same,
            "key": one.key,
            "channel": one.channel,
            "payload": payload(one.language),
            "not_before": one.not_before,
        }
        for one in to
    ]
    insert_all(session, Outbox, rows)
