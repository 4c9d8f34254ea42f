"""Modals, one on another, and the app's Home."""

from collections.abc import Iterator
from itertools import groupby

from htpy import Node, button, dialog, div, footer, form, h2, header, p, section

from bot.workspace.page.drawn.blocks import blocks
from bot.workspace.page.drawn.inputs import input_block, left
from bot.workspace.page.drawn.spot import words
from bot.workspace.page.icons import icon
from bot.workspace.page.reader import Reader
from bot.workspace.page.troubles import troubles
from bot.workspace.shapes import Json


def modals(reader: Reader) -> Node:
    """The open modals of this person, the lowest first, and the words for what goes wrong when something is pressed."""
    return troubles(reader), (_modal(reader, one) for one in reader.workspace.views.open_for(reader.id))


def home(reader: Reader) -> Node:
    """The Home that the app has published for this person; nothing if it has published none."""
    view = reader.workspace.views.home(reader.id)
    return section(".view", data_where="view", data_view=view["id"])[_blocks(reader, view)] if view else None


def _modal(reader: Reader, view: Json) -> Node:
    name = view["id"]
    pushed = view["previous_view_id"] is not None
    close = words(reader, view["close"]) or (reader.t("Cancel") if view["submit"] else reader.t("Close"))
    return dialog(
        ".modal",
        id=f"{name}.{view['hash']}.{reader.words.language}",  # the same drawing of it stays as the person left it
        data_kept="",
        data_where="view",
        data_view=name,
        aria_labelledby=f"{name}-title",
    )[
        form(novalidate=True, method="dialog")[
            header[
                pushed and button(".plain", type="button", data_close="", aria_label=reader.t("Back"))[icon("back")],
                h2(id=f"{name}-title", tabindex="-1")[words(reader, view["title"])],
                button(".plain", type="button", data_close="all", aria_label=reader.t("Close"))[icon("close")],
            ],
            div(".view")[p(".failure", role="alert", hidden=True), _blocks(reader, view)],
            footer[
                button(type="button", data_close="")[close],
                view["submit"] and button(".primary", type="submit")[words(reader, view["submit"])],
            ],
        ]
    ]


def _blocks(reader: Reader, view: Json) -> Iterator[Node]:
    """The blocks of a view: its fields as the person left them."""
    for fields, some in groupby(view["blocks"], key=lambda one: one["type"] == "input"):
        if fields:
            yield (input_block(reader, view, one) for one in some)
        else:
            yield blocks(reader, [left(view["state"]["values"], one) for one in some])
