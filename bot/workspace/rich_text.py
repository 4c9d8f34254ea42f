"""The rich_text block: sections, lists, quotes and preformatted text of inline elements."""

from bot.workspace.schema import Check, array, boolean, integer, one_of, shape, string, typed

_STYLE = shape(
    {},
    dict.fromkeys(
        ["bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"], boolean
    ),
)
_STYLED: dict[str, Check] = {"style": _STYLE}
_WORDS = string(40_000)
_NAME = string(255)


def _inline(kind: str, required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return shape({"type": one_of(kind), **required}, {**_STYLED, **(optional or {})})


INLINE = typed(
    {
        "text": _inline("text", {"text": _WORDS}),
        "link": _inline("link", {"url": _WORDS}, {"text": _WORDS, "unsafe": boolean}),
        "user": _inline("user", {"user_id": _NAME}),
        "usergroup": _inline("usergroup", {"usergroup_id": _NAME}),
        "team": _inline("team", {"team_id": _NAME}),
        "channel": _inline("channel", {"channel_id": _NAME}),
        "emoji": _inline("emoji", {"name": _NAME}, {"unicode": _NAME, "skin_tone": integer(1, 6)}),
        "date": _inline(
            "date", {"timestamp": integer(0, 99_999_999_999), "format": _NAME}, {"url": _WORDS, "fallback": _WORDS}
        ),
        "broadcast": _inline("broadcast", {"range": one_of("here", "channel", "everyone")}),
        "color": _inline("color", {"value": _NAME}),
    }
)

_INLINES = array(INLINE, 1_000, 0)
_SECTION = shape({"type": one_of("rich_text_section"), "elements": _INLINES})
_QUOTE = shape({"type": one_of("rich_text_quote"), "elements": _INLINES}, {"border": integer(0, 1)})
_CODE = shape(
    {"type": one_of("rich_text_preformatted"), "elements": _INLINES}, {"border": integer(0, 1), "language": _NAME}
)
_LIST = shape(
    {
        "type": one_of("rich_text_list"),
        "style": one_of("bullet", "ordered"),
        "elements": array(typed({"rich_text_section": _SECTION}), 1_000, 0),
    },
    {"indent": integer(0, 8), "offset": integer(0, 100_000), "border": integer(0, 1)},
)

RICH_TEXT = shape(
    {
        "type": one_of("rich_text"),
        "elements": array(
            typed(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": _QUOTE,
                    "rich_text_preformatted": _CODE,
                }
            ),
            1_000,
        ),
    },
    {"block_id": string(255)},
)
