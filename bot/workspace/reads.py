"""How far each person has read in each conversation."""

from dataclasses import dataclass, field

from bot.workspace.changes import Changes


@dataclass
class Reads:
    """The ts up to which somebody has read a conversation; of one they never looked into there is none."""

    changes: Changes
    _upto: dict[tuple[str, str], str] = field(default_factory=dict)

    def upto(self, user: str, channel: str) -> str | None:
        """Give the ts of the last message that this person has read, or None."""
        return self._upto.get((user, channel))

    def mark(self, user: str, channel: str, ts: str) -> None:
        """This person has read up to `ts`; what was read stays read."""
        if ts > self._upto.get((user, channel), ""):
            self._upto[user, channel] = ts
            self.changes.tell("read", channel, user)
