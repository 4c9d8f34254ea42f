"""External selects: what is offered comes from the app while one types."""

from htpy import Node, button, input, li, span, template, ul

from bot.workspace.page.drawn.spot import Spot, unique, words
from bot.workspace.shapes import Json
from bot.workspace.suggestions import QUERY_LENGTH


def drawn(spot: Spot) -> Node:
    """A field to type into with a list under it; of a multi select what is chosen stands before it, piece by piece."""
    shown, reader = spot.element, spot.reader
    several = shown["type"] == "multi_external_select"
    held = shown.get("initial_options") or [] if several else []
    begun = None if several else shown.get("initial_option")
    least = int(shown.get("min_query_length", QUERY_LENGTH))
    most = int(shown.get("max_selected_items") or 0)
    listed = unique("offers")
    return span(".field.suggested", data_kind=shown["type"], data_most=str(most or ""))[
        several and (ul(".chips")[(_chip(spot, one) for one in held)], template(".chip")[_chip(spot, None)]),
        input(
            spot.called,
            spot.asking,
            type="text",
            role="combobox",
            autocomplete="off",
            aria_autocomplete="list",
            aria_expanded="false",
            aria_controls=listed,
            data_least=str(least),
            data_value=begun["value"] if begun else "",
            value=begun["text"]["text"] if begun else "",
            placeholder=spot.hinted(reader.t("Type to search")),
            autofocus=bool(shown.get("focus_on_load")),
            disabled=bool(most) and len(held) >= most,
        ),
        ul(
            ".fits",
            id=listed,
            role="listbox",
            aria_label=reader.t("What fits"),
            hidden=True,
            data_none=reader.t("Nothing fits."),
            data_few=reader.words.n("Type one character at least.", "Type {count} characters at least.", least),
        ),
        spot.sure,
    ]


def _chip(spot: Spot, one: Json | None) -> Node:
    """A piece that is chosen and can be taken away; without an option the shape of one, for the browser to fill."""
    taken = spot.reader.t("Take away {name}")
    said = one["text"]["text"] if one else "{name}"
    return li(data_value=one["value"] if one else "")[
        span[words(spot.reader, one["text"])] if one else span,
        button(".plain", type="button", data_act="unpick", aria_label=taken.replace("{name}", said))["×"],
    ]
