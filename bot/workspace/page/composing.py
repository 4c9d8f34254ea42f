"""Where one writes."""

from htpy import Node, button, form, label, textarea

from bot.workspace.page.reader import Reader


def composer(reader: Reader, thread_ts: str | None = None) -> Node:
    """The form in which one writes to the room, or to a thread."""
    room = reader.room
    assert room is not None
    own = "reply-words" if thread_ts else "words"
    return form(".composer", id="reply" if thread_ts else "composer", data_thread=thread_ts)[
        label(".unseen", for_=own)[reader.t("Message to {place}", place=reader.title(room))],
        textarea(id=own, rows="1"),
        button(type="submit")[reader.t("Send")],
    ]
