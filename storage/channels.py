"""Channels as Slack last described them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from bot.rules.languages import language_of
from storage.models import Channel
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import upsert


@dataclass(frozen=True)
class Place:
    """A channel; `offered` says whether its people were offered to invite the bot."""

    slack_id: str
    locale: str
    is_member: bool
    checked_at: datetime
    offered: bool

    @property
    def language(self) -> str:
        return language_of(self.locale)


_CHANNELS = table(Channel)
_ONE = Prepared(
    columns(_CHANNELS.c.locale, _CHANNELS.c.is_member, _CHANNELS.c.checked_at, _CHANNELS.c.invitation_offered_at).where(
        _CHANNELS.c.workspace_id == bindparam("workspace_id"), _CHANNELS.c.slack_id == bindparam("slack_id")
    )
)


def get(session: Session, workspace_id: str, slack_id: str) -> Place | None:
    """What is known of a channel."""
    row = _ONE.first(session, workspace_id=workspace_id, slack_id=slack_id)
    return Place(slack_id, row[0], row[1], row[2], row[3] is not None) if row else None


def describe(
    session: Session, workspace_id: str, slack_id: str, *, is_member: bool, now: datetime, locale: str | None = None
) -> None:
    """Write down what Slack says of a channel; a locale of None leaves the known one."""
    told: dict[str, Any] = {"is_member": is_member, "checked_at": now}
    if locale is not None:
        told["locale"] = locale
    row = {"workspace_id": workspace_id, "slack_id": slack_id, "locale": locale or ""}
    upsert(session, Channel, {**row, **told}, keys=("workspace_id", "slack_id"), **told)


def offered(session: Session, workspace_id: str, slack_id: str, *, now: datetime) -> None:
    """Note that a channel was offered to invite the bot: it is offered once."""
    session.execute(
        update(Channel)
        .where(col(Channel.workspace_id) == workspace_id, col(Channel.slack_id) == slack_id)
        .values(invitation_offered_at=now)
    )
