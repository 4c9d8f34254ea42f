"""Slack messages that the bot knows by an id of its own: its posts by subject, others because of a reaction."""

from dataclasses import dataclass

from sqlmodel import Session, select

from storage.models import Message, new_id
from storage.upsert import insert, upsert


@dataclass(frozen=True)
class Known:
    """A message: our id, where it stands in Slack, and the subject if it is a post of ours that has one."""

    id: str
    channel: str
    ts: str
    subject: str | None


def by_subject(session: Session, *, workspace_id: str, subject: str) -> Known | None:
    """Our post named `subject`; None while it has not been sent."""
    return _one(session, Message.workspace_id == workspace_id, Message.subject == subject)


def at(session: Session, *, workspace_id: str, channel: str, ts: str) -> Known | None:
    """The message at `channel` and `ts`, if the bot knows it."""
    return _one(session, Message.workspace_id == workspace_id, Message.channel == channel, Message.ts == ts)


def identify(session: Session, *, workspace_id: str, channel: str, ts: str) -> str:
    """Our id of any message in Slack, made when it is first asked for."""
    insert(session, Message, {"id": new_id(), "workspace_id": workspace_id, "channel": channel, "ts": ts})
    return session.exec(
        select(Message.id).where(Message.workspace_id == workspace_id, Message.channel == channel, Message.ts == ts)
    ).one()


def name(session: Session, *, workspace_id: str, channel: str, ts: str, subject: str) -> None:
    """Remember that our post `subject` stands there; a reaction may have made the message known before."""
    row = {"id": new_id(), "workspace_id": workspace_id, "channel": channel, "ts": ts, "subject": subject}
    upsert(session, Message, row, keys=("workspace_id", "channel", "ts"), subject=subject)


def _one(session: Session, *conditions: bool) -> Known | None:
    row = session.exec(select(Message.id, Message.channel, Message.ts, Message.subject).where(*conditions)).first()
    return Known(*row) if row else None
