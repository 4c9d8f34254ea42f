"""The middle: a conversation with its messages, or the app's Home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from htpy import Element, Node, button, div, h2, header, li, ol, p, span, strong, time

from bot.workspace import staff
from bot.workspace.channels import Channel, Coming
from bot.workspace.messages import Ephemeral
from bot.workspace.page import times
from bot.workspace.page.composing import composer
from bot.workspace.page.drawn.view import home
from bot.workspace.page.entry import entry, ephemeral
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.unread import first_unread
from bot.workspace.shapes import Json

NEWEST = 60
"""How many messages are drawn at first."""
MORE = 30
"""How many are fetched each time one comes near the end of what the browser holds: few, so that nothing jerks."""
MOST = 400
"""How many are drawn again at once when all is drawn anew."""
RUN_S = 5 * 60
"""What somebody says within this time of their last words belongs to them."""
AFTER = "~"
"""A ts with this behind it comes after that ts, and before every later one."""
BEFORE = 0.0000005
"""What stands just before a message has its ts but for half of the smallest step."""
Item = Json | Ephemeral | Coming


@dataclass(frozen=True)
class Piece:
    """Entries of a conversation that follow one another, and whether there are older and newer ones than they."""

    entries: list[Element | str]
    older: bool
    newer: bool


def drawn(reader: Reader) -> Node:
    """A conversation from its newest messages on, or Home."""
    room = reader.room
    if room is None:
        return (
            header[h2[reader.t("Home")], p[reader.t("What Golden Ear shows to you alone")]],
            div(".home", data_where="view", data_place=HOME)[home(reader) or _empty_home(reader)],
        )
    piece = anew(reader, room)
    return (
        header[h2[_title(reader, room)], p[_about(reader, room)]],
        ol(
            ".messages",
            id="messages",
            tabindex="0",
            aria_label=reader.t("Messages"),
            data_place=room.id,
            data_older="true" if piece.older else None,
            data_newer="true" if piece.newer else None,
        )[piece.entries or _empty(reader, room)],
        div(".foot")[
            button(".newest", type="button", id="newest", hidden=True)[reader.t("Jump to the newest")],
            composer(reader) if room.has(reader.id) else _outside(reader, room),
        ],
    )


def anew(reader: Reader, room: Channel) -> Piece:
    """Give what the reader's browser holds, as it is now; the newest messages if it holds nothing yet."""
    before = reader.latest and reader.latest + AFTER
    messages: list[Json] = []
    for message in islice(reader.workspace.messages.backwards(room.id, before), MOST if reader.oldest else NEWEST):
        if len(messages) >= NEWEST and message["ts"] < reader.oldest:
            break
        messages.append(message)
    return _piece(reader, room, messages[::-1], before=before)


def older(reader: Reader, room: Channel, before: str) -> Piece:
    """Give what stands just before a ts."""
    found = islice(reader.workspace.messages.backwards(room.id, before), MORE)
    return _piece(reader, room, list(found)[::-1], before=before)


def newer(reader: Reader, room: Channel, after: str) -> Piece:
    """Give what stands just after a ts."""
    found = list(islice(reader.workspace.messages.forwards(room.id, after), MORE + 1))
    before = found[MORE]["ts"] if len(found) > MORE else ""
    return _piece(reader, room, found[:MORE], after=after, before=before)


def _piece(reader: Reader, room: Channel, messages: list[Json], *, after: str = "", before: str = "") -> Piece:
    """These messages with what stands beside them: from the first on, or `after` a ts, and to what comes `before`."""
    held = reader.workspace.messages
    first = messages[0]["ts"] if messages else before
    older = next(held.backwards(room.id, first), None) is not None
    newer = bool(before) and next(held.forwards(room.id, messages[-1]["ts"] if messages else before), None) is not None
    begin = after or (first if older else "")
    beside = [one for one in _beside(reader, room) if begin <= one.ts and not (newer and one.ts >= before)]
    items = sorted([*messages, *beside], key=_ts)
    return Piece(list(_lines(reader, room, items)), older, newer)


