"""What a reader sees of a Slack message, as plain text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.messages import Mention, pieces, text

NAMES = {"U0LING": "Ling", "U0NOBODY": ""}


def read(message: dict[str, Any]) -> str:
    return text(pieces(message), NAMES)


def rich(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(parts)}


def part(kind: str, *elements: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
    inline = [{"type": "text", "text": one} if isinstance(one, str) else one for one in elements]
    return {"type": f"rich_text_{kind}", "elements": inline, **more}


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("  Ling was kind &amp; quick &lt;3  ", "Ling was kind & quick <3"),
        ("<@U0LING> and <@U0BO|bo> and <@U0NOBODY> and <@W9>", "@Ling and @bo and @U0NOBODY and @W9"),
        (
            "See <https://a.example/?x=1&amp;y=2> or <https://b.example|our page>",
            "See https://a.example/?x=1&y=2 or our page",
        ),
        ("Write to <mailto:lin@example.com|lin@example.com>", "Write to lin@example.com"),
        ("in <#C1|shop> on <!date^1392734382^{date}|18 February 2014>, <!here>", "in #shop on 18 February 2014, @here"),
        (":tada: 謝謝 :wave::skin-tone-2:", ":tada: 謝謝 :wave::skin-tone-2:"),
        ("&amp;lt; is no tag, &lt;@U0LING&gt; nobody", "&lt; is no tag, <@U0LING> nobody"),
        ("one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_the_text_of_a_message_is_read_as_slack_shows_it(sent: str, seen: str) -> None:
    assert read({"text": sent}) == seen


def test_rich_text_says_exactly_what_was_typed() -> None:
    typed = rich(
        part(
            "section",
            "A guest, ",
            {"type": "user", "user_id": "U0LING"},
            ", wrote ",
            {"type": "text", "text": "bold", "style": {"bold": True}},
            "\n",
        ),
        part("quote", "a *kind* & <quick> man\nindeed"),
        part("list", part("section", "one"), part("section", "two"), style="bullet"),
        part("list", part("section", "first"), part("section", "next"), style="ordered", indent=1),
        part("preformatted", "x  y"),
        part(
            "section",
            {"type": "link", "url": "https://a.example/1"},
            " ",
            {"type": "link", "url": "https://a.example", "text": "here"},
            " ",
            {"type": "emoji", "name": "tada", "unicode": "1f389"},
            {"type": "emoji", "name": "wave", "skin_tone": 3},
            " ",
            {"type": "broadcast", "range": "here"},
        ),
    )
    assert read({"text": "A guest, <@U0LING>, wrote *bold*\n&gt; a *kind*", "blocks": [typed]}) == (
        "A guest, @Ling, wrote bold\na *kind* & <quick> man\nindeed\n• one\n• two\n    1. first\n    2. next\n"
        "x  y\nhttps://a.example/1 here :tada::wave::skin-tone-3: @here"
    )


def test_channels_and_groups_have_the_names_that_the_text_has() -> None:
    sent = "<#C1|shop> &amp; <!subteam^S1|@night-desk>, <#C2>, &lt;#C1&gt;"
    channels = [{"type": "channel", "channel_id": each} for each in ("C1", "C2")]
    group = {"type": "usergroup", "usergroup_id": "S1"}
    typed = rich(part("section", channels[0], " & ", group, ", ", channels[1], ", <#C1>"))
    assert read({"text": sent, "blocks": [typed]}) == read({"text": sent}) == "#shop & @night-desk, <#C2>, <#C1>"


def test_what_an_app_posted_is_read_from_its_text_and_else_from_its_blocks() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Review &amp; stars"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Kind &amp; quick"},
            "fields": [{"type": "mrkdwn", "text": "5/5"}],
        },
        {"type": "divider"},
        rich(part("section", "Thank you")),
        {
            "type": "context",
            "elements": [{"type": "image", "image_url": "x"}, {"type": "plain_text", "text": "by Ms Lin"}],
        },
    ]
    assert read({"text": "All of it", "blocks": blocks}) == "All of it"
    assert read({"text": " ", "blocks": blocks}) == "Review &amp; stars\nKind & quick\n5/5\nThank you\nby Ms Lin"


def test_a_forwarded_message_is_read_from_its_attachments() -> None:
    assert read(
        {"text": "", "attachments": [{"text": "Kind &amp; <@U0LING>", "fallback": "[no]"}, {"fallback": "more"}]}
    ) == ("Kind & @Ling\nmore")
    inner = {"blocks": [rich(part("section", "in blocks"))], "fallback": "[no]"}
    assert read({"attachments": [inner]}) == "in blocks"


@pytest.mark.parametrize(
    "message", [{}, {"text": "", "files": [{"id": "F1"}]}, {"text": " \n"}, {"blocks": [{"type": "image"}]}]
)
def test_a_message_without_text_has_no_words(message: dict[str, Any]) -> None:
    assert pieces(message) == () and read(message) == ""


def test_who_is_mentioned_can_be_looked_up_first() -> None:
    found = pieces({"text": "<@U1|ann> and <@U2>"})
    assert [piece for piece in found if isinstance(piece, Mention)] == [Mention("U1", "ann"), Mention("U2")]


KEYS = [
    "type",
    "text",
    "elements",
    "blocks",
    "attachments",
    "fields",
    "user_id",
    "name",
    "url",
    "fallback",
    "style",
    "indent",
]
KINDS = [
    "rich_text",
    "rich_text_section",
    "rich_text_list",
    "section",
    "context",
    "header",
    "markdown",
    "user",
    "emoji",
    "link",
    "date",
    "text",
    "mrkdwn",
    "ordered",
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(KEYS), anything))
def test_a_message_of_any_shape_is_read_without_failing(message: dict[str, Any]) -> None:
    assert isinstance(read(message), str)


@given(st.text())
def test_whatever_a_person_types_is_read_as_it_was_typed(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read({"text": escaped}) == typed.strip()
    assert read({"text": escaped, "blocks": [rich(part("section", typed))]}) == typed.strip()
