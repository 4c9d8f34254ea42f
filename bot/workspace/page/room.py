"""The middle: a conversation with its messages, or the app's Home."""

from htpy import Node, h2, header, li, ol, p

from bot.workspace.page.composing import composer
from bot.workspace.page.menus import toolbar
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

NEWEST = 60
"""How many messages are drawn at first; older ones are fetched when one scrolls up."""


def drawn(reader: Reader) -> Node:
    """A conversation from its newest messages on."""
    room = reader.room
    if room is None:
        return header[h2[reader.t("Home")]]
    messages = [one for one in reader.workspace.messages.of(room.id)][-NEWEST:]
    return (
        header[h2[reader.title(room)]],
        ol(".messages", id="messages", tabindex="0", aria_label=reader.t("Messages"))[
            (entry(reader, one) for one in messages)
        ],
        composer(reader),
    )


def entry(reader: Reader, message: Json) -> Node:
    """One message of the list."""
    return li(
        ".entry",
        id=f"m-{message['ts']}",
        data_ts=message["ts"],
        data_channel=reader.place,
        data_where="message",
        tabindex="-1",
    )[p[f"{reader.name(message.get('user', ''))}: {message['text']}"], toolbar(reader, message)]
