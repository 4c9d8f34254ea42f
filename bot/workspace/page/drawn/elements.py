"""Everything in a message or view that can be pressed or filled, as controls of the browser's own."""

from collections.abc import Callable, Mapping

from htpy import Node, a, button, details, div, small, span, summary

from bot.workspace.page.drawn import choices, suggested, typed
from bot.workspace.page.drawn.spot import Spot, words
from bot.workspace.page.icons import icon
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json


def element(reader: Reader, block: Json, element: Json) -> Node:
    """An interactive element outside of an input block; it acts as soon as it is pressed or chosen from."""
    return drawn(Spot(reader, block, element))


def drawn(spot: Spot) -> Node:
    """The element at its spot; nothing for a kind that Slack has not."""
    draw = _KINDS.get(str(spot.element.get("type")))
    return draw(spot) if draw else None


def _button(spot: Spot) -> Node:
    shown = spot.element
    style = shown.get("style")
    look = {"class": f"button {style if style in ('primary', 'danger') else ''}".strip()}
    own = {**look, **spot.acting, "data-value": shown.get("value"), "aria-label": shown.get("accessibility_label")}
    return _sure(spot, _pressed(spot, own, shown.get("url"), words(spot.reader, shown["text"])))


def _pressed(spot: Spot, own: Mapping[str, str | None], url: object, said: Node) -> Node:
    """A button, or a link that looks like one and is pressed all the same."""
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        return a(own, href=url, target="_blank", rel="noreferrer")[said]
    return button(own, type="button")[said]


def _sure(spot: Spot, control: Node) -> Node:
    return span(".field")[control, spot.sure] if spot.sure else control


def _overflow(spot: Spot) -> Node:
    name = str(spot.element.get("accessibility_label") or spot.reader.t("More"))
    return details(".menu.overflow")[
        summary(aria_label=name, title=name)[icon("more")],
        div[
            (
                _pressed(
                    spot,
                    {"class": "plain", **spot.acting, "data-value": one["value"]},
                    one.get("url"),
                    (
                        span[words(spot.reader, one["text"])],
                        one.get("description") and small[words(spot.reader, one["description"])],
                    ),
                )
                for one in spot.element["options"]
            )
        ],
        spot.sure,
    ]


def _feedback(spot: Spot) -> Node:
    return span(".feedback")[
        (
            button(
                ".plain",
                spot.acting,
                type="button",
                data_value=one["value"],
                title=one["text"]["text"],
                aria_label=one.get("accessibility_label") or one["text"]["text"],
            )[icon(shown)]
            for key, shown in (("positive_button", "liked"), ("negative_button", "disliked"))
            if (one := spot.element.get(key))
        )
    ]


def _icon_button(spot: Spot) -> Node:
    seen_by = spot.element.get("visible_to_user_ids")
    if seen_by and spot.reader.id not in seen_by:
        return None
    said = spot.element["text"]["text"]
    return _sure(
        spot,
        button(
            ".plain",
            spot.acting,
            type="button",
            data_value=spot.element.get("value"),
            title=said,
            aria_label=spot.element.get("accessibility_label") or said,
        )[icon("trash")],
    )


_KINDS: Mapping[str, Callable[[Spot], Node]] = {
    "button": _button,
    "overflow": _overflow,
    "feedback_buttons": _feedback,
    "icon_button": _icon_button,
    "checkboxes": choices.boxes,
    "radio_buttons": choices.boxes,
    "static_select": choices.one_of_options,
    "users_select": choices.one_of_people,
    "conversations_select": choices.one_of_rooms,
    "channels_select": choices.one_of_rooms,
    "multi_static_select": choices.some_options,
    "multi_users_select": choices.some_people,
    "external_select": suggested.drawn,
    "multi_external_select": suggested.drawn,
    "datepicker": typed.day,
    "timepicker": typed.hour,
    "datetimepicker": typed.moment,
    "plain_text_input": typed.text,
    "email_text_input": typed.line,
    "url_text_input": typed.line,
    "number_input": typed.line,
}
