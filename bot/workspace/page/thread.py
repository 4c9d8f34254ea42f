"""The panel at the right: one thread, with its own place to write."""

from htpy import Node, button, h2, header, li, ol, span

from bot.workspace.messages import Ephemeral
from bot.workspace.page.composing import composer
from bot.workspace.page.entry import THREAD, entry, ephemeral
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json


def drawn(reader: Reader) -> Node:
    """The thread that is open, whole; nothing if none is."""
    room = reader.room
    if room is None or not reader.thread:
        return None
    first = reader.workspace.messages.get(room.id, reader.thread)
    if first is None:
        return None
    replies = reader.workspace.messages.thread(room.id, reader.thread)
    beside = [one for one in reader.workspace.ephemerals.of(reader.id) if belongs(reader, one)]
    items: list[Json | Ephemeral] = [*replies, *beside]
    items.sort(key=lambda one: str(one["ts"]) if isinstance(one, dict) else one.ts)
    return (
        header[
            h2[
                reader.t("Thread"),
                " ",
                span(".entry-time")[reader.title(room) if room.kind == "im" else f"#{room.name}"],
            ],
            button(".plain.close", type="button", data_thread="", aria_label=reader.t("Close the thread"))["✕"],
        ],
        ol(".messages", id="replies", tabindex="0", aria_label=reader.t("Replies"), data_place=reader.thread)[
            entry(reader, first, THREAD),
            bool(replies) and count(reader, first),
            (ephemeral(reader, one) if isinstance(one, Ephemeral) else entry(reader, one, THREAD) for one in items),
        ],
        room.has(reader.id) and composer(reader, reader.thread),
    )


def count(reader: Reader, first: Json) -> Node:
    """The line below the first message: how many have answered."""
    said = reader.words.n("{count} reply", "{count} replies", int(first.get("reply_count", 0)))
    return li(".day", id="replied", data_ts=f"{float(first['ts']) + 0.0000005:.7f}")[span[said]]


def belongs(reader: Reader, one: Ephemeral) -> bool:
    """True if an ephemeral stands in the thread that is open."""
    return bool(reader.thread) and one.channel == reader.place and one.thread_ts == reader.thread
