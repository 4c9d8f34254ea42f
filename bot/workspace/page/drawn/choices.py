"""Menus, boxes and radio buttons: one or some of what is offered, be it options, people or conversations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from htpy import Element, Node, details, div, fieldset, input, label, optgroup, option, p, select, small, span, summary

from bot.workspace.channels import Channel
from bot.workspace.page.drawn.spot import Attributes, Spot, unique, words
from bot.workspace.page.drawn.text import bare
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

MANY = 8
"""From so many on, what is offered can be narrowed by typing."""
KINDS = {"im": "im", "group": "private", "channel": "public"}
"""How a filter of conversations calls each kind of ours."""


@dataclass(frozen=True)
class Offer:
    """One thing to choose."""

    value: str
    said: Node
    note: Node = None


Group = tuple[str, list[Offer]]


def one_of_options(spot: Spot) -> Node:
    """A menu of options, in their groups."""
    chosen = (spot.element.get("initial_option") or {}).get("value")
    return _menu(spot, _options(spot), chosen, spot.reader.t("Choose"))


def one_of_people(spot: Spot) -> Node:
    """A menu of everybody."""
    return _menu(spot, [("", _people(spot.reader))], spot.element.get("initial_user"), spot.reader.t("Choose somebody"))


def one_of_rooms(spot: Spot) -> Node:
    """A menu of the conversations that this person may see, as far as the filter lets them through."""
    shown, reader = spot.element, spot.reader
    chosen = shown.get("initial_conversation") or shown.get("initial_channel")
    if not chosen and shown.get("default_to_current_conversation") and reader.room:
        chosen = reader.place
    kinds = (shown.get("filter") or {}).get("include") or tuple(KINDS.values())
    if shown["type"] == "channels_select":
        kinds = ("public",)
    rooms = [one for one in _seen(reader, chosen) if KINDS[one.kind] in kinds and not _robot(spot, one)]
    offered = [Offer(one.id, reader.title(one) if one.kind == "im" else f"# {one.name}") for one in rooms]
    return _menu(spot, [("", offered)], chosen, reader.t("Choose a conversation"))


def some_options(spot: Spot) -> Node:
    """Several of the options."""
    chosen = [one["value"] for one in spot.element.get("initial_options") or []]
    return _several(spot, _options(spot), chosen, spot.reader.t("Choose"))


def some_people(spot: Spot) -> Node:
    """Several people."""
    chosen = spot.element.get("initial_users") or []
    return _several(spot, [("", _people(spot.reader))], chosen, spot.reader.t("Choose people"))


def boxes(spot: Spot) -> Node:
    """Checkboxes or radio buttons, all in sight."""
    shown = spot.element
    one = shown["type"] == "radio_buttons"
    chosen = [shown["initial_option"]] if shown.get("initial_option") else shown.get("initial_options") or []
    offered = [_offer(spot.reader, each) for each in shown["options"]]
    return fieldset(
        ".field.boxes", spot.gathered, id=spot.id or None, role="radiogroup" if one else None, data_kind=shown["type"]
    )[
        _choices(spot, offered, [each["value"] for each in chosen], "radio" if one else "checkbox", first=_first(spot)),
        spot.sure,
    ]


def _menu(spot: Spot, groups: Sequence[Group], chosen: str | None, otherwise: str) -> Node:
    """A menu of the browser's own; what was chosen can be taken back only where a form may leave it out."""
    empty = spot.hinted(otherwise)
    free = bool(spot.id) and bool(spot.block.get("optional"))
    return span(".field", data_kind=spot.element["type"])[
        select(spot.called, spot.picking, autofocus=_first(spot))[
            option(value="", selected=not chosen, disabled=not free, hidden=not free)[empty],
            (
                optgroup(label=name)[_rows(offered, chosen)] if name else _rows(offered, chosen)
                for name, offered in groups
            ),
        ],
        spot.sure,
    ]


def _rows(offered: Sequence[Offer], chosen: str | None) -> Iterator[Element]:
    return (
        option(value=one.value, selected=one.value == chosen)[one.said, one.note and (" – ", one.note)]
        for one in offered
    )


