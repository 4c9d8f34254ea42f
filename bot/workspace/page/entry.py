"""One entry of a list of messages: who says what and when, the reactions to it, its thread and files."""

import json
from dataclasses import dataclass

from babel.lists import format_list
from htpy import Element, Node, button, div, li, p, span, strong, time

from bot.workspace import staff
from bot.workspace.messages import Ephemeral
from bot.workspace.page import attached, times
from bot.workspace.page.drawn.blocks import blocks
from bot.workspace.page.drawn.inputs import left
from bot.workspace.page.drawn.text import mrkdwn, plain
from bot.workspace.page.faces import face
from bot.workspace.page.kept import kept
from bot.workspace.page.menus import toolbar
from bot.workspace.page.reader import Reader
from bot.workspace.page.spoken import excerpt
from bot.workspace.shapes import Json

FACES = 3
"""So many of those who answered are shown beside a thread."""


@dataclass(frozen=True)
class Place:
    """The list in which an entry stands, and what the ids of its entries begin with."""

    id: str
    prefix: str


ROOM, THREAD = Place("messages", "m"), Place("replies", "t")


def entry(reader: Reader, message: Json, place: Place = ROOM, *, run: bool = False) -> str:
    """Draw a message, or give it as it was drawn for those who read alike.

    `run`: it goes on with what the same person said just before.
    """
    channel = reader.place
    parent = _answered(reader, message, place)
    room = reader.room
    inside = room is not None and room.has(reader.id)
    entered = _entered(reader, message)
    how = (
        place.prefix,
        "run" if run else "",
        "inside" if inside else "",
        json.dumps(entered, sort_keys=True) if entered else "",
    )
    return kept(reader.workspace).drawing(
        reader, channel, message, how, lambda: str(_drawn(reader, message, place, run, parent)), parent
    )


def ephemeral(reader: Reader, held: Ephemeral) -> str:
    """Draw what only this reader sees."""
    message: Json = {"user": staff.BOT_USER_ID, "ts": held.ts, "text": held.text, "blocks": held.blocks}
    away = button(".plain", type="button", data_dismiss=held.ts)[reader.t("Dismiss")]
    mark = p(".ephemeral-mark")[reader.t("Only visible to you"), " ", away]
    return str(
        li(".entry.ephemeral", _data(reader, message), id=f"e-{held.ts}")[
            div(".entry-avatar")[face(reader, staff.BOT_USER_ID)],
            div(".entry-main")[mark, _head(reader, message), _body(reader, message)],
        ]
    )


def _drawn(reader: Reader, message: Json, place: Place, run: bool, parent: Json | None) -> Element:
    who = str(message.get("user", ""))
    return li({"class": "entry run" if run else "entry"}, _data(reader, message), id=f"{place.prefix}-{message['ts']}")[
        div(".entry-avatar")[face(reader, who)],
        div(".entry-main")[
            _head(reader, message),
            parent is not None and _to_thread(reader, parent),
            _body(reader, message),
            [attached.file(reader, one) for one in message.get("files", [])],
            _reactions(reader, message),
            place is ROOM and _thread(reader, message),
        ],
        toolbar(reader, message),
    ]


def _data(reader: Reader, message: Json) -> dict[str, str]:
    return {
        "data-ts": str(message["ts"]),
        "data-channel": reader.place,
        "data-where": "message",
        "data-by": str(message.get("user", "")),
        "tabindex": "-1",
    }


def _head(reader: Reader, message: Json) -> Element:
    user = reader.workspace.people.get(str(message.get("user", "")))
    named = reader.name(str(message.get("user", "")))
    return div(".entry-head")[
        span(".entry-name", lang=str(user["locale"]) if user and not user["is_bot"] else None)[named],
        bool(user and user["is_bot"]) and span(".badge")[reader.t("APP")],
        moment(reader, message["ts"]),
    ]


def moment(reader: Reader, ts: str) -> Element:
    """The time of an entry, with the day in full for those who point at it."""
    return time(".entry-time", datetime=times.iso(reader, ts), title=times.whole(reader, ts))[times.clock(reader, ts)]


def _body(reader: Reader, message: Json) -> Element | None:
    held = message.get("blocks")
    if not held and not message.get("text"):
        return None
    edited = "edited" in message and [
        " ",
        span(".entry-edited", title=times.whole(reader, message["edited"]["ts"]))[reader.t("(edited)")],
    ]
    if not held:
        return div(".entry-body")[mrkdwn(reader, str(message["text"])), edited]
    entered = _entered(reader, message)
    return div(".entry-body")[blocks(reader, [left(entered, one) for one in held]), edited]


def _entered(reader: Reader, message: Json) -> Json:
    """What this reader has left in the fields of a message."""
    return reader.workspace.entered.of((reader.id, reader.place, str(message["ts"])))


def _reactions(reader: Reader, message: Json) -> Node:
    if not message.get("reactions"):
        return None
    return div(".reactions")[(_reaction(reader, one) for one in message["reactions"])]


def _reaction(reader: Reader, one: Json) -> Element:
    names = format_list([reader.name(user) for user in one["users"]], locale=reader.locale)
    told = reader.t("{names} reacted with {emoji}", names=names, emoji=f":{one['name']}:")
    mine = reader.id in one["users"]
    return button(
        ".reaction",
        type="button",
        data_act="react",
        data_emoji=one["name"],
        aria_pressed="true" if mine else "false",
        aria_label=told,
        title=told,
    )[span(".emoji")[plain(reader, f":{one['name']}:")], span[str(one["count"])]]


def _thread(reader: Reader, message: Json) -> Node:
    """How many have answered, and the way to what they said."""
    count = message.get("reply_count", 0)
    if not count:
        return None
    last = times.ago(reader, message["latest_reply"])
    return button(".thread-link", type="button", data_thread=message["ts"], aria_controls="thread")[
        span(".faces")[(face(reader, one) for one in message["reply_users"][:FACES])],
        span[reader.words.n("{count} reply", "{count} replies", count)],
        span(".entry-time")[reader.t("Last reply {when}", when=last)],
    ]


def _answered(reader: Reader, message: Json, place: Place) -> Json | None:
    """What a reply answers that stands in the room as well."""
    if place is not ROOM or message.get("subtype") != "thread_broadcast":
        return None
    return reader.workspace.messages.get(reader.place, str(message["thread_ts"]))


def _to_thread(reader: Reader, parent: Json) -> Element:
    words = excerpt(reader, str(parent["text"]))
    return p(".answers")[
        reader.t("replied to a thread:"),
        " ",
        button(".plain", type="button", data_thread=parent["ts"], aria_controls="thread")[strong[words]],
    ]
