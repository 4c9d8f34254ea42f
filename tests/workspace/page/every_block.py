"""One of each block with each thing that may stand in it, around words that may be anybody's."""

from typing import Any

from bot.workspace.shapes import Json

RED = "https://pictures.example/red.png"


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def marked(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def option(words: str, value: str = "") -> Json:
    return {"text": plain(words), "value": value or words, "description": plain(words)}


def inline(words: str) -> list[Json]:
    """Rich text of every kind, styled in every way."""
    styles = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
    return [
        {"type": "text", "text": words},
        *({"type": "text", "text": words, "style": {style: True}} for style in styles),
        {"type": "link", "url": words, "text": words},
        {"type": "link", "url": f"javascript:{words}"},
        {"type": "user", "user_id": words},
        {"type": "usergroup", "usergroup_id": words},
        {"type": "team", "team_id": words},
        {"type": "channel", "channel_id": words},
        {"type": "emoji", "name": words, "unicode": words},
        {"type": "date", "timestamp": 1, "format": words, "url": f"data:text/html,{words}", "fallback": words},
        {"type": "date", "timestamp": 1, "format": "{date}", "url": words},
        {"type": "color", "value": words},
        {"type": "something", "text": words},
    ]


def rich(words: str) -> Json:
    def part(kind: str, **more: Any) -> Json:
        return {"type": f"rich_text_{kind}", "elements": inline(words), **more}

    return {
        "type": "rich_text",
        "elements": [
            part("section"),
            part("quote", border=1),
            part("preformatted", language=words),
            *(
                {"type": "rich_text_list", "style": style, "indent": 1, "offset": 2, "elements": [part("section")]}
                for style in ("bullet", "ordered")
            ),
        ],
    }


def choices(words: str, number: int) -> list[Json]:
    """Everything that is pressed or chosen."""
    options = [option(words, f"{number}"), option(words, f"{number + 1}")]
    sure = {"title": plain(words), "text": marked(words), "confirm": plain(words), "deny": plain(words)}
    named = {"confirm": sure, "placeholder": plain(words)}
    pressed = {"type": "button", "text": plain(words), "value": words, "confirm": sure, "accessibility_label": words}
    groups = [{"label": plain(words), "options": options}]
    return [
        {**pressed, "style": "danger"},
        {"type": "button", "text": plain(words), "url": f"https://e.example/{words}"},
        {"type": "button", "text": plain(words), "url": f"javascript:{words}"},
        {"type": "static_select", "options": options, "initial_option": options[0], **named},
        {"type": "static_select", "option_groups": groups, **named},
        {"type": "external_select", "initial_option": options[0], **named},
        {"type": "users_select", "initial_user": words, **named},
        {"type": "conversations_select", "initial_conversation": words, **named},
        {"type": "channels_select", "initial_channel": words, **named},
        {"type": "overflow", "options": [*options, {"text": plain(words), "value": "x", "url": f"data:{words}"}]},
        {"type": "radio_buttons", "options": options, "initial_option": options[1]},
        {"type": "checkboxes", "options": [{**one, "text": marked(words)} for one in options]},
        {"type": "datepicker", "initial_date": "2026-11-22", **named},
        {"type": "timepicker", "initial_time": "09:00", **named},
        {"type": "datetimepicker", "initial_date_time": 1_795_361_400},
    ]


def fields(words: str) -> list[Json]:
    """Everything that is filled in."""
    options = [option(words, "a"), option(words, "b")]
    asked = {"placeholder": plain(words)}
    return [
        {"type": "plain_text_input", "initial_value": words, "multiline": True, **asked},
        {"type": "plain_text_input", "initial_value": words, **asked},
        {"type": "email_text_input", "initial_value": words, **asked},
        {"type": "url_text_input", "initial_value": words, **asked},
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": "3", **asked},
        {"type": "multi_static_select", "options": options, "initial_options": options[:1], **asked},
        {"type": "multi_external_select", "initial_options": options[:1], **asked},
        {"type": "multi_users_select", "initial_users": [words], **asked},
    ]


def chart(words: str, kind: str) -> Json:
    names = [f"1{words}"[:20], f"2{words}"[:20]]
    points = [{"label": name, "value": place + 1} for place, name in enumerate(names)]
    if kind == "pie":
        told: Json = {"type": "pie", "segments": points}
    else:
        axes = {"categories": names, "x_label": words, "y_label": words}
        told = {"type": kind, "series": [{"name": name, "data": points} for name in names], "axis_config": axes}
    return {"type": "data_visualization", "title": words, "chart": told}


def every_block(words: str, name: str = "") -> list[Json]:
    """All kinds of blocks around these words; `name` is what identifies them, and words as well."""
    cells = [{"type": "raw_text", "text": words}, {"type": "raw_number", "value": 1.5, "text": words}, rich(words)]
    pressed: list[Json] = [{**one, "action_id": f"{name}{at}"} for at, one in enumerate(choices(words, 1))]
    filled: list[Json] = [{**one, "action_id": f"{name}f{at}"} for at, one in enumerate(fields(words))]
    told: list[Json] = [
        {"type": "header", "text": plain(words)},
        {"type": "section", "text": marked(words), "fields": [plain(words), marked(words)]},
        *({"type": "section", "text": plain(words), "accessory": one} for one in pressed),
        {"type": "section", "text": marked(words), "accessory": {"type": "image", "image_url": RED, "alt_text": words}},
        {"type": "context", "elements": [{"type": "image", "image_url": RED, "alt_text": words}, marked(words)]},
        {"type": "image", "image_url": f"https://{words}", "alt_text": words, "title": plain(words)},
        {"type": "image", "slack_file": {"id": words, "url": words}, "alt_text": words},
        {"type": "divider"},
        {"type": "actions", "elements": pressed},
        rich(words),
        {"type": "markdown", "text": words},
        {"type": "table", "rows": [cells, cells], "column_settings": [{"align": "right", "is_wrapped": True}]},
        {"type": "data_table", "caption": words, "page_size": 1, "rows": [cells[:1] * 2] * 3},
        *(chart(words, kind) for kind in ("bar", "line", "area", "pie")),
        {"type": "file", "external_id": words},
        {"type": words},
        *(
            {"type": "input", "label": plain(words), "hint": plain(words), "element": one}
            for one in (*pressed[3:], *filled)
        ),
    ]
    return [{**one, "block_id": f"{name}b{at}"} for at, one in enumerate(told)]