def bare(reader: Reader, room: Channel) -> bool:
    """True if nothing stands there."""
    return next(reader.workspace.messages.backwards(room.id), None) is None and not _beside(reader, room)


def divider(reader: Reader, which: date) -> Element:
    """The line between two days."""
    start = times.iso_day(which)
    return li(".day", id=f"d-{start}", data_ts=times.begins(reader, which))[
        time(datetime=start)[times.day(reader, which)]
    ]


def new_line(reader: Reader, ts: str) -> Element:
    """The line above the first message that the reader had not read when they came."""
    return li(".unread", id="new", data_ts=f"{float(ts) - BEFORE:.7f}")[reader.t("New messages")]


def follows(message: Json, last: Json | None) -> bool:
    """True if a message goes on with what the same person said just before. What an app posts stands for itself."""
    return (
        last is not None
        and "bot_id" not in message
        and message.get("user") == last.get("user")
        and message.get("subtype") != "thread_broadcast"
        and not last.get("reply_count")
        and float(message["ts"]) - float(last["ts"]) < RUN_S
    )


def coming(reader: Reader, one: Coming) -> Element:
    """The line that tells who came or left."""
    name, by = reader.name(one.user), reader.name(one.by) if one.by else ""
    if one.left:
        told = reader.t("{name} left", name=name)
    elif by:
        told = reader.t("{name} was added by {by}", name=name, by=by)
    else:
        told = reader.t("{name} joined", name=name)
    return li(".coming", id=f"c-{one.ts}", data_ts=one.ts)[
        span[told],
        time(".entry-time", datetime=times.iso(reader, one.ts), title=times.whole(reader, one.ts))[
            times.clock(reader, one.ts)
        ],
    ]


def _lines(reader: Reader, room: Channel, items: list[Item]) -> Iterator[Element | str]:
    fresh, last, which = first_unread(reader, room), None, None
    for item in items:
        day = reader.moment(_ts(item)).date()
        if day != which:
            which, last = day, None
            yield divider(reader, day)
        if isinstance(item, dict):
            if item["ts"] == fresh:
                last = None
                yield new_line(reader, fresh)
            yield entry(reader, item, run=follows(item, last))
            last = item
        else:
            last = None
            yield ephemeral(reader, item) if isinstance(item, Ephemeral) else coming(reader, item)


def _ts(item: Item) -> str:
    return str(item["ts"]) if isinstance(item, dict) else item.ts


def _beside(reader: Reader, room: Channel) -> list[Ephemeral | Coming]:
    """What stands among the messages without being one."""
    held = reader.workspace.ephemerals.of(reader.id)
    return [*(one for one in held if one.channel == room.id and not one.thread_ts), *room.comings]


def _title(reader: Reader, room: Channel) -> Node:
    if room.kind == "im":
        return reader.title(room)
    return span(".sign", aria_hidden="true")["#" if room.kind == "channel" else "🔒"], " ", room.name


def _about(reader: Reader, room: Channel) -> str:
    if room.kind != "im":
        count = reader.words.n("{count} member", "{count} members", len(room.members))
        return reader.t("{members}, private", members=count) if room.kind == "group" else count
    partner = reader.workspace.people.get(room.partner(reader.id))
    if partner is None or partner["id"] == staff.BOT_USER_ID:
        return reader.t("The app that is rehearsed")
    told = times.there(reader, partner)
    return f"{partner['profile']['title']} · {told}" if partner["profile"]["title"] else told


def _empty(reader: Reader, room: Channel) -> Node:
    return li(".empty", id="empty")[
        strong[reader.t("Nothing has been said here yet")],
        reader.t("Say something, or type / to see what Golden Ear can do."),
    ]


def _empty_home(reader: Reader) -> Node:
    return div(".empty")[
        strong[reader.t("Golden Ear has shown nothing here yet")],
        reader.t("It does so when somebody opens this place and the app is running."),
    ]


def _outside(reader: Reader, room: Channel) -> Node:
    return p(".outside")[
        reader.t("You look into {place} without being in it.", place=f"#{room.name}"),
        " ",
        button(type="button", data_join=room.id)[reader.t("Join")],
    ]
