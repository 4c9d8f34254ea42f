"""The page as a whole: its regions, each drawn by a function of its own and filled anew when it changes."""

from collections.abc import Callable, Mapping

from htpy import (
    Element,
    Node,
    a,
    aside,
    body,
    button,
    div,
    h1,
    head,
    header,
    html,
    img,
    main,
    meta,
    nav,
    p,
    section,
    span,
    title,
)

from bot.workspace import staff
from bot.workspace.page import faulting, look, menus, room, side, story, thread, tools
from bot.workspace.page.drawn import view
from bot.workspace.page.reader import Reader


def whole(reader: Reader) -> Element:
    """The page for somebody who just came, with everything in its place."""
    return html(lang=reader.words.language)[
        head[
            meta(charset="utf-8"),
            meta(name="viewport", content="width=device-width, initial-scale=1"),
            meta(name="color-scheme", content="light dark"),
            title[side.title(reader)],
            look.sheets(),
        ],
        body(
            data_as=reader.id,
            data_at=reader.place,
            data_lang=reader.words.language,
            data_thread=reader.thread,
            data_tool=reader.tool,
        )[
            a(".skip", href="#room")[reader.t("To the messages")],
            div(".bar")[
                look.opener(reader),
                header(".top", id="top", aria_label=reader.t("Rehearsal"))[REGIONS["top"](reader)],
                look.chooser(reader),
            ],
            section(".strip", aria_label=reader.t("The story"))[
                div(id="stage")[REGIONS["stage"](reader)],
                div(id="caption", aria_live="polite")[REGIONS["caption"](reader)],
            ],
            _wrong(reader),
            nav(".side", id="side", aria_label=reader.t("Places"))[REGIONS["side"](reader)],
            main(".room", id="room", tabindex="-1")[REGIONS["room"](reader)],
            aside(".thread", id="thread", hidden=not reader.thread, aria_label=reader.t("Thread"))[
                REGIONS["thread"](reader)
            ],
            aside(
                ".tools", id="tools", hidden=not tools.seen(reader), tabindex="-1", aria_label=reader.t("What goes on")
            )[REGIONS["tools"](reader)],
            _above(reader),
        ],
    ]


def _wrong(reader: Reader) -> Node:
    """What is wrong now, above the page; it is read out when it begins."""
    cut = reader.t("The workspace does not answer, so what stands here may be old. The page keeps trying.")
    return (
        p(".cut", id="cut", role="status", data_words=cut),
        div(".trouble", id="trouble")[REGIONS["trouble"](reader)],
        p(".unseen", id="troubled", role="status")[REGIONS["troubled"](reader)],
    )


def _above(reader: Reader) -> Node:
    """What lies over the page, and what is said in passing."""
    return (
        div(id="modals")[REGIONS["modals"](reader)],
        div(".unseen", id="said", aria_live="polite"),
        menus.whole(reader),
        div(".toasts", id="toasts", role="status", aria_live="polite"),
        button(".veil", type="button", id="veil", tabindex="-1", aria_label=reader.t("Close")),
    )


def _top(reader: Reader) -> Node:
    brand = h1(".brand")[img(src=f"{look.STATIC}/ear.svg", alt=""), span[staff.TEAM_NAME]]
    told = p(".rehearsal")[reader.t("A rehearsal on this computer. This is not Slack.")]
    return brand, told, tools.buttons(reader)


REGIONS: Mapping[str, Callable[[Reader], Node]] = {
    "top": _top,
    "side": side.drawn,
    "room": room.drawn,
    "thread": thread.drawn,
    "tools": tools.drawn,
    "trouble": faulting.banner,
    "troubled": faulting.read_out,
    "stage": story.stage,
    "caption": story.caption,
    "modals": view.modals,
}
"""What is drawn where, by the id of the element."""