def _several(spot: Spot, groups: Sequence[Group], chosen: Sequence[str], otherwise: str) -> Node:
    """What is chosen in a line; unfolded, everything as boxes."""
    offered = [one for _, some in groups for one in some]
    said = [one.said for one in offered if one.value in chosen]
    most = spot.element.get("max_selected_items") or 0
    bounded = bool(most) and most < len(offered)
    empty, between = spot.hinted(otherwise), spot.reader.t(", ")
    return details(".field.several", data_kind=spot.element["type"], data_most=str(most) if bounded else None)[
        summary(_unfolding(spot), id=spot.id or None, autofocus=_first(spot))[
            span(".chosen", data_empty=empty, data_between=between)[
                [(between if at else None, one) for at, one in enumerate(said)] or empty
            ]
        ],
        fieldset(aria_label=None if spot.id else spot.name, aria_labelledby=f"{spot.id}-label" if spot.id else None)[
            bounded and p(".note")[spot.reader.words.n("One at most", "{count} at most", most)],
            len(offered) > MANY and _narrowing(spot),
            (_group(spot, name, _choices(spot, some, chosen, "checkbox")) for name, some in groups),
        ],
        spot.sure,
    ]


def _group(spot: Spot, name: str, some: Iterator[Element]) -> Node:
    """Boxes under the name of their group; without a name they have none."""
    if not name:
        return some
    called = unique("group")
    return div(role="group", aria_labelledby=called)[p(".group", id=called)[name], some]


def _unfolding(spot: Spot) -> Attributes:
    """The name of the line that unfolds: what it is for, and what is chosen, which stands in it."""
    if spot.id:
        return {**spot.gathered, "aria-labelledby": f"{spot.id}-label {spot.id}"}
    return {"aria-label": spot.name}


def _narrowing(spot: Spot) -> Node:
    said = spot.reader.t("Search")
    return input(type="search", data_narrow="", placeholder=said, aria_label=said, autocomplete="off")


def _choices(
    spot: Spot, offered: Sequence[Offer], chosen: Sequence[str], kind: str, *, first: bool = False
) -> Iterator[Element]:
    """Boxes to choose with; `first`: whoever opens the form begins here, at what is chosen already."""
    name = unique("choice")
    begin = next((one for one in offered if one.value in chosen), offered[0]) if first else None
    return (
        label(".choice")[
            input(
                spot.picking, type=kind, name=name, value=one.value, checked=one.value in chosen, autofocus=one is begin
            ),
            div[span[one.said], one.note and small[one.note]],
        ]
        for one in offered
    )


def _options(spot: Spot) -> list[Group]:
    shown, reader = spot.element, spot.reader
    groups = [(str(bare(reader, one["label"])), one["options"]) for one in shown.get("option_groups") or []]
    return [(name, [_offer(reader, one) for one in some]) for name, some in groups or [("", shown.get("options", []))]]


def _offer(reader: Reader, one: Json) -> Offer:
    return Offer(str(one["value"]), words(reader, one["text"]), words(reader, one.get("description")))


def _people(reader: Reader) -> list[Offer]:
    """Everybody who is still here, by name; Slack offers apps too, and leaves what to do with them to the app."""
    there = [one for one in reader.workspace.people if not one["deleted"] and one["id"] != "USLACKBOT"]
    there.sort(key=lambda one: (one["is_bot"], str(one["real_name"]).casefold()))
    return [Offer(str(one["id"]), str(one["real_name"])) for one in there]


def _seen(reader: Reader, chosen: str | None) -> list[Channel]:
    """The conversations that a person can choose from; what was chosen by somebody else stays among them."""
    direct = [one for one in reader.workspace.channels if one.kind == "im" and one.has(reader.id)]
    there = [*reader.rooms, *direct]
    other = reader.workspace.channels.get(chosen or "")
    return [*there, other] if other and other not in there else there


def _robot(spot: Spot, room: Channel) -> bool:
    """True for a conversation with a bot, where the filter leaves those out."""
    leaves = bool((spot.element.get("filter") or {}).get("exclude_bot_users"))
    other = spot.reader.workspace.people.get(room.partner(spot.reader.id)) if room.kind == "im" else None
    return leaves and bool(other and other["is_bot"])


def _first(spot: Spot) -> bool:
    return bool(spot.element.get("focus_on_load"))
