"""A message as the row that owes it holds it: its words as JSON."""

import json
import re
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

ENDING = 6
"""Bytes of an id: the last, for some begin with their moment, which is the same for many."""
_ID = re.compile(r"[0-9a-f]{32}")
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
    """A file that is owed to `channel`, with a `comment` in plain words; `about` are the ids of those who are in it by
    name alone."""

    key: str
    channel: str
    name: str
    content: bytes
    comment: str
    about: frozenset[str] = frozenset()

    def row(self, workspace_id: str, *, now: datetime) -> dict[str, Any]:
        """The row of `storage.models.Outbox` that owes it; `id` is for the sender, once Slack has the bytes."""
        held = {"name": self.name, "comment": self.comment, "id": "", "content": b64encode(self.content).decode()}
        held["holds"] = packed({*_ID.findall(self.content.decode("utf-8", "replace")), *self.about}).hex()
        return {**Post(self.key, self.channel, held).row(workspace_id, now=now, not_before=now), "method": "file"}


@dataclass(frozen=True)
class Withdrawal:
    """That a file of ours, by Slack's id, is to go from Slack; `late`: once more, for it arrived after that."""

    file_id: str
    late: bool = False

    def row(self, workspace_id: str, *, now: datetime) -> dict[str, Any]:
        """The row of `storage.models.Outbox` that owes it: it goes the way of files, to no channel."""
        key = f"withdraw:{self.file_id}:late" if self.late else f"withdraw:{self.file_id}"
        owed = Post(key, "", {"withdraw": self.file_id})
        return {**owed.row(workspace_id, now=now, not_before=now), "method": "file"}


def packed(ids: Iterable[str]) -> bytes:
    """These ids of ours, by their endings: as short as may be for a file that names everybody."""
    return b"".join(sorted({bytes.fromhex(one)[-ENDING:] for one in ids}))


def holds_any(holds: bytes, ids: Iterable[str]) -> bool:
    """Whether one of these ids may be among those that were packed; seldom it is not. They are in order: few are looked
    up in a file that names everybody, and a short file is read instead where many are wanted."""
    wanted = {bytes.fromhex(one)[-ENDING:] for one in ids}
    count = len(holds) // ENDING
    if len(wanted) * count.bit_length() < count:
        return any(_has(holds, one) for one in wanted)
    return any(holds[start : start + ENDING] in wanted for start in range(0, len(holds), ENDING))


def _has(holds: bytes, one: bytes) -> bool:
    places = range(len(holds) // ENDING)
    return _at(holds, bisect_left(places, one, key=lambda place: _at(holds, place))) == one


def _at(holds: bytes, place: int) -> bytes:
    return holds[place * ENDING : (place + 1) * ENDING]


def written(message: Mapping[str, object]) -> str:
    """The message as JSON, ten times as fast as the standard library writes it."""
    try:
        return _ENCODER.encode(message).decode()
    except UnicodeEncodeError:  # half a surrogate pair: what becomes of it is for the engine to say
        return json.dumps(message, ensure_ascii=False)
