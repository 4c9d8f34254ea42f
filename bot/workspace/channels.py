"""Channels, private channels and direct messages, with their members."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.workspace import staff
from bot.workspace.changes import Changes
from bot.workspace.shapes import Impossible, Json


@dataclass(frozen=True)
class Coming:
    """Somebody came into a conversation, or left it, at this ts."""

    ts: str
    user: str
    left: bool = False
    by: str | None = None


@dataclass
class Channel:
    """One conversation; `kind` is channel, group (private) or im."""

    id: str
    name: str
    kind: str = "channel"
    locale: str = "en-US"
    created: int = 1_760_000_000
    general: bool = False
    archived: bool = False
    members: list[str] = field(default_factory=list)
    comings: list[Coming] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The `types` word of conversations.list."""
        return {"channel": "public_channel", "group": "private_channel", "im": "im"}[self.kind]

    def has(self, user_id: str) -> bool:
        return user_id in self.members

    def partner(self, user_id: str) -> str:
        """Give the other side of a direct message."""
        return next((one for one in self.members if one != user_id), user_id)


class Channels:
    """All conversations by id, found by `#name`, `name` or id."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.kept: dict[str, Channel] = {}

    def __iter__(self) -> Iterator[Channel]:
        return iter(self.kept.values())

    def get(self, channel_id: str) -> Channel | None:
        """Give the conversation of that id, or None."""
        return self.kept.get(channel_id)

    def named(self, name: str) -> Channel | None:
        """Give the channel of that name (without #), or None."""
        return next((one for one in self if one.kind != "im" and one.name == name), None)

    def find(self, which: str) -> Channel:
        """Give the channel named by id or name; Impossible if there is none."""
        channel = self.kept.get(which) or self.named(which.removeprefix("#"))
        if channel is None:
            raise Impossible(f"there is no channel {which!r}", "gone")
        return channel

    def add(self, channel: Channel) -> Channel:
        if channel.id in self.kept or (channel.kind != "im" and self.named(channel.name)):
            raise Impossible(f"{channel.name} is taken")
        self.kept[channel.id] = channel
        self._changes.tell("channels", channel.id)
        return channel

    def come(self, channel: Channel, coming: Coming) -> None:
        """Put somebody into a conversation, or take them out; those who are in it see when."""
        if coming.left:
            channel.members.remove(coming.user)
        else:
            channel.members.append(coming.user)
        channel.comings.append(coming)
        self._changes.tell("channels", channel.id, coming.ts)

    def new(self, name: str, *, private: bool, locale: str, members: list[str]) -> Channel:
        """Open a channel with an id of its own."""
        number = len(self.kept) + 1
        kind = "group" if private else "channel"
        return self.add(Channel(f"C0NEW{number:05d}", name, kind, locale, members=members))

    def direct(self, one: str, other: str) -> Channel:
        """Give the direct message of two users, opening it if need be."""
        for channel in self:
            if channel.kind == "im" and set(channel.members) == {one, other}:
                return channel
        fixed = other if one == staff.BOT_USER_ID else one
        if staff.BOT_USER_ID in (one, other):
            return self.add(Channel("D" + fixed[1:], "directmessage", "im", members=[one, other]))
        return self.add(Channel(f"D0PAIR{len(self.kept):04d}", "directmessage", "im", members=[one, other]))


def shown(channel: Channel, *, bot: str, locale: bool = False, count: bool = False) -> Json:
    """Give the conversation object as Slack answers it to the bot."""
    body = _direct(channel, bot) if channel.kind == "im" else _room(channel, bot)
    if locale:
        body["locale"] = channel.locale
    if count:
        body["num_members"] = len(channel.members)
    return body


def _direct(channel: Channel, bot: str) -> Json:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_im": True,
        "is_org_shared": False,
        "is_archived": channel.archived,
        "user": channel.partner(bot),
        "is_user_deleted": False,
        "priority": 0,
    }


def _room(channel: Channel, bot: str) -> Json:
    note = {"value": "", "creator": "", "last_set": 0}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "group",
        "is_archived": channel.archived,
        "is_general": channel.general,
        "is_member": channel.has(bot),
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "created": channel.created,
        "creator": channel.members[0] if channel.members else "USLACKBOT",
        "topic": note,
        "purpose": dict(note),
        "previous_names": [],
    }


def invented(changes: Changes) -> Channels:
    """Give the hotel's channels with everybody in their places."""
    channels = Channels(changes)
    everybody = [one.id for one in staff.STAFF]
    for room in staff.ROOMS:
        members = [one.id for one in staff.STAFF if one.handle in room.members] or list(everybody)
        members += [f"U0{one.upper():0<8}" for one in room.visitors]
        members += [staff.BOT_USER_ID] if room.bot else []
        kind = "group" if room.private else "channel"
        channels.add(Channel(room.id, room.name, kind, room.locale, general=room.general, members=members))
    return channels
