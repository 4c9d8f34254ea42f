"""Block elements and composition objects with Slack's limits (docs.slack.dev, reference/block-kit)."""

import re

from bot.workspace import limits
from bot.workspace.schema import (
    Check,
    array,
    boolean,
    every,
    integer,
    one_of,
    rule,
    shape,
    string,
    typed,
)

ID = string(limits.ID)
DATE = every(
    string(10, 10),
    lambda v, at, r: (
        None
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(v))
        else r.add(at, "failed_constraint", "must be a date as YYYY-MM-DD")
    ),
)
TIME = every(
    string(5, 5),
    lambda v, at, r: (
        None if re.fullmatch(r"\d\d:\d\d", str(v)) else r.add(at, "failed_constraint", "must be a time as HH:MM")
    ),
)


def url(most: int) -> Check:
    """An http or https address."""
    return every(
        string(most),
        lambda v, at, r: (
            None if re.match(r"https?://[^\s]+$", str(v)) else r.add(at, "failed_constraint", "must be a valid url")
        ),
    )


def plain(most: int) -> Check:
    """A plain_text object."""
    return shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean})


def mrkdwn(most: int) -> Check:
    """A mrkdwn object."""
    return shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})


def text(most: int) -> Check:
    """A text object of either kind."""
    return typed({"plain_text": plain(most), "mrkdwn": mrkdwn(most)})


def option(*, marked: bool = False) -> Check:
    """An option; checkboxes and radio buttons take mrkdwn too."""
    words = text if marked else plain
    return shape(
        {"text": words(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE)},
        {"description": words(limits.OPTION_DESCRIPTION), "url": url(limits.OPTION_URL)},
    )


GROUP = shape({"label": plain(limits.GROUP_LABEL), "options": array(option(), limits.OPTIONS)})
CONFIRM = shape(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": text(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)
DISPATCH = shape({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)})
FILTER = shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _element(kind: str, required: dict[str, Check], optional: dict[str, Check], *, asks: bool = True) -> Check:
    common: dict[str, Check] = {"action_id": ID}
    if asks:
        common |= {"confirm": CONFIRM, "focus_on_load": boolean, "placeholder": plain(limits.PLACEHOLDER)}
    return shape({"type": one_of(kind), **required}, {**common, **optional})


def _listed(kind: str, initial: dict[str, Check]) -> Check:
    options: dict[str, Check] = {
        "options": array(option(), limits.OPTIONS),
        "option_groups": array(GROUP, limits.OPTION_GROUPS),
    }
    return every(
        _element(kind, {}, {**options, **initial}),
        rule(lambda e: ("options" in e) != ("option_groups" in e), "needs options or option_groups, not both"),
        rule(lambda e: e.get("initial_option") is None or e["initial_option"] in offered(e), "invalid initial_option"),
        rule(lambda e: all(one in offered(e) for one in e.get("initial_options") or []), "invalid initial_options"),
    )


def offered(element: dict[str, object]) -> list[object]:
    """Give all options of an element, those in groups too."""
    options = element.get("options")
    found = list(options) if isinstance(options, list) else []
    groups = element.get("option_groups")
    for group in groups if isinstance(groups, list) else []:
        found += group["options"]
    return found


def _boxes(kind: str, initial: dict[str, Check]) -> Check:
    return every(
        shape(
            {"type": one_of(kind), "options": array(option(marked=True), limits.BOX_OPTIONS)},
            {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean, **initial},
        ),
        rule(
            lambda e: e.get("initial_option") is None or e["initial_option"] in e["options"], "invalid initial_option"
        ),
        rule(lambda e: all(one in e["options"] for one in e.get("initial_options") or []), "invalid initial_options"),
    )


_MANY: dict[str, Check] = {"max_selected_items": integer(1, 1_000)}
_ASKED: dict[str, Check] = {"min_query_length": integer(0, limits.INPUT_LENGTH)}
_IDS = array(string(limits.ID), 1_000, 0)
_TYPING: dict[str, Check] = {"dispatch_action_config": DISPATCH}
_LENGTH = integer(0, limits.INPUT_LENGTH)
_NUMBER = every(
    string(60),
    lambda v, at, r: (
        None if re.fullmatch(r"-?\d+(\.\d+)?", str(v)) else r.add(at, "failed_constraint", "must be a number")
    ),
)
_STYLE = one_of("primary", "danger")

