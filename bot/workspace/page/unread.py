"""What somebody has not read yet, in each conversation and in all."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.workspace.channels import Channel
from bot.workspace.page.kept import kept
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

MOST = 100
"""Nobody counts further."""


@dataclass(frozen=True)
class Unread:
    """How many messages, and how many of them are for this person alone: direct ones, and those that name them."""

    count: int = 0
    named: int = 0


def unread(reader: Reader, room: Channel) -> Unread:
    """Give what the reader has not read of a conversation, MOST at the most; nothing before their own last word."""
    if not room.has(reader.id):
        return Unread()
    found = list(_since(reader, room))
    if room.kind == "im":
        return Unread(len(found), len(found))
    known = kept(reader.workspace)
    return Unread(len(found), sum(reader.id in known.named(room.id, one) for one in found))


def first_unread(reader: Reader, room: Channel) -> str:
    """Give the ts of the first message that the reader had not read when they came; empty if there is none.

    Who looks into a conversation for the first time is shown no line: all of it is new.
    """
    if not reader.since:
        return ""
    found = ""
    for message in reader.workspace.messages.backwards(room.id):
        if message["ts"] <= reader.since or message.get("user") == reader.id:
            break
        found = str(message["ts"])
    return found


def everywhere(reader: Reader) -> dict[str, Unread]:
    """Give what is unread in each of the reader's conversations."""
    return {one.id: unread(reader, one) for one in (*reader.rooms, reader.app_room, *reader.talks)}


def _since(reader: Reader, room: Channel) -> Iterator[Json]:
    upto = reader.workspace.reads.upto(reader.id, room.id) or ""
    for number, message in enumerate(reader.workspace.messages.backwards(room.id)):
        if number >= MOST or message["ts"] <= upto or message.get("user") == reader.id:
            return
        yield message
