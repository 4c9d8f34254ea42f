"""The page as a whole: its regions, each drawn by a function of its own and filled anew when it changes."""

from collections.abc import Callable, Mapping

from htpy import (
    Element,
    Node,
    aside,
    body,
    div,
    h1,
    head,
    header,
    html,
    link,
    main,
    meta,
    nav,
    p,
    script,
    title,
)

from bot.workspace import staff
from bot.workspace.page import room, side
from bot.workspace.page.reader import Reader


def whole(reader: Reader) -> Element:
    """The page for somebody who just came, with everything in its place."""
    return html(lang=reader.words.language)[
        head[
            meta(charset="utf-8"),
            meta(name="viewport", content="width=device-width, initial-scale=1"),
            meta(name="color-scheme", content="light dark"),
            title[f"Golden Ear · {staff.TEAM_NAME}"],
            link(rel="icon", href="data:,"),
            link(rel="stylesheet", href="/page/static/page.css"),
            link(rel="stylesheet", href="/page/static/blocks.css"),
            link(rel="stylesheet", href="/page/static/charts.css"),
            script(src="/page/static/page.js", type="module"),
        ],
        body(data_as=reader.id, data_at=reader.place, data_lang=reader.words.language)[
            header(".top", id="top", aria_label=reader.t("Rehearsal"))[REGIONS["top"](reader)],
            nav(".side", id="side", aria_label=reader.t("Places"))[REGIONS["side"](reader)],
            main(".room", id="room")[REGIONS["room"](reader)],
            aside(".thread", id="thread", hidden=True, aria_label=reader.t("Thread")),
            aside(".tools", id="tools", hidden=True, aria_label=reader.t("What goes on")),
            div(id="modals"),
            div(".toasts", id="toasts", role="status", aria_live="polite"),
        ],
    ]


def _top(reader: Reader) -> Node:
    return h1[staff.TEAM_NAME], p(".rehearsal")[reader.t("A rehearsal on this computer. This is not Slack.")]


REGIONS: Mapping[str, Callable[[Reader], Node]] = {"top": _top, "side": side.drawn, "room": room.drawn}
"""What is drawn where, by the id of the element."""
