"""What can be done with a message and from anywhere: the toolbar, the menus and the choice of emoji.

The toolbar is drawn in every message; menus and emoji are drawn once for the page, and opened beside what is pressed.
"""

from collections.abc import Iterator, Mapping

from htpy import Element, Node, button, div, fragment, h3, header, hr, input, li, p, section, small, span, template

from bot.workspace import staff
from bot.workspace.manifest import Shortcut
from bot.workspace.page import emojis
from bot.workspace.page.icons import icon
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import Words, mark
from bot.workspace.shapes import Json

FREQUENT = ("clap", "star", "tada", "heart", "raised_hands", "pray", "sparkles", "+1")
"""The star gives kudos unless the company chose another; any applauds a praise."""
AT_HAND, MOST_AT_HAND = 3, 6
"""How many stand in the toolbar, and where there is no room for it in the menu."""
GROUPS: Mapping[str, tuple[str, str]] = {
    "frequent": ("🕘", mark("Used often")),
    "people": ("🙂", mark("Smileys and people")),
    "nature": ("🌿", mark("Animals and nature")),
    "food": ("🍜", mark("Food and drink")),
    "activities": ("⚽", mark("Activities")),
    "travel": ("🚌", mark("Travel and places")),
    "objects": ("💡", mark("Objects")),
    "symbols": ("❤️", mark("Symbols")),
    "flags": ("🏁", mark("Flags")),
}


def toolbar(reader: Reader, message: Json) -> Node:
    """What can be done with a message; nothing with what only one person sees, or for who is not in the channel."""
    room, ts = reader.room, str(message.get("ts", ""))
    if room is None or not room.has(reader.id) or reader.workspace.messages.get(room.id, ts) is None:
        return None
    if reader.words not in _ALIKE:
        _ALIKE[reader.words] = _alike(reader)
    reactions, more = _ALIKE[reader.words]
    return div(".toolbar", role="toolbar", aria_label=reader.t("With this message"))[
        reactions,
        _tool("reply", reader.t("Reply in thread"), data_act="thread", data_thread=message.get("thread_ts") or ts),
        more,
    ]


_ALIKE: dict[Words, tuple[str, str]] = {}
"""What is alike in the toolbars of all messages, in each language: drawn once, for it stands in every message."""


def _alike(reader: Reader) -> tuple[str, str]:
    reactions = fragment[
        (_reaction(reader, name) for name in FREQUENT[:AT_HAND]),
        _tool("face", reader.t("Add a reaction"), data_menu="picker", aria_haspopup="dialog", aria_expanded="false"),
    ]
    more = _tool("more", reader.t("More"), data_menu="more", aria_haspopup="menu", aria_expanded="false")
    return str(reactions), str(more)


def shortcuts(reader: Reader) -> Node:
    """The lightning menu: the app's global shortcuts, and the way to its commands."""
    return _menu("lightning", reader.t("Shortcuts"))[
        _shortcuts(reader, "global"),
        _item("slash", reader.t("Commands"), reader.t("Everything that begins with /"), data_insert="/"),
    ]


def whole(reader: Reader) -> Element:
    """All that is drawn once for the page, at its end."""
    return div(
        id="menus",
        data_react=reader.t("React with {emoji}"),
        data_failed=reader.t("{command} failed with the error “{error}”"),
        data_copied=reader.t("Copied"),
        data_uncopied=reader.t("The browser does not allow copying here."),
    )[_of_a_message(reader), shortcuts(reader), _picker(reader), _notice(reader)]


def _reaction(reader: Reader, name: str) -> Element:
    named = reader.t("React with {emoji}", emoji=f":{name}:")
    return button(".quick", type="button", aria_label=named, title=named, data_quick=name)[emojis.character(name)]


def _tool(drawing: str, named: str, **more: str) -> Element:
    return button(type="button", aria_label=named, title=named, **more)[icon(drawing)]


def _menu(name: str, named: str) -> Element:
    return div(".unfolded", id=name, popover="auto", role="menu", aria_label=named)


def _of_a_message(reader: Reader) -> Element:
    return _menu("more", reader.t("More"))[
        div(".at-hand", role="group", aria_label=reader.t("Add a reaction"))[
            (_one(name, role="menuitem") for name in FREQUENT[:MOST_AT_HAND])
        ],
        _item("face", reader.t("Add a reaction"), data_do="react"),
        _item("reply", reader.t("Reply in thread"), data_do="thread"),
        _item("copy", reader.t("Copy text"), data_do="copy"),
        _shortcuts(reader, "message"),
    ]


def _shortcuts(reader: Reader, kind: str) -> Node:
    offered = reader.workspace.manifest.shortcuts_of(kind)
    if not offered:
        return None
    items = (_shortcut(one) for one in offered)
    app = reader.name(staff.BOT_USER_ID)
    whose = div(role="group", aria_label=app)[span(".whose", aria_hidden="true")[app], items]
    return (hr(role="separator"), whose) if kind == "message" else (whose, hr(role="separator"))


def _shortcut(one: Shortcut) -> Element:
    return _item("bolt", one.name, one.description, data_shortcut=one.callback_id, data_kind=one.kind)


def _item(drawing: str, named: str, more: str = "", **data: str) -> Element:
    return button(type="button", role="menuitem", tabindex="-1", **data)[
        icon(drawing), span[named, small[more] if more else None]
    ]


def _picker(reader: Reader) -> Element:
    named = reader.t("Choose an emoji")
    language = reader.words.language
    return div(
        ".unfolded.picker",
        id="picker",
        popover="auto",
        role="dialog",
        aria_label=named,
        data_from=f"/page/emoji.json?lang={language}",
    )[
        header[
            input(
                type="search",
                id="emoji-search",
                placeholder=reader.t("Search emoji"),
                aria_label=reader.t("Search emoji"),
                autocomplete="off",
                spellcheck="false",
            ),
            div(".kinds", role="group", aria_label=reader.t("Kinds of emoji"))[_kinds(reader)],
        ],
        div(".all", tabindex="-1")[
            (_group(reader, name, heading) for name, (_, heading) in GROUPS.items()),
            section(".found", hidden=True)[h3[reader.t("Found")], div(".grid")],
            p(".none", hidden=True, role="status")[reader.t("No emoji is called so.")],
        ],
        p(".preview", aria_hidden="true")[span, span],
    ]


def _kinds(reader: Reader) -> Iterator[Element]:
    for name, (sign, heading) in GROUPS.items():
        named = reader.t(heading)
        yield button(".plain", type="button", data_kind=name, aria_label=named, title=named)[sign]


def _group(reader: Reader, name: str, heading: str) -> Element:
    begun = (_one(one) for one in FREQUENT) if name == "frequent" else None
    return section(data_group=name, aria_labelledby=f"kind-{name}")[
        h3(id=f"kind-{name}")[reader.t(heading)], div(".grid")[begun]
    ]


def _one(name: str, role: str | None = None) -> Element:
    return button(type="button", role=role, tabindex="-1", data_emoji=name, aria_label=f":{name}:")[
        emojis.character(name)
    ]


def _notice(reader: Reader) -> Element:
    """What the page itself tells one person in a conversation."""
    named = reader.t("Dismiss")
    return template(id="notice")[
        li(".notice", role="status")[
            small(".whose")[reader.t("Only visible to you")],
            p,
            button(".plain", type="button", data_act="dismiss", aria_label=named, title=named)[icon("close")],
        ]
    ]
