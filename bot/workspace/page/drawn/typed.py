"""Fields in which one types: words, numbers, addresses, dates and times."""

from datetime import datetime

from htpy import Node, input, p, span, textarea

from bot.workspace import limits
from bot.workspace.page.drawn.spot import Attributes, Spot

LINES = {
    "email_text_input": {"type": "email", "inputmode": "email", "autocomplete": "off"},
    "url_text_input": {"type": "url", "inputmode": "url", "autocomplete": "off"},
    "number_input": {"type": "text", "inputmode": "decimal", "autocomplete": "off"},
}
"""Numbers are typed as text: the browser's own field for them forgets what it does not take for one."""


def text(spot: Spot) -> Node:
    """Words in one line or in several, with what is left of the length once it grows short."""
    shown = spot.element
    begun = shown.get("initial_value") or ""
    most = shown.get("max_length") or limits.INPUT_LENGTH
    control = (
        textarea(_common(spot), rows="3")["\n", begun]  # the parser takes the first line break away
        if shown.get("multiline")
        else input(_common(spot), type="text", value=begun, autocomplete="off")
    )
    left = spot.reader.t("Characters left: {count}")
    return span(".field", data_kind=shown["type"])[
        control, p(".counter", hidden=True, aria_live="polite", data_most=str(most), data_said=left)
    ]


def line(spot: Spot) -> Node:
    """An e-mail address, a web address or a number."""
    shown = spot.element
    begun = shown.get("initial_value") or ""
    return span(".field", data_kind=shown["type"])[input(_common(spot), LINES[shown["type"]], value=begun)]


def day(spot: Spot) -> Node:
    """A date."""
    return _picker(spot, "date", spot.element.get("initial_date"))


def hour(spot: Spot) -> Node:
    """A time of the day, which is that of the zone that the element names."""
    return _picker(spot, "time", spot.element.get("initial_time"), note=spot.element.get("timezone"))


def moment(spot: Spot) -> Node:
    """A date and time in the zone of who looks; the app is told the seconds since 1970."""
    begun = spot.element.get("initial_date_time")
    zone = spot.reader.zone
    local = datetime.fromtimestamp(int(begun), zone).strftime("%Y-%m-%dT%H:%M") if begun else None
    return _picker(spot, "datetime-local", local, zone=zone.key)


def _picker(spot: Spot, kind: str, begun: str | None, *, zone: str | None = None, note: str | None = None) -> Node:
    return span(".field", data_kind=spot.element["type"], data_zone=zone)[
        input(_common(spot), spot.picking, type=kind, value=begun), note and span(".note")[note], spot.sure
    ]


def _common(spot: Spot) -> Attributes:
    first = "" if spot.element.get("focus_on_load") else None
    return {**spot.called, "placeholder": spot.hinted("") or None, "autofocus": first}
