"""Where one writes: the words, what completes them, and what is said of commands that come to nothing."""

from collections.abc import Iterator

from htpy import Element, Node, b, button, div, form, kbd, label, p, small, span, template, textarea

from bot.workspace import staff
from bot.workspace.channels import Channel
from bot.workspace.page.icons import icon
from bot.workspace.page.reader import Reader


def composer(reader: Reader, thread_ts: str | None = None) -> Node:
    """The place to write at the foot of a conversation, or of one of its threads; or why there is none.

    Nothing for who only looks into the conversation.
    """
    room = reader.room
    if room is None:
        return None
    if room.kind == "im" and room.has(staff.BOT_USER_ID) and reader.workspace.manifest.messages_read_only:
        return p(".composer.closed")[reader.t("Sending messages to this app has been turned off.")]
    if not room.has(reader.id):
        return None
    begin = "reply-" if thread_ts else ""
    named = _label(reader, room, thread_ts)
    return form(
        ".composer",
        id="reply" if thread_ts else "composer",
        data_as=reader.id,
        data_channel=room.id,
        data_thread=thread_ts,
        autocomplete="off",
        **_says(reader),
    )[
        div(".offers", id=f"{begin}offers", role="listbox", aria_label=reader.t("What fits"), hidden=True),
        div(".writing")[
            label(".unseen", for_=f"{begin}words")[named],
            _field(begin, named),
            p(".ghost", id=f"{begin}ghost", hidden=True),
            _deeds(reader, thread_ts),
        ],
        template(".choices")[_commands(reader) if thread_ts is None else None, _people(reader), _rooms(reader)],
    ]


def _field(begin: str, named: str) -> Element:
    return textarea(
        id=f"{begin}words",
        rows="1",
        placeholder=named,
        aria_describedby=f"{begin}ghost",
        aria_autocomplete="list",
        aria_controls=f"{begin}offers",
        autocapitalize="sentences",
        enterkeyhint="send",
    )


def _says(reader: Reader) -> dict[str, str]:
    """What is said of commands, with places for their names: in Slack's words."""
    return {
        "data_unknown": reader.t("{command} is not a valid command."),
        "data_failed": reader.t("{command} failed with the error “{error}”"),
        "data_nowhere": reader.t("{command} is not supported in threads. Write it in the conversation itself."),
        "data_plain": reader.t("To send it as a message, put a space before it."),
    }


def _label(reader: Reader, room: Channel, thread_ts: str | None) -> str:
    if thread_ts:
        return reader.t("Reply…")
    title = reader.title(room)
    return reader.t("Message to {place}", place=title if room.kind == "im" else f"#{title}")


def _deeds(reader: Reader, thread_ts: str | None) -> Element:
    return div(".deeds")[
        _deed("bolt", reader.t("Shortcuts"), data_menu="lightning", aria_haspopup="menu", aria_expanded="false"),
        None if thread_ts else _deed("slash", reader.t("Commands"), data_insert="/"),
        _deed("at", reader.t("Mention somebody"), data_insert="@"),
        _deed("smile", reader.t("Emoji"), data_menu="picker", aria_haspopup="dialog", aria_expanded="false"),
        span(".how", aria_hidden="true")[kbd["Shift"], " + ", kbd["Enter"], " ", reader.t("for a new line")],
        button(".send.primary", type="submit", aria_label=reader.t("Send"), title=reader.t("Send"), disabled=True)[
            icon("send")
        ],
    ]


def _deed(drawing: str, named: str, **more: str) -> Element:
    return button(".plain", type="button", aria_label=named, title=named, **more)[icon(drawing)]


def _commands(reader: Reader) -> Iterator[Element]:
    for one in (reader.workspace.manifest.commands or {}).values():
        yield _choice("command", f"{one.name} ", one.name, hint=one.usage_hint)[
            b[one.name], " ", span(".hint")[one.usage_hint], small[one.description]
        ]


def _people(reader: Reader) -> Iterator[Element]:
    known = {one.id: one for one in (*staff.STAFF, *staff.OTHERS)}
    for user in reader.workspace.people:
        if user["deleted"] or user["id"] == "USLACKBOT":
            continue
        handle, real = str(user["name"]), str(user["real_name"])
        title = known[user["id"]].title if user["id"] in known else ""
        yield _choice("person", f"@{handle} ", f"{handle} {real}")[b[real], " ", span[f"@{handle}"], small[title]]
    for group in reader.workspace.usergroups:
        count = reader.words.n("{count} person", "{count} people", len(group["users"]))
        handle = str(group["handle"])
        yield _choice("person", f"@{handle} ", handle)[b[group["name"]], " ", span[f"@{handle}"], small[count]]


def _rooms(reader: Reader) -> Iterator[Element]:
    for room in reader.rooms:
        private = reader.t("private") if room.kind == "group" else ""
        yield _choice("room", f"#{room.name} ", room.name)[b[f"#{room.name}"], small[private]]


def _choice(kind: str, insert: str, find: str, *, hint: str = "") -> Element:
    return div(role="option", data_kind=kind, data_insert=insert, data_find=find.lower(), data_hint=hint or None)
