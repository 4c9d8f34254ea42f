"""Short ways to owe, claim and record, at one fixed moment."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from storage import claims, outbox
from storage.claims import Claimed

TEAM = "T1"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
REAL = 1_000_000.0
LATER = timedelta(minutes=5)


def owe(
    session: Session, key: str, channel: str = "C1", words: str = "a", thread: str = "", at: datetime = NOW
) -> bool:
    return outbox.post(
        session, workspace_id=TEAM, key=key, channel=channel, message={"text": words}, now=NOW, subject=key,
        thread=thread, not_before=at,
    )  # fmt: skip


def change(session: Session, subject: str, words: str, at: datetime = NOW) -> bool:
    return outbox.update(session, workspace_id=TEAM, subject=subject, message={"text": words}, now=NOW, not_before=at)


def claim(
    session: Session, method: str = outbox.POST, owner: str = "me", real_now: float = REAL, limit: int = 9
) -> list[Claimed]:
    return claims.claim(session, workspace_id=TEAM, method=method, owner=owner, now=NOW, real_now=real_now, limit=limit)


def sent(session: Session, row: Claimed, ts: str = "1.1") -> bool:
    return claims.mark_sent(session, row, channel="C1", ts=ts, now=NOW)


def figures(session: Session, at: datetime = NOW) -> outbox.Figures:
    return outbox.figures(session, workspace_id=TEAM, now=at)