FEEDBACK = shape(
    {"text": plain(limits.FEEDBACK_TEXT), "value": string(limits.FEEDBACK_VALUE)},
    {"accessibility_label": string(limits.BUTTON_LABEL)},
)

ELEMENTS: dict[str, Check] = {
    "button": _element(
        "button",
        {"text": plain(limits.BUTTON_TEXT)},
        {
            "value": string(limits.BUTTON_VALUE),
            "url": url(limits.BUTTON_URL),
            "style": _STYLE,
            "confirm": CONFIRM,
            "accessibility_label": string(limits.BUTTON_LABEL),
        },
        asks=False,
    ),
    "image": every(
        shape(
            {"type": one_of("image"), "alt_text": string(limits.IMAGE_ALT)},
            {"image_url": url(limits.IMAGE_URL), "slack_file": shape({}, {"id": ID, "url": url(3000)})},
        ),
        rule(lambda e: ("image_url" in e) != ("slack_file" in e), "needs image_url or slack_file"),
    ),
    "static_select": _listed("static_select", {"initial_option": option()}),
    "multi_static_select": _listed(
        "multi_static_select", {"initial_options": array(option(), limits.OPTIONS), **_MANY}
    ),
    "external_select": _element("external_select", {}, {"initial_option": option(), **_ASKED}),
    "multi_external_select": _element(
        "multi_external_select", {}, {"initial_options": array(option(), limits.OPTIONS), **_ASKED, **_MANY}
    ),
    "users_select": _element("users_select", {}, {"initial_user": ID}),
    "multi_users_select": _element("multi_users_select", {}, {"initial_users": _IDS, **_MANY}),
    "conversations_select": _element(
        "conversations_select",
        {},
        {
            "initial_conversation": ID,
            "default_to_current_conversation": boolean,
            "filter": FILTER,
            "response_url_enabled": boolean,
        },
    ),
    "channels_select": _element("channels_select", {}, {"initial_channel": ID, "response_url_enabled": boolean}),
    "datepicker": _element("datepicker", {}, {"initial_date": DATE}),
    "timepicker": _element("timepicker", {}, {"initial_time": TIME, "timezone": string(60)}),
    "datetimepicker": _element("datetimepicker", {}, {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "checkboxes": _boxes("checkboxes", {"initial_options": array(option(marked=True), limits.BOX_OPTIONS)}),
    "radio_buttons": _boxes("radio_buttons", {"initial_option": option(marked=True)}),
    "overflow": shape(
        {"type": one_of("overflow"), "options": array(option(), limits.OVERFLOW_OPTIONS)},
        {"action_id": ID, "confirm": CONFIRM},
    ),
    "plain_text_input": every(
        _element(
            "plain_text_input",
            {},
            {
                "initial_value": string(limits.INPUT_LENGTH, 0),
                "multiline": boolean,
                "min_length": _LENGTH,
                "max_length": integer(1, limits.INPUT_LENGTH),
                **_TYPING,
            },
        ),
        rule(
            lambda e: len(e.get("initial_value") or "") <= (e.get("max_length") or limits.INPUT_LENGTH),
            "initial_value is longer than max_length",
        ),
    ),
    "email_text_input": _element("email_text_input", {}, {"initial_value": string(3000, 0), **_TYPING}),
    "url_text_input": _element("url_text_input", {}, {"initial_value": string(3000, 0), **_TYPING}),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER, **_TYPING},
    ),
    "feedback_buttons": shape(
        {"type": one_of("feedback_buttons")},
        {"action_id": ID, "positive_button": FEEDBACK, "negative_button": FEEDBACK},
    ),
    "icon_button": shape(
        {"type": one_of("icon_button"), "icon": one_of("trash"), "text": plain(limits.BUTTON_TEXT)},
        {
            "action_id": ID,
            "value": string(limits.BUTTON_VALUE),
            "confirm": CONFIRM,
            "visible_to_user_ids": _IDS,
            "accessibility_label": string(limits.BUTTON_LABEL),
        },
    ),
}


def among(*kinds: str) -> Check:
    """One of these elements."""
    return typed({kind: ELEMENTS[kind] for kind in kinds})
