"""A message as the row that owes it holds it: its words as JSON."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class Post:
    """A message that is owed to `channel`: a channel, a DM, or a person's Slack id. `subject` names it for later."""

    key: str
    channel: str
    message: Mapping[str, object]
    subject: str = ""

    def row(self, workspace_id: str, *, now: datetime, not_before: datetime) -> dict[str, Any]:
        """The row of `storage.models.Outbox` that owes it, where that differs from every other."""
        return {
            "workspace_id": workspace_id,
            "key": self.key,
            "method": "post",
            "channel": self.channel,
            "subject": self.subject,
            "payload": written(self.message),
            "not_before": not_before,
            "created_at": now,
        }


@dataclass(frozen=True)
class File:
    """A file that is owed to `channel`, with a `comment` in plain words."""

    key: str
    channel: str
    name: str
    content: bytes
    comment: str

    def row(self, workspace_id: str, *, now: datetime) -> dict[str, Any]:
        """The row of `storage.models.Outbox` that owes it; `id` is for the sender, once Slack has the bytes."""
        held = {"name": self.name, "comment": self.comment, "id": "", "content": b64encode(self.content).decode()}
        return {**Post(self.key, self.channel, held).row(workspace_id, now=now, not_before=now), "method": "file"}


def written(message: Mapping[str, object]) -> str:
    """The message as JSON, ten times as fast as the standard library writes it."""
    try:
        return _ENCODER.encode(message).decode()
    except UnicodeEncodeError:  # half a surrogate pair: what becomes of it is for the engine to say
        return json.dumps(message, ensure_ascii=False)
