"""The messages of every conversation, kept in Slack's own shape, and the ephemerals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.workspace.changes import Changes
from bot.workspace.clock import WorkspaceClock
from bot.workspace.shapes import Json, SlackError

PRIVATE = ("app",)  # keys that only the stand-in knows
EPHEMERALS = 2_000
"""So many are kept of what one person was shown alone."""
COUNTED = ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply")
"""What a message that begins a thread has besides."""


@dataclass
class Messages:
    """Messages by channel and timestamp, oldest first."""

    clock: WorkspaceClock
    changes: Changes
    kept: dict[str, dict[str, Json]] = field(default_factory=dict)

    def of(self, channel: str) -> Iterable[Json]:
        """Give all messages of a conversation, thread replies among them, oldest first."""
        return self.kept.get(channel, {}).values()

    def get(self, channel: str, ts: str) -> Json | None:
        """Give the message, or None."""
        return self.kept.get(channel, {}).get(ts)

    def backwards(self, channel: str, before: str = "") -> Iterator[Json]:
        """Give what stands in a conversation itself, without the replies that are in threads alone, newest first.

        With `before` only what is older than that ts.
        """
        kept = self.kept.get(channel, {})
        return (one for ts, one in reversed(kept.items()) if (not before or ts < before) and stands(one))

    def forwards(self, channel: str, after: str) -> Iterator[Json]:
        """Give what stands in a conversation itself after that ts, oldest first."""
        return (one for ts, one in self.kept.get(channel, {}).items() if ts > after and stands(one))

    def newest(self, channel: str) -> str | None:
        """Give the ts of the last message of a conversation, threads included; None if there is none."""
        return next(reversed(self.kept.get(channel, {})), None)

    def post(self, channel: str, message: Json) -> Json:
        """Put a message into a conversation; its ts is minted here. A reply is counted on its parent."""
        ts = self.clock.ts()
        kept = {"type": "message", **message, "ts": ts}
        parent = self.get(channel, str(message.get("thread_ts", "")))
        self.kept.setdefault(channel, {})[ts] = kept
        self.changes.tell("message", channel, ts)
        if parent is not None:
            _count_reply(parent, str(message.get("user", "")), ts)
            self.changes.tell("message", channel, parent["ts"])
        return kept

    def rewrite(
        self, channel: str, ts: str, words: str, blocks: list[Json] | None, *, more: Json | None = None
    ) -> Json | None:
        """Put other content into a message; without blocks it has none any more. None if it is not there."""
        message = self.get(channel, ts)
        if message is None:
            return None
        message["text"] = words
        message.pop("blocks", None)
        message |= {**({"blocks": blocks} if blocks else {}), **(more or {})}
        self.changes.tell("message", channel, ts)
        return message

    def delete(self, channel: str, ts: str) -> bool:
        """Take a message away; True if it was there. A reply is no longer counted on its parent."""
        gone = self.kept.get(channel, {}).pop(ts, None)
        if gone is None:
            return False
        self.changes.tell("message", channel, ts)
        parent = self.get(channel, str(gone.get("thread_ts", "")))
        if parent is not None:
            for key in COUNTED:
                parent.pop(key, None)
            for reply in self.thread(channel, parent["ts"]):
                _count_reply(parent, str(reply.get("user", "")), reply["ts"])
            self.changes.tell("message", channel, parent["ts"])
        return True

    def thread(self, channel: str, root: str) -> list[Json]:
        """Give the replies to a message, oldest first."""
        kept, newer = self.kept.get(channel, {}), []
        for ts in reversed(kept):
            if ts <= root:
                break
            if kept[ts].get("thread_ts") == root:
                newer.append(kept[ts])
        return newer[::-1]

    def react(self, channel: str, ts: str, name: str, user: str) -> Json:
        """Add a reaction; already_reacted and message_not_found as Slack has them."""
        message = self.get(channel, ts)
        if message is None:
            raise SlackError("message_not_found")
        reactions: list[Json] = message.setdefault("reactions", [])
        entry = next((one for one in reactions if one["name"] == name), None)
        if entry is None:
            entry = {"name": name, "users": [], "count": 0}
            reactions.append(entry)
        if user in entry["users"]:
            raise SlackError("already_reacted")
        entry["users"].append(user)
        entry["count"] = len(entry["users"])
        self.changes.tell("message", channel, ts)
        return message

    def unreact(self, channel: str, ts: str, name: str, user: str) -> Json:
        """Take a reaction back; no_reaction if it is not there."""
        message = self.get(channel, ts)
        if message is None:
            raise SlackError("message_not_found")
        entry = next((one for one in message.get("reactions", []) if one["name"] == name), None)
        if entry is None or user not in entry["users"]:
            raise SlackError("no_reaction")
        entry["users"].remove(user)
        entry["count"] = len(entry["users"])
        message["reactions"] = [one for one in message["reactions"] if one["count"]]
        if not message["reactions"]:
            del message["reactions"]
        self.changes.tell("message", channel, ts)
        return message


def stands(message: Json) -> bool:
    """True if a message is seen in the conversation itself, not only in a thread."""
    return message.get("thread_ts") in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"


def _count_reply(parent: Json, user: str, ts: str) -> None:
    users: list[str] = parent.setdefault("reply_users", [])
    if user not in users:
        users.append(user)
    parent["thread_ts"] = parent["ts"]
    parent["reply_count"] = parent.get("reply_count", 0) + 1
    parent["reply_users_count"] = len(users)
    parent["latest_reply"] = ts


def shown(message: Json, *, metadata: bool = True) -> Json:
    """Give a message as Slack answers it; metadata only where it was asked for."""
    hidden = PRIVATE if metadata else (*PRIVATE, "metadata")
    return {key: value for key, value in message.items() if key not in hidden}


@dataclass
class Ephemeral:
    """A message that one person sees until it is replaced or dismissed."""

    user: str
    channel: str
    ts: str
    text: str
    blocks: list[Json] | None = None
    thread_ts: str | None = None

    def shown(self) -> Json:
        """Give it in the shape of a message, with the person and channel beside it."""
        body: Json = {
            "type": "message",
            "user": self.user,
            "channel": self.channel,
            "ts": self.ts,
            "text": self.text,
        }
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        return body


@dataclass
class Ephemerals:
    """What each person was shown and nobody has taken away: by person, and by channel and timestamp, oldest first."""

    clock: WorkspaceClock
    changes: Changes
    kept: dict[str, dict[tuple[str, str], Ephemeral]] = field(default_factory=dict)

    def show(self, user: str, channel: str, text: str, blocks: list[Json] | None, thread: str | None) -> Ephemeral:
        """Show one to a person."""
        one = Ephemeral(user, channel, self.clock.ts(), text, blocks, thread)
        self.keep(one)
        self.changes.tell("ephemeral", channel, one.ts)
        return one

    def keep(self, one: Ephemeral) -> None:
        """Remember one, and forget the oldest of its person if these are too many."""
        mine = self.kept.setdefault(one.user, {})
        mine[one.channel, one.ts] = one
        if len(mine) > EPHEMERALS:
            del mine[next(iter(mine))]

    def rewrite(self, channel: str, ts: str, text: str, blocks: list[Json] | None) -> bool:
        """Put other content into one; False if it is not there."""
        one = self.get(channel, ts)
        if one is None:
            return False
        one.text, one.blocks = text, blocks
        self.changes.tell("ephemeral", channel, ts)
        return True

    def delete(self, channel: str, ts: str) -> bool:
        """Take one away; False if it is not there."""
        one = self.get(channel, ts)
        if one is None:
            return False
        del self.kept[one.user][channel, ts]
        self.changes.tell("ephemeral", channel, ts)
        return True

    def get(self, channel: str, ts: str) -> Ephemeral | None:
        """Give the one at that place if it is still there."""
        return next((mine[channel, ts] for mine in self.kept.values() if (channel, ts) in mine), None)

    def of(self, user: str) -> list[Ephemeral]:
        """Give what a person was shown, oldest first."""
        return list(self.kept.get(user, {}).values())
